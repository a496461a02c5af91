import { type NewSite, newSite, Site, withArea } from '../../domain/inventory/enterprise.ts';
import type { Caller } from '../ports/access.ts';
import type { Put } from '../ports/inventory.ts';
import { actorOf, find, type InventoryDeps } from './deps.ts';
import { type Attempt, once } from './once.ts';
import { done, type Result, refuse } from './result.ts';

/** Registers a site; its enterprise becomes visible in the site's area. */
export const createSite =
  (deps: InventoryDeps) =>
  (caller: Caller, declared: NewSite, attempt: Attempt): Promise<Result<Site>> =>
    once(deps, attempt, Site, async (keep) => {
      const owner = { kind: 'enterprise', id: declared.enterpriseId, field: 'enterpriseId' } as const;
      const found = await find(deps, caller, 'change-inventory', owner);
      if (!found.ok) return found;
      const actor = actorOf(deps, caller);
      const placed = withArea(found.value, declared.area, actor);
      if (!placed.ok) return refuse(placed.problem, 'area');
      if ((await deps.inventory.get('site', declared.siteId)) !== undefined)
        return refuse('exists', 'siteId');
      const thing = newSite(declared, actor);
      const puts: Put[] = [{ kind: 'site', thing, expected: 0 }];
      if (placed.enterprise !== found.value)
        puts.push({
          kind: 'enterprise',
          thing: placed.enterprise,
          expected: found.value.version,
          before: found.value,
        });
      const written = await deps.inventory.commit({ puts, outcome: keep(thing) });
      return written === 'conflict' ? written : done(thing);
    });
