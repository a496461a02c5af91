/** One table of the simulation, driven in the words of the model. */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { CommittedChange } from '../../simulation/world/dynamo/commit.ts';
import { createDynamo } from '../../simulation/world/dynamo/dynamo.ts';
import type { TableShape } from '../../simulation/world/dynamo/shapes.ts';
import type { Key, Outcome, Thing, Write } from './model.ts';

export type Item = Record<string, AttributeValue>;

const shape: TableShape = {
  name: 'things',
  keys: { partition: 'pk', sort: { name: 'sk', type: 'S' } },
  indexes: [{ name: 'index', keys: { partition: 'shard', sort: { name: 'at', type: 'N' } } }],
  ttl: 'until',
};
const TableName = shape.name;

/** A table of the steps has 16 keys; pages that never end must not hang a test. */
const pagesMax = 20;

const keyItem = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } });
const attributes = (thing: Thing): Item =>
  Object.fromEntries(
    Object.entries(thing).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]),
  );
export const itemOf = (key: Key, thing: Thing): Item => ({ ...keyItem(key), ...attributes(thing) });

/** The request of a write, in the words of a transaction. */
function requestOf(write: Write) {
  const { key, if: condition } = write;
  const conditional = {
    TableName,
    ...(condition.text === undefined ? {} : { ConditionExpression: condition.text }),
  };
  const x: Item = condition.x === undefined ? {} : { ':x': { N: String(condition.x) } };
  const values = (more: Item) => {
    const all = { ...x, ...more };
    return Object.keys(all).length === 0 ? {} : { ExpressionAttributeValues: all };
  };
  switch (write.kind) {
    case 'put':
      return { Put: { ...conditional, ...values({}), Item: itemOf(key, write.thing) } };
    case 'update': {
      const set = Object.entries(attributes(write.set));
      const sets = set.map(([name]) => `#${name} = :${name}`);
      return {
        Update: {
          ...conditional,
          Key: keyItem(key),
          UpdateExpression: `${sets.length === 0 ? '' : `SET ${sets.join(', ')}`} REMOVE t ADD n :plus`,
          ...(set.length === 0
            ? {}
            : { ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])) }),
          ...values({
            ':plus': { N: String(write.plus) },
            ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
          }),
        },
      };
    }
    case 'delete':
      return { Delete: { ...conditional, ...values({}), Key: keyItem(key) } };
    case 'check':
      return {
        ConditionCheck: {
          ConditionExpression: 'attribute_exists(pk) OR attribute_not_exists(pk)',
          ...conditional,
          ...values({}),
          Key: keyItem(key),
        },
      };
    default:
      return write satisfies never;
  }
}

export function driveTable() {
  let now = 1_000_000;
  let lag = 0;
  const changes: CommittedChange[] = [];
  const simulated = createDynamo(
    { now: () => now, staleBy: () => lag, changed: (change) => changes.push(change) },
    [shape],
  );
  const run = (command: { readonly input: object }) => simulated.execute(command);

  const write = (writes: readonly Write[]): Outcome => {
    const requests: TransactWriteItem[] = writes.map(requestOf);
    const [one] = requests;
    try {
      if (requests.length > 1 || one?.ConditionCheck !== undefined)
        run(new TransactWriteItemsCommand({ TransactItems: requests }));
      else if (one?.Put !== undefined) run(new PutItemCommand(one.Put));
      else if (one?.Update !== undefined) run(new UpdateItemCommand(one.Update));
      else if (one?.Delete !== undefined) run(new DeleteItemCommand(one.Delete));
      return 'done';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'refused';
      if (error instanceof TransactionCanceledException) {
        const reasons = error.CancellationReasons ?? [];
        return requests.length === 1 ? 'refused' : reasons.map(({ Code }) => Code === 'None');
      }
      if (error instanceof Error && error.message.includes('multiple operations on one item')) return 'twice';
      throw error;
    }
  };

  const allPages = (page: (start: Item | undefined) => QueryCommand | ScanCommand): Item[] => {
    const items: Item[] = [];
    let start: Item | undefined;
    for (let pages = 0; pages < pagesMax; pages += 1) {
      const answer: { Items?: Item[]; LastEvaluatedKey?: Item } = run(page(start));
      items.push(...(answer.Items ?? []));
      start = answer.LastEvaluatedKey;
      if (start === undefined) return items;
    }
    throw new Error(`more than ${pagesMax} pages of a table with few items`);
  };
  const query = (input: Partial<QueryCommandInput>): Item[] =>
    allPages((ExclusiveStartKey) => new QueryCommand({ TableName, ...input, ExclusiveStartKey }));

  return {
    changes,
    now: () => now,
    wait: (ms: number) => {
      now += ms;
    },
    behind: (ms: number) => {
      lag = ms;
    },
    write,
    query,
    get: (key: Key) => {
      const answer: { Item?: Item } = run(new GetItemCommand({ TableName, Key: keyItem(key) }));
      return answer.Item;
    },
    scan: (Limit: number) =>
      allPages((ExclusiveStartKey) => new ScanCommand({ TableName, Limit, ExclusiveStartKey })),
    expire: (lagMs: number) => simulated.expire(lagMs),
    items: () => simulated.items(TableName),
  };
}
