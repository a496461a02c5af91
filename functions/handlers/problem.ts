import type * as z from 'zod';
import { AdapterError } from '../adapters/adapter-error.ts';
import type { Problem as CaseProblem, Refusal } from '../usecases/inventory/result.ts';

/** Refusals of HTTP itself, before any use case is asked. */
type HttpProblem =
  | 'not-authenticated'
  | 'subject-refused'
  | 'scope-missing'
  | 'no-such-route'
  | 'method-not-allowed'
  | 'invalid-request'
  | 'body-too-large'
  | 'media-type-unsupported'
  | 'precondition-missing'
  | 'unavailable'
  | 'internal';
export type Problem = CaseProblem | HttpProblem;

interface Meaning {
  readonly status: number;
  readonly title: string;
}

/** The one table from a refusal's name to a status and a sentence. */
const meanings: Readonly<Record<Problem, Meaning>> = {
  'not-authenticated': { status: 401, title: 'The request carries no accepted token.' },
  'subject-refused': { status: 403, title: 'The subject of the token is not a name that grants can hold.' },
  'scope-missing': { status: 403, title: 'The token lacks the scope of this API; an ID token never has it.' },
  'no-grant': { status: 403, title: 'No grant is in force for the subject of the token.' },
  'role-not-allowed': { status: 403, title: 'The role that was granted may not do this.' },
  'no-such-route': { status: 404, title: 'There is no such resource.' },
  'not-found': { status: 404, title: 'There is no such object.' },
  'method-not-allowed': { status: 405, title: 'The resource does not know this method.' },
  'invalid-request': { status: 400, title: 'The request does not fit the schema.' },
  'cursor-invalid': { status: 400, title: 'The cursor does not belong to this list and filter.' },
  'scope-needed': { status: 400, title: 'The list must be narrowed.' },
  'area-outside-site': { status: 400, title: 'The area lies outside the site.' },
  'cas-not-unique': { status: 400, title: 'The CAS number does not tell which substance it is.' },
  'row-and-cas-differ': { status: 400, title: 'Name, row and CAS number are not of one substance.' },
  'class-missing': { status: 400, title: 'The hazard class of a chemical is missing.' },
  'people-missing': { status: 400, title: 'The number of people nearby is missing.' },
  'csr-unreadable': { status: 400, title: 'The certificate signing request cannot be read.' },
  'csr-key-refused': { status: 400, title: 'The key of the certificate signing request is not accepted.' },
  'csr-signature-invalid': {
    status: 400,
    title: 'The certificate signing request is not signed by its key.',
  },
  'quantity-unknown': { status: 400, title: 'The quantity is not known.' },
  'unit-mismatch': { status: 400, title: 'The unit is not that of the quantity.' },
  'source-of-another-site': { status: 400, title: 'The source stands on another site.' },
  'never-in-force': { status: 400, title: 'It would never be in force.' },
  'in-the-past': { status: 400, title: 'The instant lies in the past.' },
  'rule-unknown': { status: 400, title: 'There is no rule of this id.' },
  'limit-unknown': { status: 400, title: 'The rule has no limit of this name.' },
  'limit-loosened': { status: 400, title: 'The limit would be looser than it is.' },
  'zones-conflict': { status: 409, title: 'The limits of the rule would contradict each other.' },
  'signature-refused': { status: 403, title: 'Only a regulator of all of the scope may sign.' },
  'outside-your-area': { status: 403, title: 'The scope reaches beyond the areas that you answer for.' },
  'regulator-needed': { status: 403, title: 'Only a regulator may end this limit.' },
  'override-ended': { status: 409, title: 'The limit has ended already.' },
  'too-many-overrides': { status: 409, title: 'The scope has as many limits of its own as it may.' },
  exists: { status: 409, title: 'The id is taken.' },
  'sensor-exists': { status: 409, title: 'The device has a sensor of this id.' },
  'too-many-areas': { status: 409, title: 'The enterprise has sites in as many areas as it may.' },
  'too-many-sensors': { status: 409, title: 'The device has as many sensors as it may.' },
  'too-many-sources': { status: 409, title: 'The device watches as many sources as it may.' },
  'too-many-grants': { status: 409, title: 'The subject has as many grants as it may.' },
  'device-revoked': { status: 409, title: 'The device was revoked.' },
  closed: { status: 409, title: 'The alert is closed.' },
  'already-acknowledged': { status: 409, title: 'Somebody else has acknowledged the alert.' },
  'not-allowed': { status: 409, title: 'The alert does not allow this as it stands.' },
  'idempotency-key-reused': { status: 409, title: 'The Idempotency-Key was used with another body.' },
  'version-mismatch': { status: 412, title: 'The object has changed since it was read.' },
  'body-too-large': { status: 413, title: 'The body is too large.' },
  'media-type-unsupported': { status: 415, title: 'The body must be application/json in UTF-8.' },
  'precondition-missing': { status: 428, title: 'The change must say which version it is based on.' },
  busy: { status: 503, title: 'Others keep changing the same object; try again.' },
  unavailable: { status: 503, title: 'A part of the platform does not answer; try again.' },
  internal: { status: 500, title: 'The platform failed.' },
};

/** Fields that one answer names at most, and characters of a field's path. */
const errorCountMax = 20;
const fieldMax = 120;

/** Problem details (RFC 9457). */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
  readonly requestId: string;
}

export interface Refused {
  readonly problem: Problem;
  readonly errors?: ProblemDetails['errors'];
}

const cut = (field: string): string => (field.length > fieldMax ? `${field.slice(0, fieldMax)}…` : field);

const fieldsOf = (issue: z.core.$ZodIssue): readonly string[] => {
  const path = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [path];
  return issue.keys.map((key) => (path === '' ? key : `${path}.${key}`));
};

const detailOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys' ? 'is not known here' : issue.message;

/** What is wrong with input, by field. The values themselves are not repeated. */
export function refusedInput(error: z.ZodError, prefix = ''): Refused {
  const errors = error.issues
    .flatMap((issue) =>
      fieldsOf(issue).map((field) => ({ field: cut(prefix + field), detail: detailOf(issue) })),
    )
    .slice(0, errorCountMax);
  return { problem: 'invalid-request', errors };
}

export const refusedField = (problem: Problem, field: string, detail: string): Refused => ({
  problem,
  errors: [{ field: cut(field), detail }],
});

export function refusedBy({ problem, field, remedy }: Refusal): Refused {
  if (field === undefined) return { problem };
  return refusedField(problem, field, remedy ?? meanings[problem].title);
}

/** What an exception means to the caller; the rest of it is for the log. */
export function refusedByError(error: unknown): Refused {
  if (error instanceof AdapterError && error.retryable) return { problem: 'unavailable' };
  return { problem: 'internal' };
}

export const problemDetails = ({ problem, errors }: Refused, requestId: string): ProblemDetails => {
  const named = errors === undefined ? {} : { errors };
  return { type: `urn:tocsin:problem:${problem}`, ...meanings[problem], ...named, requestId };
};
