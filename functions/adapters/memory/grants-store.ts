import type { Grant } from '../../domain/access/grant.ts';
import type { GrantStore } from '../../usecases/ports/access.ts';
import type { OutcomeStore } from '../../usecases/ports/inventory.ts';

/** Who may do what, in memory, with the conditions of the real table. */
export function memoryGrantStore(outcomes: OutcomeStore): GrantStore {
  const grants = new Map<string, Grant>();
  return {
    of: async ({ issuer, subject }) =>
      [...grants.values()].filter((one) => one.issuer === issuer && one.subject === subject),
    get: async (grantId) => grants.get(grantId),
    list: async (limit, after) => {
      const behind = [...grants.keys()].toSorted().filter((id) => after === undefined || id > after);
      const taken = behind.slice(0, limit);
      const items = taken.flatMap((id) => grants.get(id) ?? []);
      return { items, next: behind.length > taken.length ? taken.at(-1) : undefined };
    },
    put: async (grant, expected, outcome) => {
      if ((grants.get(grant.grantId)?.version ?? 0) !== expected) return 'conflict';
      if (outcome !== undefined) {
        const before = await outcomes.find(outcome.key);
        if (before !== undefined && before.expiresAt > outcome.keptAt) return 'conflict';
        await outcomes.keep(outcome);
      }
      grants.set(grant.grantId, grant);
      return 'committed';
    },
  };
}
