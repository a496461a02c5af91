/** What the adapters take for granted of DynamoDB itself: many items at once, and what it refuses; where the emulator differs: docs/divergences.md. */
import {
  BatchGetItemCommand,
  GetItemCommand,
  ScanCommand,
  TransactionCanceledException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import { askRecords, type Item, key, N, nameOf, S, sorts } from '../support/ask-records.ts';
import { databases } from '../support/databases.ts';
import { contractTimeoutMs } from '../support/services.ts';

jest.setTimeout(contractTimeoutMs);

describe.each(databases)('DynamoDB itself, many items and refusals: $name', ({ open }) => {
  const asked = askRecords(open);
  const { put, update, stored, query, transact } = asked;

  test('pages of a scan have every item once', async () => {
    const all = Array.from({ length: 12 }, (_, n) => key(`p${n % 4}`, String(n)));
    for (const item of all) await put(item);
    const seen: unknown[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await asked.client.send(
        new ScanCommand({ TableName: asked.records, Limit: 5, ExclusiveStartKey }),
      );
      seen.push(...sorts(page.Items));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    expect(seen.toSorted()).toEqual(all.map(({ sk }) => sk.S).toSorted());
  });

  test('a batch read leaves out what is not there, and projects', async () => {
    await put({ ...key('a', '1'), n: N(1), m: N(2) });
    const { Responses, UnprocessedKeys } = await asked.client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [asked.records]: { Keys: [key('a', '1'), key('a', '2')], ProjectionExpression: 'sk, n' },
          [asked.twins]: { Keys: [{ id: S('none') }] },
        },
      }),
    );
    expect(Responses).toEqual({ [asked.records]: [{ sk: S('1'), n: N(1) }], [asked.twins]: [] });
    expect(UnprocessedKeys).toEqual({});
  });

  test('a transaction is everything or nothing, and says which item refused', async () => {
    const mine = (Item: Item): TransactWriteItem => ({
      Put: {
        TableName: asked.records,
        Item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    });
    const there = { ...key('a', '1'), n: N(1) };
    await put(there);
    const error: unknown = await transact([
      mine(key('a', '0')),
      mine(key('a', '1')),
      { Delete: { TableName: asked.twins, Key: { id: S('none') } } },
    ]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect(error).toMatchObject({
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: there },
        { Code: 'None' },
      ],
    });
    expect(await stored(key('a', '0'))).toBeUndefined();
    const check = {
      TableName: asked.records,
      Key: key('a', '1'),
      ConditionExpression: 'attribute_exists(n)',
    };
    await transact([mine(key('a', '0')), { ConditionCheck: check }]);
    expect(await stored(key('a', '0'))).toEqual(key('a', '0'));
    expect(await stored(key('a', '1'))).toEqual(there);
  });

  test.each([
    [99, 'taken'],
    [100, 'taken'],
    [101, 'ValidationException'],
  ])('of %d items a transaction is %s', async (count, outcome) => {
    const items = Array.from({ length: count }, (_, n) => ({
      Put: { TableName: asked.records, Item: key('a', String(n)) },
    }));
    expect(await nameOf(transact(items))).toBe(outcome);
  });

  test.each([
    [99, 'taken'],
    [100, 'taken'],
    [101, 'ValidationException'],
  ])('of %d keys a batch read is %s', async (count, outcome) => {
    const Keys = Array.from({ length: count }, (_, n) => key('a', String(n)));
    const command = new BatchGetItemCommand({ RequestItems: { [asked.records]: { Keys } } });
    expect(await nameOf(asked.client.send(command))).toBe(outcome);
  });

  test('no item comes twice in a transaction, no key twice in a batch read', async () => {
    const item = { Put: { TableName: asked.records, Item: key('a', '1') } };
    const gone = { Delete: { TableName: asked.records, Key: key('a', '1') } };
    expect(await nameOf(transact([item, gone]))).toBe('ValidationException');
    const Keys = [key('a', '1'), key('a', '1')];
    const command = new BatchGetItemCommand({ RequestItems: { [asked.records]: { Keys } } });
    expect(await nameOf(asked.client.send(command))).toBe('ValidationException');
  });

  const bytesOfKey = 'pk'.length + 'sk'.length + 'a'.length + '1'.length;
  const room = 400 * 1024 - bytesOfKey - 'doc'.length;
  test.each([
    [room - 1, 'taken'],
    [room, 'taken'],
    [room + 1, 'ValidationException'],
  ])('an item with a document of %d bytes is %s', async (length, outcome) => {
    expect(await nameOf(put({ ...key('a', '1'), doc: S('x'.repeat(length)) }))).toBe(outcome);
  });

  test.each<
    [string, (refuse: { put: typeof put; update: typeof update; query: typeof query }) => Promise<unknown>]
  >([
    ['an item without its sort key', (on) => on.put({ pk: S('a') })],
    ['an empty key', (on) => on.put(key('', '1'))],
    ['a key of another type', (on) => on.put({ pk: N(1), sk: S('1') })],
    ['a key with too little', (on) => on.update({ pk: S('a') }, {})],
    ['an index key of another type', (on) => on.put({ ...key('a', '1'), undecidedAt: S('soon') })],
    ['an empty set', (on) => on.put({ ...key('a', '1'), set: { SS: [] } })],
    ['what is no number', (on) => on.put({ ...key('a', '1'), n: N('many') })],
    ['a number of 39 digits', (on) => on.put({ ...key('a', '1'), n: N('1'.repeat(39)) })],
    [
      'a value that no expression uses',
      (on) =>
        on.put(key('a', '1'), {
          ConditionExpression: 'attribute_not_exists(pk)',
          ExpressionAttributeValues: { ':unused': N(1) },
        }),
    ],
    ['a value that is not given', (on) => on.put(key('a', '1'), { ConditionExpression: 'n = :missing' })],
    [
      'a name that is not given',
      (on) => on.put(key('a', '1'), { ConditionExpression: 'attribute_exists(#n)' }),
    ],
    ['half a condition', (on) => on.put(key('a', '1'), { ConditionExpression: 'attribute_exists(n) AND' })],
    [
      'a change of the key',
      (on) =>
        on.update(key('a', '1'), {
          UpdateExpression: 'SET sk = :two',
          ExpressionAttributeValues: { ':two': S('2') },
        }),
    ],
    [
      'a sum with what is not there',
      (on) =>
        on.update(key('a', '1'), {
          UpdateExpression: 'SET n = n + :one',
          ExpressionAttributeValues: { ':one': N(1) },
        }),
    ],
    [
      'a query without its partition',
      (on) => on.query({ KeyConditionExpression: 'sk = :a', ExpressionAttributeValues: { ':a': S('a') } }),
    ],
    [
      'one attribute twice in a projection',
      (on) =>
        on.query({
          KeyConditionExpression: 'pk = :a',
          ProjectionExpression: 'doc, sk, #doc',
          ExpressionAttributeNames: { '#doc': 'doc' },
          ExpressionAttributeValues: { ':a': S('a') },
        }),
    ],
    [
      'a consistent read of an index',
      (on) =>
        on.query({
          IndexName: 'undecided',
          ConsistentRead: true,
          KeyConditionExpression: 'undecidedShard = :a',
          ExpressionAttributeValues: { ':a': S('a') },
        }),
    ],
    [
      'a start key of another partition',
      (on) =>
        on.query({
          KeyConditionExpression: 'pk = :a',
          ExpressionAttributeValues: { ':a': S('a') },
          ExclusiveStartKey: key('b', '1'),
        }),
    ],
    ['a reserved word', (on) => on.update(key('a', '1'), { UpdateExpression: 'REMOVE status' })],
    [
      'bounds the wrong way round',
      (on) =>
        on.query({
          KeyConditionExpression: 'pk = :a AND sk BETWEEN :b AND :a',
          ExpressionAttributeValues: { ':a': S('a'), ':b': S('b') },
        }),
    ],
    ['a key of 2049 bytes', (on) => on.put(key('k'.repeat(2049), '1'))],
    ['a sort key of 1025 bytes', (on) => on.put(key('a', 'k'.repeat(1025)))],
  ])('refuses %s', async (_, ask) => {
    expect(await nameOf(ask({ put, update, query }))).toBe('ValidationException');
  });

  test('keys of 2048 and 1024 bytes are taken', async () => {
    expect(await nameOf(put(key('k'.repeat(2048), 'k'.repeat(1024))))).toBe('taken');
  });

  test('a table that is not there is told as such', async () => {
    const command = new GetItemCommand({ TableName: 'none', Key: key('a', '1') });
    expect(await nameOf(asked.client.send(command))).toBe('ResourceNotFoundException');
  });
});
