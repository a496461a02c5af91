/** `reconcile` beside a system that lives: tables that are whole at each moment, and move on while they are read. */
import { isDeepStrictEqual } from 'node:util';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { reconcile } from '../../../cli/reconcile/reconcile.ts';
import { instant } from '../../../functions/domain/time.ts';
import type { Random } from '../../../sensors-sim/random.ts';
import type { Registered } from '../city/registered.ts';
import type { Change, History, Item } from '../history.ts';
import type { Violation } from '../oracle/law.ts';
import { createDynamo } from '../world/dynamo/dynamo.ts';
import { recordsShape, twinsShape } from '../world/dynamo/shapes.ts';
import { keyOf, tablesAt } from './moments.ts';

/** Changes that happen while one page is read or one step is written, at most. */
const movesMax = 60;

/** Runs `reconcile --yes` from a moment of the world on. @returns what it did to tables with which nothing was wrong */
export async function mendAlive(
  { books }: Registered,
  { changes }: Pick<History, 'changes'>,
  start: readonly Item[],
  random: Random,
): Promise<Violation[]> {
  let place = Math.floor(random.next() * changes.length);
  while (place > 0 && changes[place - 1]?.write === changes[place]?.write) place -= 1;
  const now = () => changes[Math.min(place, changes.length - 1)]?.at ?? 0;
  const dynamo = createDynamo({ now, staleBy: () => 0, changed: () => {} }, [twinsShape, recordsShape]);
  const loaded = tablesAt(start, changes, (_change, at) => at < place);
  dynamo.load(
    'twins',
    loaded.filter((item) => 'id' in item),
  );
  dynamo.load(
    'records',
    loaded.filter((item) => 'pk' in item),
  );
  const live = () => {
    const moves = Math.floor(random.next() * movesMax);
    for (let move = 0; move < moves && place < changes.length; ) {
      const { write } = changes[place] as Change;
      for (; changes[place]?.write === write && place < changes.length; place += 1, move += 1)
        dynamo.execute(commandOf(changes[place] as Change));
    }
  };
  const send = async (command: { readonly input: object }) => {
    if (command instanceof ScanCommand) live();
    return dynamo.execute(command);
  };
  await reconcile({
    dynamo: { send } as unknown as DynamoDBClient,
    tables: { twins: 'twins', records: 'records' },
    clock: { now: () => instant(now()) },
    book: books.live,
    by: 'simulation',
    reason: 'beside a system that lives',
    apply: true,
  });
  const expected = tablesAt(start, changes, (_change, at) => at < place);
  return differences(expected, [...dynamo.items('twins'), ...dynamo.items('records')]);
}

function commandOf({ table, before, after }: Change): PutItemCommand | DeleteItemCommand {
  if (after !== undefined) return new PutItemCommand({ TableName: table, Item: after });
  const { id, pk, sk } = before ?? {};
  const Key = table === 'twins' ? { id: id ?? { S: '' } } : { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } };
  return new DeleteItemCommand({ TableName: table, Key });
}

/** A correlation may be told of an alert before `notify` comes to it: that is what its members are for. */
const promised = ({ members, dueAt, version, lastAt, ...item }: Item): Item =>
  item['id']?.S?.startsWith('OPEN#') ? item : { ...item, ...defined({ members, dueAt, version, lastAt }) };

const defined = (item: Record<string, Item[string] | undefined>): Item =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as Item;

function differences(expected: readonly Item[], there: readonly Item[]): Violation[] {
  const left = new Map(expected.map((item) => [keyOf(item), item]));
  const law = 'alive-changes-nothing';
  const violations: Violation[] = [];
  for (const item of there) {
    const key = keyOf(item);
    const other = left.get(key);
    left.delete(key);
    if (key.includes('AUDIT#') || isDeepStrictEqual(other && promised(other), promised(item))) continue;
    if (other === undefined && key.startsWith('OPEN#') && item['alertId'] === undefined) continue;
    violations.push({ law, what: `${key} was ${other === undefined ? 'invented' : 'changed'}` });
  }
  for (const key of left.keys()) violations.push({ law, what: `${key} was taken away` });
  return violations;
}
