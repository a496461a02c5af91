/** What this room knows: what a window remembers of a sensor's past. This file: how a window is cut into buckets. */
import type { WindowSpec } from '../book.ts';

/** A window is cut into so many buckets (semantics 17). */
export const bucketsPerWindow = 20;
/** Shortest bucket. Milliseconds. */
export const gridMinMs = 1_000;
/** A baseline that ended long ago is cut more coarsely, so that no ring holds more buckets than this and a few spare. */
export const baselineBucketsMax = 60;
/** Buckets of a calendar day: 25 hours at the end of summer time. */
export const bucketsPerDay = 21;
/** So much of a window, beyond it, is kept for readings that come late: each is judged on a whole window (semantics 9). */
export const lateFraction = 1 / 4;

/** What a bucket may hold beside the number of its readings and the times of the first and the last. */
export const bucketFields = ['sum', 'min', 'max', 'first', 'last', 'anchor', 'squares'] as const;
export type BucketField = (typeof bucketFields)[number];

/** Digits that the integers of a quantity usually do not need: those kept for what is computed. */
const sparePlaces = 3;
const spareUnit = 10 ** sparePlaces;

type WindowAsk = WindowSpec['functions'][number];

/**
 * Only what the functions need is kept, and the last value where a condition asks it beside them (semantics 29). `squares` are
 * those of the distance from `anchor`.
 */
const needs: Readonly<Record<WindowAsk, readonly BucketField[]>> = {
  count: [],
  avg: ['sum'],
  twa: ['sum', 'last'],
  min: ['min'],
  max: ['max'],
  stddev: ['sum', 'anchor', 'squares'],
  delta: ['first', 'last'],
  rate: ['first', 'last'],
  slope: ['sum', 'first', 'last'],
};

/** A window of one sensor, with where its numbers lie in a ring. */
export interface WindowShape {
  readonly lengthMs: number;
  readonly backMs: number;
  readonly dayIn: string | undefined;
  readonly gridMs: number;
  /** Buckets that a whole window covers. */
  readonly span: number;
  /** Buckets that are kept: the window, the one under way, what lies before it, and room for what comes late. */
  readonly capacity: number;
  /** Those for what comes late: so many buckets back a window is still whole. */
  readonly spare: number;
  /** Buckets before a window whose last value still holds at its start, for `twa`. */
  readonly before: number;
  /** Values are kept as integers, in units of 1 / `power`: sums are exact decimals (semantics 4). */
  readonly power: number;
  readonly places: number;
  readonly fields: readonly BucketField[];
  /** Numbers of one bucket. */
  readonly stride: number;
  /** Where a field lies from the slot of its bucket on; -1 when it is not kept. The count lies at 0. */
  readonly at: Readonly<Record<BucketField, number>>;
  /** The same as a list, in the order of `fields`. */
  readonly offsets: readonly number[];
  /** What the numbers of each field are multiples of, when they are stored as they are or without spare places. */
  readonly wholeUnits: readonly number[];
  readonly shortUnits: readonly number[];
  readonly firstAt: 1;
  readonly lastAt: 2;
  /** The numbers of an empty ring, as doubles from the start. */
  readonly blank: readonly number[];
}

/**
 * How the window `spec` of a sensor is kept.
 *
 * Two specs with the same `keyOf` share one ring. `places`: decimals that are kept, those of the quantity and three more.
 * `isValueKept`: a condition asks the value beside the window, and has to know it again when a bucket is judged once more.
 */
export function shapeOf(
  spec: Pick<WindowSpec, 'lengthMs' | 'backMs' | 'dayIn' | 'functions'>,
  places: number,
  isValueKept = false,
): WindowShape {
  const { lengthMs, backMs, dayIn, functions } = spec;
  const coarsest = backMs === 0 ? 0 : Math.ceil((lengthMs + backMs) / baselineBucketsMax);
  const gridMs = Math.max(gridMinMs, Math.ceil(lengthMs / bucketsPerWindow), coarsest);
  const span = dayIn === undefined ? Math.ceil(lengthMs / gridMs) : bucketsPerDay;
  const spare = Math.ceil(span * lateFraction);
  const fields = fieldsOf(functions, isValueKept);
  const isChange = functions.includes('delta') || functions.includes('rate');
  const before = functions.includes('twa') ? spare : 0;
  const capacity = span + 1 + Math.ceil(backMs / gridMs) + (isChange ? span : before) + spare;
  const at = { sum: -1, min: -1, max: -1, first: -1, last: -1, anchor: -1, squares: -1 };
  fields.forEach((field, i) => {
    at[field] = i + 3;
  });
  return {
    lengthMs,
    backMs,
    dayIn,
    gridMs,
    span,
    capacity,
    spare,
    before,
    power: 10 ** places,
    places,
    fields,
    at,
    offsets: fields.map((field) => at[field]),
    stride: fields.length + 3,
    wholeUnits: fields.map(() => 1),
    // Squares lose twice as many places.
    shortUnits: fields.map((field) => (field === 'squares' ? spareUnit * spareUnit : spareUnit)),
    firstAt: 1,
    lastAt: 2,
    blank: new Array<number>((fields.length + 3) * capacity).fill(0.5).fill(0),
  };
}

const fieldsOf = (functions: readonly WindowAsk[], isValueKept: boolean): readonly BucketField[] => {
  const needed = new Set(functions.flatMap((fn) => needs[fn]));
  if (isValueKept) needed.add('last');
  return bucketFields.filter((field) => needed.has(field));
};

/** Names a window of a sensor: equal for windows that can share a ring, whatever rule they belong to (semantics 23). */
export const keyOf = ({ lengthMs, backMs, dayIn, capacity, fields, power }: WindowShape): string =>
  [lengthMs, backMs, dayIn ?? '', capacity, power, ...fields].join(' ');
