/** What this room knows: what a window remembers of a sensor's past. This file: a ring as bytes; an empty one is a single byte. */
import type { ByteReader, ByteWriter } from '../../bytes.ts';
import { bucketOf, bucketStart } from './grid.ts';
import { newRing, type Ring } from './ring.ts';
import type { BucketField, WindowShape } from './shape.ts';
import { newestFilled, oldestKept } from './survey.ts';

/** One bucket between ring and bytes. */
interface Bucket {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** In the order of the shape's fields. */
  readonly values: readonly number[];
}

/** Digits that the integers of a quantity usually do not need: those kept for what is computed. */
const sparePlaces = 3;

const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2);
const unzigzag = (coded: number): number => (coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2);

/**
 * Where the times of a bucket are expected: from the newer bucket, at the pace of the sensor.
 *
 * Most sensors report evenly, so that nothing is written of times but one bit a bucket.
 */
function expectedFirst(shape: WindowShape, count: number, lastAt: number, paceMs: number): number {
  return Math.max(bucketStart(shape, lastAt) + 1, lastAt - (count - 1) * paceMs);
}

function expectedCount(shape: WindowShape, lastAt: number, paceMs: number): number {
  if (paceMs === 0) return 1;
  return Math.max(1, Math.floor((lastAt - bucketStart(shape, lastAt) - 1) / paceMs) + 1);
}

/** Most likely distance of two readings; only a guess that makes bytes short. */
function paceOf(buckets: readonly Bucket[]): number {
  for (const { count, firstAt, lastAt } of buckets)
    if (count > 1) return Math.round((lastAt - firstAt) / (count - 1));
  const [newest, older] = buckets;
  return newest && older ? newest.firstAt - older.lastAt : 0;
}

/** What a field is expected to be: near to its mean in the newer bucket for a sum, as in the newer bucket for the others. */
const expectedValue = (field: BucketField, i: number, count: number, newer: Bucket | undefined): number => {
  if (newer === undefined || field === 'squares') return 0;
  const value = newer.values[i] ?? 0;
  return field === 'sum' ? Math.round(value / newer.count) * count : value;
};

function bucketsOf(shape: WindowShape, ring: Ring): readonly Bucket[] {
  const { capacity, firstAt, lastAt, fields, at } = shape;
  const { data, newest } = ring;
  const buckets: Bucket[] = [];
  const oldest = oldestKept(shape, ring);
  for (
    let i = newestFilled(shape, ring, newest, oldest);
    i >= 0;
    i = newestFilled(shape, ring, i - 1, oldest)
  ) {
    const slot = i % capacity;
    buckets.push({
      count: data[slot] ?? 0,
      firstAt: data[firstAt + slot] ?? 0,
      lastAt: data[lastAt + slot] ?? 0,
      values: fields.map((field) => data[at[field] + slot] ?? 0),
    });
  }
  return buckets;
}

/** How many decimal places no value of the ring uses. */
function unusedPlaces(fields: readonly BucketField[], buckets: readonly Bucket[]): number {
  for (let places = sparePlaces; places > 0; places--) {
    const unit = 10 ** places;
    const isUnused = buckets.every(({ values }) =>
      values.every((value, i) => value % (fields[i] === 'squares' ? unit * unit : unit) === 0),
    );
    if (isUnused) return places;
  }
  return 0;
}

const unitOf = (field: BucketField | undefined, places: number): number =>
  field === 'squares' ? 10 ** (2 * places) : 10 ** places;

/** The numbers that stand for the buckets, newest first; all of them non-negative integers, if they are exact. */
function numbersOf(
  shape: WindowShape,
  buckets: readonly Bucket[],
  base: number,
  paceMs: number,
  places: number,
): readonly number[] {
  const numbers: number[] = [];
  let expectedLast = base;
  let newer: Bucket | undefined;
  for (const { count, firstAt, lastAt, values } of buckets) {
    const times = [
      zigzag(expectedLast - lastAt),
      zigzag(count - expectedCount(shape, lastAt, paceMs)),
      zigzag(firstAt - expectedFirst(shape, count, lastAt, paceMs)),
    ];
    const isEven = times.every((time) => time === 0);
    const reduced = values.map((value, i) => value / unitOf(shape.fields[i], places));
    const rests = reduced.map((value, i) =>
      zigzag(value - expectedValue(shape.fields[i] ?? 'sum', i, count, newer)),
    );
    // The flag shares a number with the first value.
    numbers.push((rests[0] ?? 0) * 2 + (isEven ? 1 : 0), ...(isEven ? [] : times), ...rests.slice(1));
    newer = { count, firstAt, lastAt, values: reduced };
    expectedLast = firstAt - paceMs;
  }
  return numbers;
}

