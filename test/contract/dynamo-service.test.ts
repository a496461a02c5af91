/** What the adapters take for granted of DynamoDB itself; where the emulator differs: docs/divergences.md. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import { databases } from '../support/databases.ts';
import { contractTimeoutMs } from '../support/services.ts';
import type { TestTables } from '../support/tables.ts';

jest.setTimeout(contractTimeoutMs);

type Item = Record<string, AttributeValue>;

const S = (text: string) => ({ S: text });
const N = (number: number | string) => ({ N: String(number) });
const key = (pk: string, sk: string) => ({ pk: S(pk), sk: S(sk) });

describe.each(databases)('DynamoDB itself: $name', ({ open }) => {
  let tables: TestTables;
  let client: DynamoDBClient;
  beforeEach(async () => {
    tables = await open();
    client = tables.client;
  });
  afterEach(async () => tables.remove());

  const put = (Item: Item, more: Partial<PutItemCommandInput> = {}) =>
    client.send(new PutItemCommand({ TableName: tables.records, Item, ...more }));
  const update = (Key: Item, more: Partial<UpdateItemCommandInput>) =>
    client.send(new UpdateItemCommand({ TableName: tables.records, Key, ...more }));
  const stored = async (Key: Item) =>
    (await client.send(new GetItemCommand({ TableName: tables.records, Key, ConsistentRead: true }))).Item;
  const query = (input: Partial<QueryCommandInput>) =>
    client.send(new QueryCommand({ TableName: tables.records, ...input }));
  const transact = (TransactItems: TransactWriteItem[]) =>
    client.send(new TransactWriteItemsCommand({ TransactItems }));
  const sorts = (items: readonly Item[] | undefined) => (items ?? []).map((item) => item['sk']?.S);
  const nameOf = (sending: Promise<unknown>) =>
    sending.then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.name : 'no error'),
    );

  test('a number comes back in its one way, exact beyond what JavaScript can hold', async () => {
    await put({ ...key('a', '1'), n: N('007.50'), big: N('12345678901234567890.123') });
    expect(await stored(key('a', '1'))).toMatchObject({ n: N('7.5'), big: N('12345678901234567890.123') });
  });

  test('an update counts, sets what is missing, adds to a set, takes from it, removes', async () => {
    await put({ ...key('a', '1'), n: N(5), set: { SS: ['x', 'y'] }, gone: S('soon') });
    const { Attributes } = await update(key('a', '1'), {
      UpdateExpression:
        'SET n = n + :one, fresh = if_not_exists(fresh, :start) REMOVE gone ADD extra :one DELETE #set :x',
      ExpressionAttributeNames: { '#set': 'set' },
      ExpressionAttributeValues: { ':one': N(1), ':start': S('here'), ':x': { SS: ['x'] } },
      ReturnValues: 'ALL_NEW',
    });
    expect(Attributes).toEqual({
      ...key('a', '1'),
      n: N(6),
      fresh: S('here'),
      extra: N(1),
      set: { SS: ['y'] },
    });
  });

  test('an update makes the item that is not there', async () => {
    await update(key('a', '1'), { UpdateExpression: 'REMOVE nothing' });
    expect(await stored(key('a', '1'))).toEqual(key('a', '1'));
  });

  test.each([
    ['ALL_OLD', { ...key('a', '1'), n: N(1), m: N(9) }],
    ['UPDATED_OLD', { n: N(1) }],
    ['UPDATED_NEW', { n: N(2), o: N(2) }],
    ['NONE', undefined],
  ] as const)('an update answers with %s', async (ReturnValues, expected) => {
    await put({ ...key('a', '1'), n: N(1), m: N(9) });
    const answer = await update(key('a', '1'), {
      UpdateExpression: 'SET n = :two, o = :two',
      ExpressionAttributeValues: { ':two': N(2) },
      ReturnValues,
    });
    expect(answer.Attributes).toEqual(expected);
  });

  test.each([
    ['n = :five AND NOT attribute_exists(nothing)', true],
    ['n <> :five OR begins_with(t, :ab)', true],
    ['n <> :five AND begins_with(t, :ab) OR n = :five', true],
    ['n <> :five AND (begins_with(t, :ab) OR n = :five)', false],
    ['nothing <> :five AND n = :five AND t >= :ab', true],
    ['nothing = :five OR nothing < :five', false],
    ['n BETWEEN :five AND :five AND contains(t, :ab)', true],
    ['t IN (:ab, :five)', false],
    ['n IN (:ab, :five)', true],
    ['size(t) = :five AND t > :ab', false],
    ['attribute_type(n, :ab) OR n < :ab OR n > :five', false],
  ])('the condition %s is met: %p', async (ConditionExpression, isMet) => {
    await put({ ...key('a', '1'), n: N(5), t: S('abc') });
    const given = Object.entries({ ':five': N(5), ':ab': S('ab') });
    const used = given.filter(([name]) => ConditionExpression.includes(name));
    const outcome = await nameOf(
      put({ ...key('a', '1') }, { ConditionExpression, ExpressionAttributeValues: Object.fromEntries(used) }),
    );
    expect(outcome).toBe(isMet ? 'taken' : 'ConditionalCheckFailedException');
  });

  test('a refusal tells what is stored where it is asked to', async () => {
    await put({ ...key('a', '1'), n: N(5) });
    const refused = put(key('a', '1'), {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect(error).toMatchObject({ Item: { ...key('a', '1'), n: N(5) } });
  });

  test('a delete answers with what was there, and of nothing with nothing', async () => {
    await put({ ...key('a', '1'), n: N(5) });
    const gone = new DeleteItemCommand({
      TableName: tables.records,
      Key: key('a', '1'),
      ReturnValues: 'ALL_OLD',
    });
    expect((await client.send(gone)).Attributes).toEqual({ ...key('a', '1'), n: N(5) });
    expect((await client.send(gone)).Attributes).toBeUndefined();
  });

  test.each([
    ['sk = :b', ['b']],
    ['sk < :b', ['a', 'ab']],
    ['sk <= :b', ['a', 'ab', 'b']],
    ['sk > :b', ['ba', 'c']],
    ['sk >= :b', ['b', 'ba', 'c']],
    ['sk BETWEEN :ab AND :b', ['ab', 'b']],
    ['begins_with(sk, :b)', ['b', 'ba']],
  ])('of a partition %s are %p', async (condition, expected) => {
    for (const sk of ['c', 'a', 'ba', 'ab', 'b']) await put(key('p', sk));
    await put(key('q', 'b'));
    const values = { ':p': S('p'), ':b': S('b'), ...(condition.includes(':ab') ? { ':ab': S('ab') } : {}) };
    const asked = { KeyConditionExpression: `pk = :p AND ${condition}`, ExpressionAttributeValues: values };
    expect(sorts((await query(asked)).Items)).toEqual(expected);
    expect(sorts((await query({ ...asked, ScanIndexForward: false })).Items)).toEqual(expected.toReversed());
  });

  test.each([true, false])(
    'pages of a filtered query count what they read; forward: %p',
    async (ScanIndexForward) => {
      for (let n = 0; n < 5; n += 1) await put({ ...key('p', String(n)), even: { BOOL: n % 2 === 0 } });
      const seen: unknown[] = [];
      const scanned: unknown[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await query({
          KeyConditionExpression: 'pk = :p',
          FilterExpression: 'even = :yes',
          ExpressionAttributeValues: { ':p': S('p'), ':yes': { BOOL: true } },
          Limit: 2,
          ScanIndexForward,
          ExclusiveStartKey,
        });
        seen.push(...sorts(page.Items));
        scanned.push(page.ScannedCount);
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      expect(seen).toEqual(ScanIndexForward ? ['0', '2', '4'] : ['4', '2', '0']);
      expect(scanned).toEqual([2, 2, 1]);
    },
  );

  test('an index has the keys of what has both of its attributes, by number and not by text', async () => {
    for (const at of [9, 10, 100])
      await put({ ...key('p', String(at)), undecidedShard: S('s'), undecidedAt: N(at), more: S('x') });
    await put({ ...key('p', 'half'), undecidedShard: S('s') });
    const asked = {
      IndexName: 'undecided',
      KeyConditionExpression: 'undecidedShard = :s AND undecidedAt <= :at',
      ExpressionAttributeValues: { ':s': S('s'), ':at': N(99) },
    };
    const { Items } = await query(asked);
    expect(Items).toEqual(
      [9, 10].map((at) => ({ ...key('p', String(at)), undecidedShard: S('s'), undecidedAt: N(at) })),
    );
    await update(key('p', '9'), { UpdateExpression: 'REMOVE undecidedAt' });
    expect(sorts((await query(asked)).Items)).toEqual(['10']);
    expect((await query({ ...asked, Select: 'COUNT' })).Count).toBe(1);
  });

  test('texts are sorted by their bytes in UTF-8', async () => {
    for (const sk of ['\u{1f514}', '\uffee', 'é', 'a']) await put(key('p', sk));
    const { Items } = await query({
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': S('p') },
    });
    expect(sorts(Items)).toEqual(['a', 'é', '\uffee', '\u{1f514}']);
  });

  test('a page that is as long as its limit names its last key, whether or not there is more', async () => {
    await put(key('p', '1'));
    const asked = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': S('p') } };
    expect((await query({ ...asked, Limit: 1 })).LastEvaluatedKey).toEqual(key('p', '1'));
    expect((await query({ ...asked, Limit: 2 })).LastEvaluatedKey).toBeUndefined();
  });

  test('a page has at most 1 MB', async () => {
    const doc = S('x'.repeat(349_500));
    for (const sk of ['1', '2', '3', '4']) await put({ ...key('p', sk), doc });
    const asked = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': S('p') } };
    expect(sorts((await query(asked)).Items)).toEqual(['1', '2', '3']);
    await put({ ...key('p', '2'), doc: S(`${doc.S}${'x'.repeat(100)}`) });
    const { Items, LastEvaluatedKey } = await query(asked);
    expect(sorts(Items)).toEqual(['1', '2']);
    expect(LastEvaluatedKey).toEqual(key('p', '2'));
  });

  test('what an update needs and an item lacks cancels its transaction', async () => {
    const sum = {
      TableName: tables.records,
      Key: key('a', '1'),
      UpdateExpression: 'SET n = n + :one',
      ExpressionAttributeValues: { ':one': N(1) },
    };
    const error: unknown = await transact([
      { Update: sum },
      { Put: { TableName: tables.records, Item: key('a', '2') } },
    ]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ CancellationReasons: [{ Code: 'ValidationError' }, { Code: 'None' }] });
    expect(await stored(key('a', '2'))).toBeUndefined();
  });

  test.each([
    [10, 'taken'],
    [11, 'ValidationException'],
  ])('of %d items of 400 KB a transaction is %s', async (count, outcome) => {
    const doc = S('x'.repeat(390 * 1024));
    const items = Array.from({ length: count }, (_, n) => ({
      Put: { TableName: tables.records, Item: { ...key('a', String(n)), doc } },
    }));
    expect(await nameOf(transact(items))).toBe(outcome);
  });

  test('pages of a scan have every item once', async () => {
    const all = Array.from({ length: 12 }, (_, n) => key(`p${n % 4}`, String(n)));
    for (const item of all) await put(item);
    const seen: unknown[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await client.send(
        new ScanCommand({ TableName: tables.records, Limit: 5, ExclusiveStartKey }),
      );
      seen.push(...sorts(page.Items));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    expect(seen.toSorted()).toEqual(all.map(({ sk }) => sk.S).toSorted());
  });

  test('a batch read leaves out what is not there, and projects', async () => {
    await put({ ...key('a', '1'), n: N(1), m: N(2) });
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [tables.records]: { Keys: [key('a', '1'), key('a', '2')], ProjectionExpression: 'sk, n' },
          [tables.twins]: { Keys: [{ id: S('none') }] },
        },
      }),
    );
    expect(Responses).toEqual({ [tables.records]: [{ sk: S('1'), n: N(1) }], [tables.twins]: [] });
    expect(UnprocessedKeys).toEqual({});
  });

  test('a transaction is everything or nothing, and says which item refused', async () => {
    const mine = (Item: Item): TransactWriteItem => ({
      Put: {
        TableName: tables.records,
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
      { Delete: { TableName: tables.twins, Key: { id: S('none') } } },
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
      TableName: tables.records,
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
      Put: { TableName: tables.records, Item: key('a', String(n)) },
    }));
    expect(await nameOf(transact(items))).toBe(outcome);
  });

  test.each([
    [99, 'taken'],
    [100, 'taken'],
    [101, 'ValidationException'],
  ])('of %d keys a batch read is %s', async (count, outcome) => {
    const Keys = Array.from({ length: count }, (_, n) => key('a', String(n)));
    const command = new BatchGetItemCommand({ RequestItems: { [tables.records]: { Keys } } });
    expect(await nameOf(client.send(command))).toBe(outcome);
  });

  test('no item comes twice in a transaction, no key twice in a batch read', async () => {
    const item = { Put: { TableName: tables.records, Item: key('a', '1') } };
    const gone = { Delete: { TableName: tables.records, Key: key('a', '1') } };
    expect(await nameOf(transact([item, gone]))).toBe('ValidationException');
    const Keys = [key('a', '1'), key('a', '1')];
    const command = new BatchGetItemCommand({ RequestItems: { [tables.records]: { Keys } } });
    expect(await nameOf(client.send(command))).toBe('ValidationException');
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
    expect(await nameOf(client.send(command))).toBe('ResourceNotFoundException');
  });
});
