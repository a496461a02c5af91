/** What the adapters take for granted of DynamoDB itself: items, indexes, pages; where the emulator differs: docs/divergences.md. */
import { ConditionalCheckFailedException, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import { askRecords, type Item, key, N, nameOf, S, sorts } from '../support/ask-records.ts';
import { databases } from '../support/databases.ts';
import { contractTimeoutMs } from '../support/services.ts';

jest.setTimeout(contractTimeoutMs);

describe.each(databases)('DynamoDB itself: $name', ({ open }) => {
  const asked = askRecords(open);
  const { put, update, stored, query, transact } = asked;

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
      TableName: asked.records,
      Key: key('a', '1'),
      ReturnValues: 'ALL_OLD',
    });
    expect((await asked.client.send(gone)).Attributes).toEqual({ ...key('a', '1'), n: N(5) });
    expect((await asked.client.send(gone)).Attributes).toBeUndefined();
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
      TableName: asked.records,
      Key: key('a', '1'),
      UpdateExpression: 'SET n = n + :one',
      ExpressionAttributeValues: { ':one': N(1) },
    };
    const error: unknown = await transact([
      { Update: sum },
      { Put: { TableName: asked.records, Item: key('a', '2') } },
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
      Put: { TableName: asked.records, Item: { ...key('a', String(n)), doc } },
    }));
    expect(await nameOf(transact(items))).toBe(outcome);
  });
});
