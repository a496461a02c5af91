/** Calls of AWS and the units they consumed, as one plain object that goes between processes. */
import * as z from 'zod';

export const Tally = z.object({
  /** Attempts by `service operation`, retries included. */
  calls: z.record(z.string(), z.number()),
  /** By DynamoDB's rules from the sizes of what was read. */
  readUnits: z.number(),
  /** As the platform bills them: tables, and indexes apart. */
  writeUnits: z.number(),
  indexWriteUnits: z.number(),
});
export type Tally = z.infer<typeof Tally>;

export const emptyTally = (): Tally => ({ calls: {}, readUnits: 0, writeUnits: 0, indexWriteUnits: 0 });

/** Operations of the tables that read, and those that write. */
const reads: readonly string[] = ['BatchGetItem', 'GetItem', 'Query', 'TransactGetItems'];
const writes: readonly string[] = [
  'BatchWriteItem',
  'DeleteItem',
  'PutItem',
  'TransactWriteItems',
  'UpdateItem',
];

function countOf({ calls }: Tally, operations: readonly string[]): number {
  return operations.reduce((sum, operation) => sum + (calls[`DynamoDB ${operation}`] ?? 0), 0);
}

export const readCalls = (tally: Tally): number => countOf(tally, reads);
export const writeCalls = (tally: Tally): number => countOf(tally, writes);
export const allCalls = ({ calls }: Tally): number => Object.values(calls).reduce((sum, one) => sum + one, 0);

/** `tally` for one of `count` equal batches. */
export const shareOf = (tally: Tally, count: number): Tally => ({
  calls: Object.fromEntries(Object.entries(tally.calls).map(([name, calls]) => [name, calls / count])),
  readUnits: tally.readUnits / count,
  writeUnits: tally.writeUnits / count,
  indexWriteUnits: tally.indexWriteUnits / count,
});

export function addTo(tally: Tally, other: Tally): void {
  for (const [name, calls] of Object.entries(other.calls))
    tally.calls[name] = (tally.calls[name] ?? 0) + calls;
  tally.readUnits += other.readUnits;
  tally.writeUnits += other.writeUnits;
  tally.indexWriteUnits += other.indexWriteUnits;
}
