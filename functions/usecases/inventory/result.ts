import type { GradingRefusal } from '../../domain/inventory/grading.ts';

/** Every way in which a request of a person can be refused; `handlers/problem.ts` gives each a status. */
export type Problem =
  | GradingRefusal['problem']
  | 'not-found'
  | 'no-grant'
  | 'role-not-allowed'
  | 'scope-needed'
  | 'cursor-invalid'
  | 'exists'
  | 'version-mismatch'
  | 'busy'
  | 'idempotency-key-reused'
  | 'area-outside-site'
  | 'too-many-areas'
  | 'csr-unreadable'
  | 'csr-key-refused'
  | 'csr-signature-invalid'
  | 'quantity-unknown'
  | 'unit-mismatch'
  | 'source-of-another-site'
  | 'sensor-exists'
  | 'too-many-sensors'
  | 'too-many-sources'
  | 'too-many-grants'
  | 'device-revoked'
  | 'never-in-force'
  | 'in-the-past'
  | 'rule-unknown'
  | 'limit-unknown'
  | 'limit-loosened'
  | 'zones-conflict'
  | 'signature-refused'
  | 'outside-your-area'
  | 'regulator-needed'
  | 'override-ended'
  | 'too-many-overrides'
  | 'closed'
  | 'already-acknowledged'
  | 'not-allowed';

export interface Refusal {
  readonly ok: false;
  readonly problem: Problem;
  /** Path of the field that must change, as in the request. */
  readonly field?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T; readonly isReplay?: boolean } | Refusal;

export const done = <T>(value: T): Result<T> => ({ ok: true, value });

export function refuse(problem: Problem, field?: string, remedy?: string): Refusal {
  const named = field === undefined ? {} : { field };
  return { ok: false, problem, ...named, ...(remedy === undefined ? {} : { remedy }) };
}
