import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { alertWrites } from '../../../../functions/adapters/dynamo/alert-items.ts';
import { alertKey, transitionKey } from '../../../../functions/adapters/dynamo/keys.ts';
import { matterWrite, twinWrite } from '../../../../functions/adapters/dynamo/twin-items.ts';
import type { AlertStore, NotificationLog } from '../../../../functions/usecases/ports/alerts.ts';
import type { TwinStore } from '../../../../functions/usecases/ports/twins.ts';
import type { WatermarkStore } from '../../../../functions/usecases/ports/watermark.ts';
import type { Change, Item } from '../../history.ts';

type Set = Readonly<Record<string, AttributeValue | undefined>>;

/** The two tables as items, and every change of them, beside stores that keep objects. */
export function recorder(now: () => number) {
  const tables = { twins: new Map<string, Item>(), records: new Map<string, Item>() };
  const changes: Change[] = [];
  let write = 0;
  let by: Change['by'] = 'ingest';

  const put = (table: 'twins' | 'records', key: string, after: Item | undefined): void => {
    const before = tables[table].get(key);
    if (after === undefined) tables[table].delete(key);
    else tables[table].set(key, after);
    changes.push({ at: now(), table, before, after, by, write });
  };
  const keyOf = (key: Item | undefined): string =>
    key?.['id']?.S ?? `${key?.['pk']?.S ?? ''}/${key?.['sk']?.S ?? ''}`;
  const apply = (items: readonly TransactWriteItem[]): void => {
    write += 1;
    for (const { Put, Delete, Update } of items) {
      if (Put?.Item) put('records', keyOf(Put.Item), Put.Item);
      if (Delete?.Key) put('records', keyOf(Delete.Key), undefined);
      if (Update?.Key) {
        const key = keyOf(Update.Key);
        put('twins', key, updated(tables.twins.get(key), Update.Key, Update));
      }
    }
  };

  return {
    tables,
    changes,
    as: (who: Change['by']) => {
      by = who;
    },
    alerts: (store: AlertStore): AlertStore => ({
      ...store,
      commit: async (commit) => {
        const outcome = await store.commit(commit);
        const { twin, matter, alerts } = commit;
        if (outcome === 'committed')
          apply([
            ...(twin === undefined ? [] : [twinWrite('twins', twin)]),
            ...(matter === undefined ? [] : [matterWrite('twins', matter)]),
            ...alerts.flatMap((one) => alertWrites('records', one)),
          ]);
        return outcome;
      },
    }),
    twins: (store: TwinStore): TwinStore => ({
      ...store,
      write: async (twin) => {
        const outcome = await store.write(twin);
        if (outcome === 'committed') apply([twinWrite('twins', twin)]);
        return outcome;
      },
    }),
    watermark: (store: WatermarkStore): WatermarkStore => ({
      ...store,
      update: async (change) => {
        const before = await store.read();
        const after = await store.update(change);
        write += 1;
        const doc = JSON.stringify(after);
        if (after !== undefined && after !== before)
          put('twins', 'WATERMARK', { id: { S: 'WATERMARK' }, doc: { S: doc } });
        return after;
      },
    }),
    log: (log: NotificationLog): NotificationLog => ({
      ...log,
      decide: async (key, decision) => {
        const outcome = await log.decide(key, decision);
        const name = `${alertKey(key.alertId)}/${transitionKey(key.version)}`;
        const { undecidedShard, undecidedAt, ...item } = tables.records.get(name) ?? {};
        write += 1;
        if (outcome === 'logged')
          put('records', name, {
            ...item,
            decision: { S: JSON.stringify(decision) },
            decidedAt: { N: String(decision.at) },
          });
        return outcome;
      },
    }),
  };
}

/** The item after an update that only sets and removes whole attributes. */
function updated(
  before: Item | undefined,
  key: Item,
  update: NonNullable<TransactWriteItem['Update']>,
): Item {
  const names = update.ExpressionAttributeNames ?? {};
  const values: Set = update.ExpressionAttributeValues ?? {};
  const [set = '', removed = ''] = (update.UpdateExpression ?? '').split(' REMOVE ');
  const after: Record<string, AttributeValue> = { ...before, ...key };
  for (const [, name = '', value = ''] of set.matchAll(/(#\w+) = (:\w+)/g)) {
    const attribute = values[value];
    if (attribute !== undefined) after[names[name] ?? name] = attribute;
  }
  for (const [name = ''] of removed.matchAll(/#\w+/g)) delete after[names[name] ?? name];
  return after;
}
