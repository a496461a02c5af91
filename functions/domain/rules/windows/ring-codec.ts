/** What this room knows: what a window remembers of a sensor's past. This file: a ring as bytes; an empty one is a single byte. */
import type { ByteReader, ByteWriter } from '../../bytes.ts';
import { expectedCount, expectedFirst, expectedValue, paceOf } from './expected.ts';
import { bucketOf, bucketStart } from './grid.ts';
import { newRing, type Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { slotOf } from './slot.ts';
import { oldestKept } from './survey.ts';

/** Below it the differences of two numbers, doubled twice, are exact. */
const exactMax = 2 ** 49;

/** How the numbers of a ring are written: as they are, as differences of integers, as those without their last places. */
const forms = { plain: 0, whole: 1, short: 2 } as const;
type Form = (typeof forms)[keyof typeof forms];

/** In the place of a form: an older past comes first, then the ring. */
const olderFollows = 3;

const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2);
const unzigzag = (coded: number): number => (coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2);

/** By field; two lists a shape, since they are asked for in every message. */
const unitsOf = (shape: WindowShape, form: Form): readonly number[] =>
  form === forms.short ? shape.shortUnits : shape.wholeUnits;

/** The shortest form that loses nothing. Numbers too great to be exact come from great squares only. */
function formOf(shape: WindowShape, { data }: Ring, slots: readonly number[]): Form {
  let form: Form = forms.short;
  for (let i = 0; i < shape.offsets.length; i++) {
    const offset = shape.offsets[i] ?? 0;
    const unit = shape.shortUnits[i] ?? 1;
    for (let n = 0; n < slots.length; n++) {
      const slot = slots[n] ?? 0;
      const value = data[offset + slot] ?? 0;
      if (value >= exactMax || value <= -exactMax) return forms.plain;
      if (form !== forms.short) continue;
      const reduced = value / unit;
      if (reduced !== Math.floor(reduced)) form = forms.whole;
    }
  }
  return form;
}

/** Slots with readings, the newest first. */
function filledSlots(shape: WindowShape, ring: Ring): readonly number[] {
  const { stride, blank } = shape;
  const slots: number[] = [];
  const oldest = oldestKept(shape, ring);
  for (let i = ring.newest, slot = slotOf(shape, i); i >= oldest; i--) {
    if (ring.data[slot] !== 0) slots.push(slot);
    slot = slot === 0 ? blank.length - stride : slot - stride;
  }
  return slots;
}

/** Writes `ring`. `base`: an instant that the reader knows, best that of the newest reading. */
export function writeRing(writer: ByteWriter, shape: WindowShape, ring: Ring, base: number): void {
  if (ring.newest < 0) {
    writer.uint(0);
    return;
  }
  if (ring.older !== undefined) {
    writer.uint(olderFollows);
    writeRing(writer, shape, ring.older, base);
  }
  const slots = filledSlots(shape, ring);
  const form = formOf(shape, ring, slots);
  writer.uint(slots.length * 4 + form);
  if (form === forms.plain) writePlain(writer, shape, ring, slots);
  else writeDifferences(writer, shape, ring, slots, form, base);
}

function writePlain(writer: ByteWriter, shape: WindowShape, { data }: Ring, slots: readonly number[]): void {
  for (const slot of slots) {
    writer.uint(data[slot] ?? 0);
    writer.uint(data[shape.firstAt + slot] ?? 0);
    writer.uint(data[shape.lastAt + slot] ?? 0);
    for (const offset of shape.offsets) writer.double(data[offset + slot] ?? 0);
  }
}

