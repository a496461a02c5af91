import { dynamoGrantStore } from '../../functions/adapters/dynamo/grants-store.ts';
import { dynamoOutcomeStore } from '../../functions/adapters/dynamo/inventory-store.ts';
import { memoryGrantStore } from '../../functions/adapters/memory/grants-store.ts';
import { memoryInventory, memoryOutcomeStore } from '../../functions/adapters/memory/inventory-store.ts';
import { type Grant, NewGrant, newGrant, revokedGrant } from '../../functions/domain/access/grant.ts';
import { instant } from '../../functions/domain/time.ts';
import type { GrantStore } from '../../functions/usecases/ports/access.ts';
import type { OutcomeStore } from '../../functions/usecases/ports/inventory.ts';
import { databases } from '../support/databases.ts';

interface Stores {
  readonly grants: GrantStore;
  readonly outcomes: OutcomeStore;
  readonly close: () => Promise<void>;
}

function grant(subject: string, nonce: string, issuer = 'https://issuer.example/pool'): Grant {
  const declared = NewGrant.parse({ issuer, subject, role: 'regulator', areas: ['22'], trades: ['gas'] });
  const made = newGrant(declared, { nonce, by: 'cli', at: instant(1_000) });
  if (!made.ok) throw new Error(made.remedy);
  return made.grant;
}

/** What every `GrantStore` promises. */
function grantStoreContract(name: string, open: () => Promise<Stores>): void {
  describe(`grant store: ${name}`, () => {
    let stores: Stores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(async () => stores.close());

    test('a subject without grants has none', async () => {
      expect(await stores.grants.of(grant('lin', '1'))).toEqual([]);
      expect(await stores.grants.get(grant('lin', '1').grantId)).toBeUndefined();
    });

    test('grants read back the same, by subject and by id', async () => {
      const [first, second] = [grant('lin', '1'), grant('lin', '2')];
      expect(await stores.grants.put(first, 0)).toBe('committed');
      expect(await stores.grants.put(second, 0)).toBe('committed');
      const held = await stores.grants.of(first);
      expect(new Set(held)).toEqual(new Set([first, second]));
      expect(await stores.grants.get(second.grantId)).toEqual(second);
    });

    test('equal subjects of different issuers share nothing', async () => {
      await stores.grants.put(grant('lin', '1'), 0);
      expect(await stores.grants.of(grant('lin', '1', 'https://other.example'))).toEqual([]);
    });

    test('a version counts once', async () => {
      const first = grant('lin', '1');
      await stores.grants.put(first, 0);
      expect(await stores.grants.put(first, 0)).toBe('conflict');
      const next = revokedGrant(first, { by: 'cli', at: instant(2_000), reason: 'left' });
      expect(await stores.grants.put(next, 1)).toBe('committed');
      expect(await stores.grants.put(next, 1)).toBe('conflict');
      expect(await stores.grants.of(first)).toEqual([next]);
    });

    test('all grants are listed by id, page by page', async () => {
      const all = ['a', 'b', 'c'].map((subject) => grant(subject, '1'));
      for (const one of all) await stores.grants.put(one, 0);
      const ids = all.map((one) => one.grantId).toSorted();
      const first = await stores.grants.list(2);
      expect(first.items.map((one) => one.grantId)).toEqual(ids.slice(0, 2));
      const rest = await stores.grants.list(2, first.next);
      expect(rest.items.map((one) => one.grantId)).toEqual(ids.slice(2));
    });

    test('an outcome is kept with its grant or not at all', async () => {
      const times = { keptAt: instant(1_000), expiresAt: instant(9_000) };
      const outcome = { key: 'key', bodyHash: 'h', result: '{}', ...times };
      expect(await stores.grants.put(grant('lin', '1'), 0, outcome)).toBe('committed');
      expect(await stores.outcomes.find('key')).toEqual(outcome);
      expect(await stores.grants.put(grant('lin', '2'), 0, outcome)).toBe('conflict');
      expect(await stores.grants.of(grant('lin', '2'))).toHaveLength(1);
    });
  });
}

grantStoreContract('memory', async () => {
  const outcomes = memoryOutcomeStore(memoryInventory());
  return { grants: memoryGrantStore(outcomes), outcomes, close: async () => undefined };
});

for (const { name, open } of databases)
  grantStoreContract(name, async () => {
    const { client, records, remove } = await open();
    return {
      grants: dynamoGrantStore(client, records),
      outcomes: dynamoOutcomeStore(client, records),
      close: remove,
    };
  });
