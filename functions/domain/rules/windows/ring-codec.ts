/** What this room knows: what a window remembers of a sensor's past. This file: a ring as bytes; an empty one is a single byte. */
import type { ByteReader, ByteWriter } from '../../bytes.ts';
import { expectedCount, expectedFirst, expectedValue, paceOf } from './expected.ts';
import { bucketOf } from './grid.ts';
import { newRing, type Ring } from './ring.ts';
import type { WindowShape } from './shape.ts';
import { slotOf } from './slot.ts';
import { oldestKept } from './survey.ts';

/** Digits that the integers of a quantity usually do not need: those kept for what is computed. */
const sparePlaces = 3;
const spareUnit = 10 ** sparePlaces;
/** Below it the differences of two numbers, doubled twice, are exact. */
const exactMax = 2 ** 49;

/** How the numbers of a ring are written: as they are, as differences of integers, as those without their last places. */
const forms = { plain: 0, whole: 1, short: 2 } as const;
type Form = (typeof forms)[keyof typeof forms];

/** In the place of a form: an older past comes first, then the ring. */
const olderFollows = 3;

const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2);
const unzigzag = (coded: number): number => (coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2);

/** Unit of a field in a form: squares lose twice as many places. */
const unitOf = ({ at }: WindowShape, offset: number, form: Form): number =>
  form !== forms.short ? 1 : offset === at.squares ? spareUnit * spareUnit : spareUnit;

/** The shortest form that loses nothing. Numbers too great to be exact come from great squares only. */
function formOf(shape: WindowShape, { data }: Ring, slots: readonly number[]): Form {
  let form: Form = forms.short;
  for (const offset of shape.offsets) {
    const unit = unitOf(shape, offset, forms.short);
    for (const slot of slots) {
      const value = data[offset + slot] ?? 0;
      if (Math.abs(value) >= exactMax) return forms.plain;
      const reduced = value / unit;
      if (form === forms.short && reduced !== Math.floor(reduced)) form = forms.whole;
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
  const { offsets } = shape;
  const paceMs = paceOf(shape, data, slots);
  writer.uint(paceMs);
  let expectedLast = base;
  let newer = -1;
  for (const slot of slots) {
    const count = data[slot] ?? 0;
    const firstAt = data[shape.firstAt + slot] ?? 0;
    const lastAt = data[shape.lastAt + slot] ?? 0;
    const late = expectedLast - lastAt;
    const more = count - expectedCount(shape, lastAt, paceMs);
    const later = firstAt - expectedFirst(shape, count, lastAt, paceMs);
    const isEven = late === 0 && more === 0 && later === 0;
    for (let i = 0; i < offsets.length || i === 0; i++) {
      const offset = offsets[i];
      const rest =
        offset === undefined
          ? 0
          : ((data[offset + slot] ?? 0) - expectedValue(shape, data, offset, slot, newer)) /
            unitOf(shape, offset, form);
      if (i > 0) {
        writer.uint(zigzag(rest));
        continue;
      }
      // The flag shares a number with the first value.
      writer.uint(zigzag(rest) * 2 + (isEven ? 1 : 0));
      if (isEven) continue;
      writer.int(late);
      writer.int(more);
      writer.int(later);
    }
    expectedLast = firstAt - paceMs;
    newer = slot;
  }
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

/** Opens the slot of the bucket that holds `lastAt`; they come newest first. */
function slotFor(shape: WindowShape, ring: Ring, lastAt: number): number {
  const bucket = bucketOf(shape, lastAt);
  if (bucket > ring.newest) ring.newest = bucket;
  return slotOf(shape, bucket);
}

function readPlain(reader: ByteReader, shape: WindowShape, ring: Ring, bucketCount: number): void {
  const { data } = ring;
  for (let i = 0; i < bucketCount; i++) {
    const count = reader.uint();
    const firstAt = reader.uint();
    const lastAt = reader.uint();
    const slot = slotFor(shape, ring, lastAt);
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
  const paceMs = reader.uint();
  let expectedLast = base;
  let newer = -1;
  for (let n = 0; n < bucketCount; n++) {
    const flagged = reader.uint();
    const isEven = flagged % 2 === 1;
    const lastAt = expectedLast - (isEven ? 0 : reader.int());
    const count = expectedCount(shape, lastAt, paceMs) + (isEven ? 0 : reader.int());
    const firstAt = expectedFirst(shape, count, lastAt, paceMs) + (isEven ? 0 : reader.int());
    const slot = slotFor(shape, ring, lastAt);
    data[slot] = count;
    data[shape.firstAt + slot] = firstAt;
    data[shape.lastAt + slot] = lastAt;
    for (let i = 0; i < offsets.length; i++) {
      const offset = offsets[i] ?? 0;
      const rest = unzigzag(i === 0 ? Math.floor(flagged / 2) : reader.uint());
      data[offset + slot] =
        rest * unitOf(shape, offset, form) + expectedValue(shape, data, offset, slot, newer);
    }
    expectedLast = firstAt - paceMs;
    newer = slot;
  }
}
