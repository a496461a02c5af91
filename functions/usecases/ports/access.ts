import type { Grant, Principal } from '../../domain/access/grant.ts';
import type { CommitOutcome } from './alerts.ts';
import type { Outcome, Page } from './inventory.ts';

/** Who may do what, effective at once: reads are consistent. */
export interface GrantStore {
  /** All grants of a subject, in force or not. */
  of(principal: Principal): Promise<readonly Grant[]>;
  get(grantId: string): Promise<Grant | undefined>;
  list(limit: number, after?: string): Promise<Page<Grant>>;
  /** Writes if the stored version still is `expected`; 0: it must not exist yet. */
  put(grant: Grant, expected: number, outcome?: Outcome): Promise<CommitOutcome>;
}

/** What a use case knows of who calls: read once a request, from the store, never from the token. */
export interface Caller {
  readonly principal: Principal;
  /** `<issuer>|<subject>`. */
  readonly identity: string;
  readonly grants: readonly Grant[];
}
