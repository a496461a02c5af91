/** A repair on real tables: what the pure plan decides is what DynamoDB takes, and a second run finds nothing. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { isMended } from '../../cli/reconcile/finding.ts';
import { reconcile } from '../../cli/reconcile/reconcile.ts';
import type { Snapshot } from '../../cli/reconcile/snapshot.ts';
import { listItem, transitionItem } from '../../functions/adapters/dynamo/alert-items.ts';
import { dynamoAuditLog } from '../../functions/adapters/dynamo/audit-log.ts';
import { alertKey, deviceKey } from '../../functions/adapters/dynamo/keys.ts';
import { transact } from '../../functions/adapters/dynamo/transaction.ts';
import { matterWrite } from '../../functions/adapters/dynamo/twin-items.ts';
import { rfc3339 } from '../../functions/domain/time.ts';
import { deed, devices, lived, livedUntil, registrations } from '../support/lived.ts';
import { methaneBook } from '../support/methane-rule.ts';
import { type Moment, restoredSnapshot } from '../support/restored-tables.ts';
import { endpoint, openTables, type TestTables } from '../support/tables.ts';

type Item = NonNullable<ConstructorParameters<typeof PutItemCommand>[0]['Item']>;

/** The tables as a restore has left them. */
async function fill({ client, twins, records }: TestTables, snapshot: Snapshot): Promise<void> {
  const put = (TableName: string, Item: Item) => client.send(new PutItemCommand({ TableName, Item }));
  for (const one of devices)
    await put(records, {
      pk: { S: deviceKey(one.deviceId) },
      sk: { S: 'DEV' },
      version: { N: '1' },
      doc: { S: JSON.stringify(one) },
    });
  for (const { alert, transitions } of snapshot.histories.values()) {
    if (alert !== undefined)
      await put(records, {
        pk: { S: alertKey(alert.alertId) },
        sk: { S: 'ALERT' },
        version: { N: String(alert.version) },
        doc: { S: JSON.stringify(alert) },
      });
    for (const { transition } of transitions) await put(records, transitionItem(transition));
    const own = snapshot.entries.filter(({ alertId }) => alertId === alert?.alertId);
    for (const { list } of own) if (alert !== undefined) await put(records, listItem(list, alert));
  }
  for (const { deviceId, version, bytes } of snapshot.twins.values())
    await put(twins, {
      id: { S: deviceKey(deviceId) },
      version: { N: String(version) },
      state: { B: bytes },
    });
  for (const guard of snapshot.guards)
    await transact(client, [matterWrite(twins, { ...guard, expectedVersion: 0 })], 'fill');
}

/** Some lives, torn at some moments; the same each time. */
const torn = (): Promise<Snapshot>[] =>
  fc
    .sample(fc.tuple(fc.array(deed, { minLength: 12, maxLength: 20 }), fc.nat(), fc.nat(), fc.nat()), {
      numRuns: 8,
      seed: 7,
    })
    .map(async ([deeds, twinsAt, recordsAt, coin]) => {
      const moments = await lived(deeds);
      const pair = (at: number): [Moment, Moment] => {
        const before = moments[at % (moments.length - 1)];
        const after = moments[(at % (moments.length - 1)) + 1];
        if (before === undefined || after === undefined) throw new Error('nothing was lived');
        return [before, after];
      };
      let flips = coin;
      const isNew = () => (flips++ * 7) % 3 === 0;
      const tables = { twins: pair(twinsAt), records: pair(recordsAt) };
      return restoredSnapshot({ registrations, isDecided: false, ...tables, isNew });
    });

if (endpoint === undefined)
  test('runs where there are tables: npm run test:contract', () => expect(endpoint).toBeUndefined());
else
  test('tables torn apart agree after one run, each repair is audited, and a second run finds nothing', async () => {
    let written = 0;
    for (const one of torn()) {
      const tables = await openTables();
      try {
        await fill(tables, await one);
        const wish = {
          dynamo: tables.client,
          tables,
          clock: { now: () => livedUntil },
          book: methaneBook,
          by: 'li',
          reason: 'restore',
        };
        const look = await reconcile({ ...wish, apply: false });
        const run = await reconcile({ ...wish, apply: true });
        expect(run.findings).toEqual(look.findings);
        expect(run.left.filter(isMended)).toEqual([]);
        expect(run.conflicts).toBe(0);
        const audit = await dynamoAuditLog(tables.client, tables.records).list(
          rfc3339(livedUntil).slice(0, 10),
        );
        expect(audit).toHaveLength(run.written);
        expect((await reconcile({ ...wish, apply: false })).findings.filter(isMended)).toEqual([]);
        written += run.written;
      } finally {
        await tables.remove();
      }
    }
    expect(written).toBeGreaterThan(10);
  }, 120_000);
