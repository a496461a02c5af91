import fc from 'fast-check';
import { driveTable, type Item, itemOf } from '../../../support/table-model/driven-table.ts';
import {
  createTableModel,
  type Key,
  type TableModel,
  type Thing,
} from '../../../support/table-model/model.ts';
import { isIn, type Step, steps } from '../../../support/table-model/steps.ts';

type Table = ReturnType<typeof driveTable>;

const sortedItem = (item: Item) => Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1));
const inOneOrder = (items: readonly Item[]) =>
  items.map((item) => JSON.stringify(sortedItem(item))).toSorted();

/** Takes one step in both: what the table answers, and what the model does. */
function answers(step: Step, table: Table, model: TableModel): readonly [unknown, unknown] {
  const now = table.now();
  if ('lag' in step) table.behind(step.lag);
  switch (step.kind) {
    case 'wait':
      return [table.wait(step.ms), undefined];
    case 'write':
      return [table.write(step.writes), model.write(step.writes, now)];
    case 'get': {
      const thing = model.get(step.key, now - step.lag);
      return [table.get(step.key), thing === undefined ? undefined : itemOf(step.key, thing)];
    }
    case 'query':
      return [table.query(queryOf(step)), queried(step, model, now)];
    case 'index':
      return [table.query(indexQueryOf(step)), indexQueried(step, model, now)];
    case 'scan': {
      const all = model.at(now - step.lag).map(({ key, thing }) => itemOf(key, thing));
      return [inOneOrder(table.scan(step.limit)), inOneOrder(all)];
    }
    case 'expire':
      return [table.expire(step.lag), model.expire(now - step.lag, now)];
    default:
      return step satisfies never;
  }
}

function queryOf({ range, isForward, limit }: Extract<Step, { kind: 'query' }>) {
  const { pk, a, b, text } = range;
  return {
    KeyConditionExpression: text === '' ? 'pk = :pk' : `pk = :pk AND ${text}`,
    ExpressionAttributeValues: {
      ':pk': { S: pk },
      ...(text.includes(':a') ? { ':a': { S: a } } : {}),
      ...(text.includes(':b') ? { ':b': { S: b } } : {}),
    },
    ScanIndexForward: isForward,
    Limit: limit,
  };
}

function queried(
  { range, isForward, lag }: Extract<Step, { kind: 'query' }>,
  model: TableModel,
  now: number,
) {
  const items = model
    .at(now - lag)
    .filter(({ key }) => key.pk === range.pk && isIn(range, key.sk))
    .map(({ key, thing }) => itemOf(key, thing));
  return isForward ? items : items.toReversed();
}

const indexQueryOf = ({ shard, to, isForward, limit }: Extract<Step, { kind: 'index' }>) => ({
  IndexName: 'index',
  KeyConditionExpression: '#shard = :shard AND #at <= :to',
  ExpressionAttributeNames: { '#shard': 'shard', '#at': 'at' },
  ExpressionAttributeValues: { ':shard': { S: shard }, ':to': { N: String(to) } },
  ScanIndexForward: isForward,
  Limit: limit,
});

function indexQueried(
  { shard, to, isForward, lag }: Extract<Step, { kind: 'index' }>,
  model: TableModel,
  now: number,
) {
  const items = model
    .at(now - lag)
    .filter(({ thing }) => thing.shard === shard && thing.at !== undefined && thing.at <= to)
    .toSorted((one, two) => (one.thing.at ?? 0) - (two.thing.at ?? 0))
    .map(({ key, thing: { at } }) => itemOf(key, { shard, ...(at === undefined ? {} : { at }) }));
  return isForward ? items : items.toReversed();
}

const storedOr = (key: Key, thing: Thing | undefined) =>
  thing === undefined ? undefined : itemOf(key, thing);

test('a table of the simulation is the naive model of one, at every moment that a read can see', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const table = driveTable();
      const model = createTableModel();
      for (const step of all) {
        const [told, expected] = answers(step, table, model);
        expect(told).toEqual(expected);
      }
      expect(table.changes.map(({ write, before, after }) => ({ write, before, after }))).toEqual(
        model.changes.map(({ key, write, before, after }) => ({
          write,
          before: storedOr(key, before),
          after: storedOr(key, after),
        })),
      );
      const left = model.at(table.now()).map(({ key, thing }) => itemOf(key, thing));
      expect(inOneOrder(table.items())).toEqual(inOneOrder(left));
    }),
    { numRuns: 500 },
  );
});
