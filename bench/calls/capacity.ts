/** Units of one answered call of DynamoDB. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { itemBytes, readUnits } from './units.ts';

const Item = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null);

const Keys = z.object({ Keys: z.array(z.unknown()), ConsistentRead: z.boolean().optional() });
const BatchGet = z.object({ RequestItems: z.record(z.string(), Keys) });
const BatchGot = z.object({ Responses: z.record(z.string(), z.array(Item)).optional() });
const One = z.object({ ConsistentRead: z.boolean().optional() });
const Got = z.object({ Item: Item.optional() });
const Queried = z.object({ Items: z.array(Item).optional() });

/**
 * Read units of a call by DynamoDB's rules, from the sizes of what came back: platforms of one machine count each read
 * as one unit whatever its size.
 */
export function readUnitsOf(operation: string, input: unknown, output: unknown): number {
  if (operation === 'BatchGetItem') {
    const { RequestItems } = BatchGet.parse(input);
    const { Responses = {} } = BatchGot.parse(output);
    return Object.entries(RequestItems).reduce((sum, [table, { Keys: keys, ConsistentRead = false }]) => {
      const found = Responses[table] ?? [];
      const missing = (keys.length - found.length) * readUnits(0, ConsistentRead);
      return sum + missing + found.reduce((own, item) => own + readUnits(itemBytes(item), ConsistentRead), 0);
    }, 0);
  }
  const { ConsistentRead = false } = One.parse(input);
  if (operation === 'GetItem') return readUnits(itemBytes(Got.parse(output).Item ?? {}), ConsistentRead);
  if (operation === 'Query') {
    const { Items = [] } = Queried.parse(output);
    return readUnits(
      Items.reduce((sum, item) => sum + itemBytes(item), 0),
      ConsistentRead,
    );
  }
  return 0;
}

const Units = z.object({ CapacityUnits: z.number().optional() });
const Consumed = Units.extend({ GlobalSecondaryIndexes: z.record(z.string(), Units).optional() });
const Answer = z.object({ ConsumedCapacity: z.union([Consumed, z.array(Consumed)]).optional() });

/** Write units of a call as the platform says them: of the tables, and of their indexes. */
export function writeUnitsOf(output: unknown): { readonly table: number; readonly index: number } {
  const { ConsumedCapacity: consumed = [] } = Answer.parse(output);
  let table = 0;
  let index = 0;
  for (const { CapacityUnits = 0, GlobalSecondaryIndexes = {} } of [consumed].flat()) {
    const own = Object.values(GlobalSecondaryIndexes).reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
    index += own;
    table += CapacityUnits - own;
  }
  return { table, index };
}
