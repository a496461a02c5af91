import { type NewSource, newSource, Source } from '../../domain/inventory/source.ts';
import type { Caller } from '../ports/access.ts';
import { actorOf, find, type InventoryDeps } from './deps.ts';
import { type Attempt, once } from './once.ts';
import { done, type Result, refuse } from './result.ts';

/** Registers a hazard source on a site, graded by the chemicals that it declares. */
export const createSource =
  (deps: InventoryDeps) =>
  (caller: Caller, declared: NewSource, attempt: Attempt): Promise<Result<Source>> =>
    once(deps, attempt, Source, async (keep) => {
      const place = { kind: 'site', id: declared.siteId, field: 'siteId' } as const;
      const found = await find(deps, caller, 'change-inventory', place);
      if (!found.ok) return found;
      const sourced = newSource(declared, found.value, actorOf(deps, caller));
      if (!sourced.ok) return refuse(sourced.problem, sourced.field, sourced.remedy);
      const taken = await deps.inventory.get('source', declared.sourceId);
      if (taken !== undefined) return refuse('exists', 'sourceId');
      const thing = sourced.source;
      const puts = [{ kind: 'source', thing, expected: 0 } as const];
      const written = await deps.inventory.commit({ puts, outcome: keep(thing) });
      return written === 'conflict' ? written : done(thing);
    });
