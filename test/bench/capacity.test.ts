import { readUnitsOf, writeUnitsOf } from '../../bench/calls/capacity.ts';

const large = { state: { B: new Uint8Array(4_096) } };

test('a batch read costs by table, consistent or not, and the missing ones too', () => {
  const input = {
    RequestItems: {
      twins: { Keys: [{}, {}, {}], ConsistentRead: true },
      records: { Keys: [{}, {}], ConsistentRead: false },
    },
  };
  const output = { Responses: { twins: [large, { id: { S: 'a' } }], records: [large] } };
  expect(readUnitsOf('BatchGetItem', input, output)).toBe(2 + 1 + 1 + 1 + 0.5);
});

test('a query costs by the sum of what it found, and half a unit when it found nothing', () => {
  expect(readUnitsOf('Query', {}, { Items: [large, large] })).toBe(1.5);
  expect(readUnitsOf('Query', {}, { Items: [] })).toBe(0.5);
  expect(readUnitsOf('GetItem', { ConsistentRead: true }, {})).toBe(1);
});

test('write units of tables and of their indexes are told apart', () => {
  const moved = { CapacityUnits: 3, GlobalSecondaryIndexes: { due: { CapacityUnits: 2 } } };
  expect(writeUnitsOf({ ConsumedCapacity: moved })).toEqual({ table: 1, index: 2 });
  expect(writeUnitsOf({ ConsumedCapacity: [moved, { CapacityUnits: 8 }] })).toEqual({ table: 9, index: 2 });
  expect(writeUnitsOf({})).toEqual({ table: 0, index: 0 });
});
