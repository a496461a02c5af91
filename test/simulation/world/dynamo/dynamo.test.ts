import {
  BatchGetItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { CommittedChange } from './commit.ts';
import { createDynamo } from './dynamo.ts';
import { recordsShape, twinsShape } from './shapes.ts';
import { staleMaxMs } from './table.ts';

const S = (text: string) => ({ S: text });
const N = (number: number) => ({ N: String(number) });
const id = (text: string) => ({ id: S(text) });
const key = (pk: string, sk: string) => ({ pk: S(pk), sk: S(sk) });

function world() {
  const state = { now: 1_000_000, lag: 0, asked: 0 };
  const changes: CommittedChange[] = [];
  const staleBy = () => {
    state.asked += 1;
    return state.lag;
  };
  const dynamo = createDynamo({ now: () => state.now, staleBy, changed: (change) => changes.push(change) }, [
    twinsShape,
    recordsShape,
  ]);
  const update = (input: Partial<UpdateItemCommandInput>) =>
    dynamo.execute(new UpdateItemCommand({ TableName: 'records', Key: key('a', '1'), ...input }));
  const query = (input: Partial<QueryCommandInput>) =>
    dynamo.execute(new QueryCommand({ TableName: 'records', ...input }));
  const put = (sk: string, n: number) =>
    dynamo.execute(new PutItemCommand({ TableName: 'records', Item: { ...key('a', sk), n: N(n) } }));
  const get = (sk: string, ConsistentRead: boolean) =>
    dynamo.execute(new GetItemCommand({ TableName: 'records', Key: key('a', sk), ConsistentRead }));
  return { state, changes, dynamo, update, query, put, get };
}

describe('what the simulated DynamoDB refuses as AWS does, and the emulator does not', () => {
  const nothing = { ':one': N(1), ':yes': { BOOL: true } };
  const used = (...names: (keyof typeof nothing)[]) => ({
    ExpressionAttributeValues: Object.fromEntries(names.map((name) => [name, nothing[name]])),
  });
  const ofIndex = {
    IndexName: 'undecided',
    KeyConditionExpression: 'undecidedShard = :s',
    ExpressionAttributeValues: { ':s': S('s') },
  };

  test.each<[string, string, (on: ReturnType<typeof world>) => unknown]>([
    [
      'two changes of one attribute',
      'overlap',
      (on) => on.update({ UpdateExpression: 'SET n = :one REMOVE n', ...used(':one') }),
    ],
    [
      'a section twice',
      'only be used once',
      (on) => on.update({ UpdateExpression: 'SET n = :one SET m = :one', ...used(':one') }),
    ],
    [
      'a beginning that is a number',
      'begins_with',
      (on) => on.update({ ConditionExpression: 'begins_with(n, :one)', ...used(':one') }),
    ],
    [
      'an order of truths',
      'operand type: BOOL',
      (on) => on.update({ ConditionExpression: 'n < :yes', ...used(':yes') }),
    ],
    [
      'a filter on a key',
      'non-primary key',
      (on) =>
        on.query({
          KeyConditionExpression: 'pk = :a',
          FilterExpression: 'sk = :a',
          ExpressionAttributeValues: { ':a': S('a') },
        }),
    ],
    [
      'all attributes of an index of keys',
      'ALL_ATTRIBUTES',
      (on) => on.query({ ...ofIndex, Select: 'ALL_ATTRIBUTES' }),
    ],
    [
      'an attribute that an index lacks',
      'does not project',
      (on) => on.query({ ...ofIndex, ProjectionExpression: 'doc' }),
    ],
    [
      'two operations as one item of a transaction',
      'can only contain one',
      (on) =>
        on.dynamo.execute(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                Put: { TableName: 'records', Item: key('a', '1') },
                Delete: { TableName: 'records', Key: key('a', '2') },
              },
            ],
          }),
        ),
    ],
  ])('%s', (_, message, ask) => {
    const on = world();
    expect(() => ask(on)).toThrow(
      expect.objectContaining({ name: 'ValidationException', message: expect.stringContaining(message) }),
    );
    expect(on.changes).toEqual([]);
  });
});

test.each<[string, (on: ReturnType<typeof world>) => unknown]>([
  ['a command', (on) => on.dynamo.execute(new DescribeTableCommand({ TableName: 'records' }))],
  ['a parameter', (on) => on.query({ KeyConditions: {} })],
  ['a path into a document', (on) => on.update({ UpdateExpression: 'REMOVE doc.part' })],
])('the simulation says loudly that it does not know %s', (_, ask) => {
  expect(() => ask(world())).toThrow('the simulated DynamoDB does not know');
});

