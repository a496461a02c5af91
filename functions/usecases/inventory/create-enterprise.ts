import { authorize } from '../../domain/access/authorize.ts';
import { Enterprise, type NewEnterprise, newEnterprise } from '../../domain/inventory/enterprise.ts';
import type { Caller } from '../ports/access.ts';
import { actorOf, type InventoryDeps } from './deps.ts';
import { type Attempt, once } from './once.ts';
import { done, type Result, refuse } from './result.ts';
import { refusalOf, scopeOf } from './scopes.ts';

/** Registers an enterprise in an area that the caller answers for. */
export const createEnterprise =
  (deps: InventoryDeps) =>
  (caller: Caller, declared: NewEnterprise, attempt: Attempt): Promise<Result<Enterprise>> =>
    once(deps, attempt, Enterprise, async (keep) => {
      const actor = actorOf(deps, caller);
      const thing = newEnterprise(declared, actor);
      const allowed = authorize(caller.grants, 'create-enterprise', scopeOf.enterprise(thing), actor.at);
      if (!allowed.ok) return refusalOf(allowed, 'area');
      const taken = await deps.inventory.get('enterprise', declared.enterpriseId);
      if (taken !== undefined) return refuse('exists', 'enterpriseId');
      const outcome = keep(thing);
      const puts = [{ kind: 'enterprise', thing, expected: 0 } as const];
      const written = await deps.inventory.commit({ puts, outcome });
      return written === 'conflict' ? written : done(thing);
    });