/** Writes `ring`. `base`: an instant that the reader knows, best that of the newest reading. */
export function writeRing(writer: ByteWriter, shape: WindowShape, ring: Ring, base: number): void {
  const buckets = bucketsOf(shape, ring);
  if (buckets.length === 0) {
    writer.uint(0);
    return;
  }
  const paceMs = Math.max(0, paceOf(buckets));
  const places = unusedPlaces(shape.fields, buckets);
  const numbers = numbersOf(shape, buckets, base, paceMs, places);
  // Squares of great distances are no integers below 2^53: such a ring is written as it is.
  const isExact = numbers.every(Number.isSafeInteger);
  writer.uint(buckets.length * 8 + places * 2 + (isExact ? 1 : 0));
  if (isExact) {
    writer.uint(paceMs);
    for (const number of numbers) writer.uint(number);
  } else
    for (const { count, firstAt, lastAt, values } of buckets) {
      writer.uint(count);
      writer.uint(firstAt);
      writer.uint(lastAt);
      for (const value of values) writer.double(value);
    }
}

/** Reads what `writeRing` wrote with the same shape and base. */
export function readRing(reader: ByteReader, shape: WindowShape, base: number): Ring {
  const head = reader.uint();
  const ring = newRing();
  if (head === 0) return ring;
  const bucketCount = Math.floor(head / 8);
  const places = Math.floor((head % 8) / 2);
  const paceMs = head % 2 === 1 ? reader.uint() : 0;
  ring.data = new Array<number>((shape.fields.length + 3) * shape.capacity).fill(0);
  let newer: Bucket | undefined;
  for (let i = 0; i < bucketCount; i++) {
    const expectedLast = newer === undefined ? base : newer.firstAt - paceMs;
    const bucket =
      head % 2 === 1
        ? readBucket(reader, shape, expectedLast, paceMs, newer)
        : {
            count: reader.uint(),
            firstAt: reader.uint(),
            lastAt: reader.uint(),
            values: shape.fields.map(() => reader.double()),
          };
    put(shape, ring, bucket, head % 2 === 1 ? places : 0);
    newer = bucket;
  }
  return ring;
}

function readBucket(
  reader: ByteReader,
  shape: WindowShape,
  expectedLast: number,
  paceMs: number,
  newer: Bucket | undefined,
): Bucket {
  const flagged = reader.uint();
  const isEven = flagged % 2 === 1;
  const lastAt = expectedLast - (isEven ? 0 : unzigzag(reader.uint()));
  const count = expectedCount(shape, lastAt, paceMs) + (isEven ? 0 : unzigzag(reader.uint()));
  const firstAt = expectedFirst(shape, count, lastAt, paceMs) + (isEven ? 0 : unzigzag(reader.uint()));
  const values = shape.fields.map((field, i) => {
    const rest = unzigzag(i === 0 ? Math.floor(flagged / 2) : reader.uint());
    return rest + expectedValue(field, i, count, newer);
  });
  return { count, firstAt, lastAt, values };
}

function put(
  shape: WindowShape,
  ring: Ring,
  { count, firstAt, lastAt, values }: Bucket,
  places: number,
): void {
  const bucket = bucketOf(shape, lastAt);
  const slot = bucket % shape.capacity;
  ring.newest = Math.max(ring.newest, bucket);
  ring.data[slot] = count;
  ring.data[shape.firstAt + slot] = firstAt;
  ring.data[shape.lastAt + slot] = lastAt;
  shape.fields.forEach((field, i) => {
    ring.data[shape.at[field] + slot] = (values[i] ?? 0) * unitOf(field, places);
  });
}