/** Each bucket as what it differs by from what the newer one lets expect; times take one bit where they are as expected. */
function writeDifferences(
  writer: ByteWriter,
  shape: WindowShape,
  { data }: Ring,
  slots: readonly number[],
  form: Form,
  base: number,
): void {
  const units = unitsOf(shape, form);
  const paceMs = paceOf(shape, data, slots);
  writer.uint(paceMs);
  let expectedLast = base;
  let newer = -1;
  for (const slot of slots) {
    const count = data[slot] ?? 0;
    const firstAt = data[shape.firstAt + slot] ?? 0;
    const lastAt = data[shape.lastAt + slot] ?? 0;
    const start = bucketStart(shape, lastAt);
    const late = expectedLast - lastAt;
    const more = count - expectedCount(start, lastAt, paceMs);
    const later = firstAt - expectedFirst(start, count, lastAt, paceMs);
    const isEven = late === 0 && more === 0 && later === 0;
    // The flag shares a number with the first value.
    writer.uint(zigzag(restOf(shape, data, 0, slot, newer, units)) * 2 + (isEven ? 1 : 0));
    if (!isEven) {
      writer.int(late);
      writer.int(more);
      writer.int(later);
    }
    for (let i = 1; i < units.length; i++) writer.uint(zigzag(restOf(shape, data, i, slot, newer, units)));
    expectedLast = firstAt - paceMs;
    newer = slot;
  }
}

/** What the field number `i` differs by from what is expected, in its unit; 0 of a ring without fields. */
function restOf(
  shape: WindowShape,
  data: readonly number[],
  i: number,
  slot: number,
  newer: number,
  units: readonly number[],
): number {
  const offset = shape.offsets[i];
  if (offset === undefined) return 0;
  const value = data[offset + slot] ?? 0;
  return (value - expectedValue(shape, data, offset, slot, newer)) / (units[i] ?? 1);
}

/** Reads what `writeRing` wrote with the same shape and base. */
export function readRing(reader: ByteReader, shape: WindowShape, base: number): Ring {
  const head = reader.uint();
  const ring = newRing();
  if (head === 0) return ring;
  if (head === olderFollows) {
    const older = readRing(reader, shape, base);
    return { ...readRing(reader, shape, base), older };
  }
  ring.data = shape.blank.slice();
  const count = Math.floor(head / 4);
  const form = head % 4;
  if (form === forms.plain) readPlain(reader, shape, ring, count);
  else readDifferences(reader, shape, ring, count, form === forms.short ? forms.short : forms.whole, base);
  return ring;
}

/** Opens the slot of `bucket`; they come newest first. */
function slotFor(shape: WindowShape, ring: Ring, bucket: number): number {
  if (bucket > ring.newest) ring.newest = bucket;
  return slotOf(shape, bucket);
}

function readPlain(reader: ByteReader, shape: WindowShape, ring: Ring, bucketCount: number): void {
  const { data } = ring;
  for (let i = 0; i < bucketCount; i++) {
    const count = reader.uint();
    const firstAt = reader.uint();
    const lastAt = reader.uint();
    const slot = slotFor(shape, ring, bucketOf(shape, lastAt));
    data[slot] = count;
    data[shape.firstAt + slot] = firstAt;
    data[shape.lastAt + slot] = lastAt;
    for (const offset of shape.offsets) data[offset + slot] = reader.double();
  }
}

function readDifferences(
  reader: ByteReader,
  shape: WindowShape,
  ring: Ring,
  bucketCount: number,
  form: Form,
  base: number,
): void {
  const { data } = ring;
  const { offsets } = shape;
  const units = unitsOf(shape, form);
  const paceMs = reader.uint();
  let expectedLast = base;
  let newer = -1;
  for (let n = 0; n < bucketCount; n++) {
    const flagged = reader.uint();
    const isEven = flagged % 2 === 1;
    const lastAt = expectedLast - (isEven ? 0 : reader.int());
    const bucket = bucketOf(shape, lastAt);
    const start = shape.dayIn === undefined ? (bucket - 1) * shape.gridMs : bucketStart(shape, lastAt);
    const count = expectedCount(start, lastAt, paceMs) + (isEven ? 0 : reader.int());
    const firstAt = expectedFirst(start, count, lastAt, paceMs) + (isEven ? 0 : reader.int());
    const slot = slotFor(shape, ring, bucket);
    data[slot] = count;
    data[shape.firstAt + slot] = firstAt;
    data[shape.lastAt + slot] = lastAt;
    for (let i = 0; i < offsets.length; i++) {
      const offset = offsets[i] ?? 0;
      const rest = unzigzag(i === 0 ? Math.floor(flagged / 2) : reader.uint());
      data[offset + slot] = rest * (units[i] ?? 1) + expectedValue(shape, data, offset, slot, newer);
    }
    expectedLast = firstAt - paceMs;
    newer = slot;
  }
}
