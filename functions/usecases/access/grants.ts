import { mayAtAll } from '../../domain/access/authorize.ts';
import { Grant, grantCountMax, type NewGrant, newGrant, revokedGrant } from '../../domain/access/grant.ts';
import { type Attempt, once } from '../inventory/once.ts';
import type { PageWish } from '../inventory/read-inventory.ts';
import { done, type Result, refuse } from '../inventory/result.ts';
import type { Caller, GrantStore } from '../ports/access.ts';
import type { InventoryStore, OutcomeStore, Page } from '../ports/inventory.ts';
import type { Clock } from '../ports/time.ts';

export interface GrantDeps {
  readonly grants: GrantStore;
  readonly inventory: InventoryStore;
  readonly outcomes: OutcomeStore;
  readonly clock: Clock;
}

/** Gives a subject a role; in force from the commit on, or from `from`. */
export const giveGrant =
  (deps: GrantDeps) =>
  (caller: Caller, declared: NewGrant, attempt: Attempt): Promise<Result<Grant>> =>
    once(deps, attempt, Grant, async (keep) => {
      const at = deps.clock.now();
      const allowed = mayAtAll(caller.grants, 'change-grants', at);
      if (!allowed.ok) return refuse(allowed.reason);
      if (declared.role === 'enterprise') {
        const enterprise = await deps.inventory.get('enterprise', declared.enterpriseId);
        if (enterprise === undefined) return refuse('not-found', 'enterpriseId');
      }
      const held = await deps.grants.of(declared);
      const standing = held.filter((one) => one.revokedAt === undefined && (one.until ?? at + 1) > at);
      if (standing.length >= grantCountMax)
        return refuse('too-many-grants', 'subject', `has ${grantCountMax} grants: revoke one`);
      const granted = newGrant(declared, { nonce: attempt.key, by: caller.identity, at });
      if (!granted.ok) return refuse(granted.problem, granted.field, granted.remedy);
      if (held.some((one) => one.grantId === granted.grant.grantId))
        return refuse('exists', 'Idempotency-Key');
      const written = await deps.grants.put(granted.grant, 0, keep(granted.grant));
      return written === 'conflict' ? written : done(granted.grant);
    });

/** Ends a grant at once; revoking again changes nothing. */
export const revokeGrant =
  (deps: GrantDeps) =>
  (caller: Caller, grantId: string, reason: string, attempt: Attempt): Promise<Result<Grant>> =>
    once(deps, attempt, Grant, async (keep) => {
      const at = deps.clock.now();
      const allowed = mayAtAll(caller.grants, 'change-grants', at);
      if (!allowed.ok) return refuse(allowed.reason);
      const grant = await deps.grants.get(grantId);
      if (grant === undefined) return refuse('not-found');
      const next = revokedGrant(grant, { by: caller.identity, at, reason });
      if (next === grant) return done(grant);
      const written = await deps.grants.put(next, grant.version, keep(next));
      return written === 'conflict' ? written : done(next);
    });

export const readGrant =
  (deps: GrantDeps) =>
  async (caller: Caller, grantId: string): Promise<Result<Grant>> => {
    const allowed = mayAtAll(caller.grants, 'read-grants', deps.clock.now());
    if (!allowed.ok) return refuse(allowed.reason);
    const grant = await deps.grants.get(grantId);
    return grant === undefined ? refuse('not-found') : done(grant);
  };

export const listGrants =
  (deps: GrantDeps) =>
  async (caller: Caller, page: PageWish): Promise<Result<Page<Grant>>> => {
    const allowed = mayAtAll(caller.grants, 'read-grants', deps.clock.now());
    if (!allowed.ok) return refuse(allowed.reason);
    return done(await deps.grants.list(page.limit, page.after));
  };