test('a read that is behind sees what was, a consistent one what is', () => {
  const { state, put, get } = world();
  put('1', 1);
  state.now += 100;
  put('1', 2);
  state.lag = 1;
  expect(get('1', false)).toMatchObject({ Item: { n: N(1) } });
  expect(get('1', true)).toMatchObject({ Item: { n: N(2) } });
  state.now += 1;
  expect(get('1', false)).toMatchObject({ Item: { n: N(2) } });
  state.lag = 102;
  expect(get('1', false)).not.toHaveProperty('Item');
});

test.each([
  [staleMaxMs - 1, true],
  [staleMaxMs, true],
  [staleMaxMs + 1, false],
])('a read that is %d ms behind is remembered: %p', (lag, isRemembered) => {
  const { state, put, get } = world();
  put('1', 1);
  state.now += staleMaxMs;
  put('2', 1);
  state.lag = lag;
  if (isRemembered) expect(get('1', false)).toHaveProperty('Item');
  else expect(() => get('1', false)).toThrow(RangeError);
});

test('every key of a batch that is not consistent is asked for its own delay', () => {
  const { state, dynamo } = world();
  const Keys = [key('a', '1'), key('a', '2')];
  dynamo.execute(new BatchGetItemCommand({ RequestItems: { records: { Keys } } }));
  expect(state.asked).toBe(2);
  dynamo.execute(new BatchGetItemCommand({ RequestItems: { records: { Keys, ConsistentRead: true } } }));
  expect(state.asked).toBe(2);
});

test('what is loaded is there, is told to nobody, and was always there', () => {
  const { state, changes, dynamo, query } = world();
  const undecided = { undecidedShard: S('s'), undecidedAt: N(5) };
  dynamo.load('records', [{ ...key('a', '1'), ...undecided }]);
  state.lag = staleMaxMs;
  const asked = {
    IndexName: 'undecided',
    KeyConditionExpression: 'undecidedShard = :s',
    ExpressionAttributeValues: { ':s': S('s') },
  };
  expect(query(asked)).toMatchObject({ Items: [{ ...key('a', '1'), ...undecided }] });
  expect(changes).toEqual([]);
});

test('time to live removes what is past it by more than the lag, once, in any table', () => {
  const { state, changes, dynamo } = world();
  dynamo.load('twins', [
    { ...id('old'), expiresAt: N(999) },
    { ...id('at'), expiresAt: N(1_000) },
  ]);
  dynamo.load('records', [{ ...key('a', '1'), expiresAt: N(10) }, key('a', '2')]);
  dynamo.expire(500_000);
  expect(changes.map(({ before }) => before?.['pk'] ?? before?.['id'])).toEqual([S('a')]);
  dynamo.expire(0);
  expect(dynamo.items('twins')).toEqual([{ ...id('at'), expiresAt: N(1_000) }]);
  state.now += 1;
  dynamo.expire(0);
  expect(dynamo.items('twins')).toEqual([]);
  expect(dynamo.items('records')).toEqual([key('a', '2')]);
  expect(changes.map(({ write, after }) => [write, after])).toEqual([
    [1, undefined],
    [2, undefined],
    [3, undefined],
  ]);
});

test('a write that leaves the item as it was is no change', () => {
  const { changes, put } = world();
  put('1', 1);
  put('1', 1);
  expect(changes).toHaveLength(1);
});

test('neither the bytes of a request nor an answer are the stored ones', () => {
  const { dynamo } = world();
  const bytes = Uint8Array.of(1, 2);
  dynamo.execute(new PutItemCommand({ TableName: 'twins', Item: { ...id('a'), state: { B: bytes } } }));
  bytes[0] = 9;
  const read = () => {
    const answer: { Item?: Record<string, unknown> } = dynamo.execute(
      new GetItemCommand({ TableName: 'twins', Key: id('a') }),
    );
    return answer.Item;
  };
  const first = read();
  expect(first?.['state']).toEqual({ B: Uint8Array.of(1, 2) });
  if (first !== undefined) first['state'] = 'changed by the caller';
  expect(read()?.['state']).toEqual({ B: Uint8Array.of(1, 2) });
});
