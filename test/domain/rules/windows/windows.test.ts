import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { WindowSpec } from '../../../../functions/domain/rules/book.ts';
import { dayOf } from '../../../../functions/domain/rules/windows/day.ts';
import { figureAt } from '../../../../functions/domain/rules/windows/figure.ts';
import { heldIn } from '../../../../functions/domain/rules/windows/held.ts';
import { enter, newRing, type Ring, scaledValue } from '../../../../functions/domain/rules/windows/ring.ts';
import { readRing, writeRing } from '../../../../functions/domain/rules/windows/ring-codec.ts';
import { keyOf, shapeOf, type WindowShape } from '../../../../functions/domain/rules/windows/shape.ts';
import { reachesAt } from '../../../../functions/domain/rules/windows/slope.ts';
import { roundHalfEven } from '../../../../functions/domain/telemetry/round.ts';
import { duration } from '../../../../functions/domain/time.ts';

const places = 5;
const minute = 60_000;
const hour = 60 * minute;
/** On the grid of every window below. */
const t0 = Math.ceil(1_700_000_000_000 / (24 * hour)) * 24 * hour;

const shapeWith = (
  functions: WindowSpec['functions'],
  lengthMs: number,
  more: { readonly backMs?: number; readonly dayIn?: string } = {},
): WindowShape =>
  shapeOf(
    {
      lengthMs: duration(lengthMs),
      backMs: duration(more.backMs ?? 0),
      functions,
      ...(more.dayIn === undefined ? {} : { dayIn: more.dayIn }),
    },
    places,
  );

/** A ring that holds `values`, `everyMs` apart from `from` on. */
function filled(shape: WindowShape, values: readonly number[], everyMs: number, from = t0): Ring {
  const ring = newRing();
  values.forEach((value, i) => {
    enter(shape, ring, from + i * everyMs, scaledValue(shape, value));
  });
  return ring;
}

const bytesOf = (shape: WindowShape, ring: Ring, base: number): Uint8Array => {
  const writer = byteWriter();
  writeRing(writer, shape, ring, base);
  return writer.finish();
};

test('semantics 4: ten readings of 0.8 have an average that is 0.8, and so have a hundred thousand', () => {
  const tenth = shapeWith(['avg'], 10 * minute);
  const ring = filled(tenth, Array<number>(10).fill(0.8), minute);
  expect(figureAt(tenth, ring, 'avg', t0 + 9 * minute, 1)).toBe(0.8);
  const day = shapeWith(['avg', 'stddev'], 24 * hour);
  const full = filled(day, Array<number>(100_000).fill(0.8), 860);
  expect(figureAt(day, full, 'avg', t0 + 99_999 * 860, 1)).toBe(0.8);
  expect(figureAt(day, full, 'stddev', t0 + 99_999 * 860, 1)).toBe(0);
});

test('semantics 4: a count that met a sum too great to be exact is not moved on', () => {
  const shape = shapeWith(['avg'], 20 * minute);
  const ring = filled(shape, Array<number>(26).fill(1), minute);
  enter(shape, ring, t0 + 8 * minute, 2 ** 46);
  const bucket = (i: number): number => ring.newest - 25 + i;
  ring.held = { first: bucket(2), last: bucket(5), count: 4, sum: 4 * shape.power };
  expect(heldIn(shape, ring, bucket(4), bucket(9)).count).toBe(7);
  expect(heldIn(shape, ring, bucket(4), bucket(7))).toMatchObject({ count: 4, sum: 4 * shape.power });
});

test('semantics 17: a reading leaves the window when it is W old, not one millisecond before', () => {
  const shape = shapeWith(['count', 'max'], 10 * minute);
  const ring = filled(shape, [5, 1, 1], 5 * minute);
  const at = (t: number): readonly unknown[] => [
    figureAt(shape, ring, 'count', t, 1),
    figureAt(shape, ring, 'max', t, 1),
  ];
  expect(at(t0 + 10 * minute - 1)).toEqual([2, 5]);
  expect(at(t0 + 10 * minute)).toEqual([2, 1]);
  expect(at(t0 + 10 * minute + 1)).toEqual([2, 1]);
});

test('semantics 17: a window is unknown until half of it is covered, to the millisecond; a count never is', () => {
  const shape = shapeWith(['count', 'avg', 'min', 'max', 'stddev', 'twa', 'delta'], 10 * minute);
  const known = (span: number): readonly string[] => {
    const ring = filled(shape, [1, 2], span);
    return (['count', 'avg', 'min', 'max', 'stddev', 'twa', 'delta'] as const).filter(
      (fn) => figureAt(shape, ring, fn, t0 + span, 1) !== undefined,
    );
  };
  expect(known(5 * minute - 1)).toEqual(['count']);
  expect(known(5 * minute)).toEqual(['count', 'avg', 'min', 'max', 'stddev', 'twa', 'delta']);
  expect(figureAt(shape, newRing(), 'count', t0, 1)).toBe(0);
});

test('semantics 17: a declared least count is asked for on top, exactly', () => {
  const shape = shapeWith(['avg', 'delta'], 10 * minute);
  const ring = filled(shape, [1, 2, 3, 4], 2 * minute);
  const at = t0 + 6 * minute;
  expect(figureAt(shape, ring, 'avg', at, 4)).toBe(2.5);
  expect(figureAt(shape, ring, 'avg', at, 5)).toBe(undefined);
  expect(figureAt(shape, ring, 'delta', at, 4)).toBe(3);
  expect(figureAt(shape, ring, 'delta', at, 5)).toBe(undefined);
});

test('semantics 17: delta compares the newest value at or before t - W that is not older than 2 W', () => {
  const shape = shapeWith(['delta', 'rate'], 10 * minute);
  const since = (age: number): number | undefined => {
    const ring = newRing();
    enter(shape, ring, t0, scaledValue(shape, 1));
    enter(shape, ring, t0 + age, scaledValue(shape, 4));
    return figureAt(shape, ring, 'delta', t0 + age, 1);
  };
  expect([since(5 * minute - 1), since(5 * minute), since(10 * minute)]).toEqual([undefined, 3, 3]);
  expect([since(20 * minute), since(20 * minute + 1)]).toEqual([3, undefined]);
  const ring = filled(shape, [1, 2, 4, 7], 5 * minute);
  expect(figureAt(shape, ring, 'delta', t0 + 15 * minute, 1)).toBe(5);
  expect(figureAt(shape, ring, 'rate', t0 + 15 * minute, 1)).toBe(5 / (10 * minute));
});

test('semantics 17: a time-weighted mean counts each value as long as it held, the one before the window at its start', () => {
  const shape = shapeWith(['twa', 'avg'], 15 * minute);
  const ring = newRing();
  for (const [at, value] of [
    [-1, 10],
    [1, 0],
    [2, 0],
    [14, 30],
    [15, 0],
  ] as const)
    enter(shape, ring, t0 + at * minute, scaledValue(shape, value));
  // (0, 15]: 10 for 1 min, 0 for 13 min, 30 for 1 min.
  expect(figureAt(shape, ring, 'twa', t0 + 15 * minute, 1)).toBeCloseTo(40 / 15, 10);
  expect(figureAt(shape, ring, 'avg', t0 + 15 * minute, 1)).toBe(7.5);
});

test('semantics 17: a baseline ends so long ago, at the end of a bucket, and knows nothing of what came since', () => {
  const shape = shapeWith(['avg'], hour, { backMs: 10 * minute });
  const ring = filled(shape, [...Array<number>(70).fill(2), ...Array<number>(10).fill(50)], minute);
  expect(figureAt(shape, ring, 'avg', t0 + 79 * minute, 1)).toBe(2);
  expect(shapeWith(['avg'], minute, { backMs: 24 * hour }).capacity).toBeLessThan(70);
});

test('semantics 17: a calendar day begins at midnight of its zone, whatever the clocks do there', () => {
  const shanghai = shapeWith(['count', 'avg'], 24 * hour, { dayIn: 'Asia/Shanghai' });
  const midnight = Date.parse('2026-03-02T00:00:00+08:00');
  const ring = newRing();
  for (const [at, value] of [
    [-hour, 9],
    [-1, 9],
    [0, 1],
    [2 * hour, 2],
    [13 * hour, 3],
  ] as const)
    enter(shanghai, ring, midnight + at, scaledValue(shanghai, value));
  const count = (at: number): number | undefined => figureAt(shanghai, ring, 'count', midnight + at, 1);
  expect([count(-1), count(0), count(2 * hour), count(13 * hour)]).toEqual([2, 1, 2, 3]);
  expect(figureAt(shanghai, ring, 'avg', midnight + 13 * hour, 1)).toBe(2);
  expect(figureAt(shanghai, ring, 'avg', midnight + 13 * hour, 4)).toBe(undefined);
  const long = dayOf('Europe/Berlin', Date.parse('2026-10-25T12:00:00Z'));
  expect([(long.endAt - long.startAt) / hour, new Date(long.startAt).toISOString()]).toEqual([
    25,
    '2026-10-24T22:00:00.000Z',
  ]);
  const beirut = dayOf('Asia/Beirut', Date.parse('2026-03-29T12:00:00Z'));
  expect((beirut.endAt - beirut.startAt) / hour).toBe(23);
});

test('semantics 17: what is older than the ring reaches changes nothing of the present', () => {
  const shape = shapeWith(['avg', 'count'], 10 * minute);
  const ring = filled(shape, Array<number>(30).fill(1), minute);
  const newest = t0 + 29 * minute;
  const oldest = newest - (shape.capacity - 1) * shape.gridMs;
  for (const at of [oldest - shape.gridMs, oldest]) {
    enter(shape, ring, at, scaledValue(shape, 99));
    expect(figureAt(shape, ring, 'avg', newest, 1)).toBe(1);
    expect(figureAt(shape, ring, 'count', newest, 1)).toBe(10);
  }
});

test('semantics 9, 17: a backlog that comes after newer readings is judged on its own time, from before the gap to its end', () => {
  const shape = shapeWith(['avg', 'max'], 10 * minute);
  const ring = filled(shape, Array<number>(15).fill(1), minute);
  for (let i = 0; i < 5; i++) enter(shape, ring, t0 + (120 + i) * minute, scaledValue(shape, 9));
  const backlog = Array.from({ length: 105 }, (_, i) => 15 + i);
  const said = backlog.map((i) => {
    enter(shape, ring, t0 + i * minute, scaledValue(shape, 3));
    const base = t0 + 124 * minute;
    const read = readRing(byteReader(bytesOf(shape, ring, base)), shape, base);
    const [a, b] = [ring, read].map((of) => figureAt(shape, of, 'avg', t0 + i * minute, 1));
    expect(b).toBe(a);
    return a;
  });
  expect(said.slice(0, 4)).toEqual([1.2, 1.4, 1.6, 1.8]);
  expect(said.slice(10)).toEqual(said.slice(10).map(() => 3));
  expect(figureAt(shape, ring, 'max', t0 + 124 * minute, 1)).toBe(9);
});

test('semantics 18: a steady rise reaches a limit in the direction of its slope, a wild reading does not bend it', () => {
  const shape = shapeWith(['slope'], 20 * minute);
  const rise = Array.from({ length: 21 }, (_, i) => (i === 7 ? 90 : 10 + i / 10));
  const ring = filled(shape, rise, minute);
  const at = t0 + 20 * minute;
  const reaches = (limit: number, within: number): boolean | undefined =>
    reachesAt(shape, ring, limit, within * minute, at, 1);
  expect([reaches(13, 10), reaches(13.001, 10), reaches(13, 9)]).toEqual([true, false, false]);
  expect(reachesAt(shape, filled(shape, [1, 2, 3], minute), 3, hour, t0 + 2 * minute, 1)).toBe(undefined);
  const flat = filled(shape, Array<number>(21).fill(5), minute);
  expect(reachesAt(shape, flat, 5, hour, at, 1)).toBe(false);
  const fall = filled(
    shape,
    rise.map((v) => -v),
    minute,
  );
  expect([9, 13].map((limit) => reachesAt(shape, fall, limit, 10 * minute, at, 1))).toEqual([false, false]);
  expect(reaches(11.5, 10)).toBe(false);
  expect([-13, -13.001].map((limit) => reachesAt(shape, fall, limit, 10 * minute, at, 1))).toEqual([
    true,
    false,
  ]);
});

test('semantics 29: only the fields that the functions need are kept, an idle window is one byte, a full one of an even sensor a few dozen', () => {
  expect(shapeWith(['count'], hour).fields).toEqual([]);
  expect(shapeWith(['avg', 'count'], hour).fields).toEqual(['sum']);
  expect(shapeWith(['min', 'twa'], hour).fields).toEqual(['sum', 'min', 'last']);
  expect(keyOf(shapeWith(['delta'], hour))).toBe(keyOf(shapeWith(['rate'], hour)));
  expect(keyOf(shapeWith(['delta'], hour))).not.toBe(keyOf(shapeWith(['delta', 'avg'], hour)));
  const shape = shapeWith(['avg'], 10 * minute);
  expect(bytesOf(shape, newRing(), t0)).toHaveLength(1);
  const ring = filled(
    shape,
    Array.from({ length: 200 }, (_, i) => 0.5 + (i % 7) / 100),
    10_000,
  );
  expect(bytesOf(shape, ring, t0 + 199 * 10_000).length).toBeLessThan(shape.capacity * 2);
});

test('semantics 29: squares that no integer holds survive writing and reading', () => {
  const shape = shapeWith(['stddev'], 10 * minute);
  const ring = filled(
    shape,
    Array.from({ length: 41 }, (_, i) => (i % 2) * 1_000_000.5),
    minute / 4,
  );
  const read = readRing(byteReader(bytesOf(shape, ring, t0)), shape, t0);
  const at = t0 + 10 * minute;
  const deviation = figureAt(shape, ring, 'stddev', at, 1);
  expect(figureAt(shape, read, 'stddev', at, 1)).toBe(deviation);
  expect(read.data).toEqual(ring.data);
  expect(roundHalfEven(deviation ?? 0, 2)).toBeCloseTo(500_000.25, -2);
});

test('semantics 29: values with more places than their quantity has survive writing and reading', () => {
  const shape = shapeWith(['avg', 'stddev'], 10 * minute);
  const ring = filled(shape, [0.25, 0.12345, 0.5, 0.00001], 2 * minute);
  expect(readRing(byteReader(bytesOf(shape, ring, t0)), shape, t0).data).toEqual(ring.data);
});

test('semantics 17: a sum that loses digits is not carried along from reading to reading', () => {
  const shape = shapeWith(['avg'], 10 * minute);
  const ring = filled(shape, [1, 2, 3, 4, 5, 6], 2 * minute);
  figureAt(shape, ring, 'avg', t0 + 10 * minute, 1);
  expect(ring.held).toMatchObject({ count: 5 });
  enter(shape, ring, t0 + 10 * minute, 1);
  expect(ring.held).toMatchObject({ count: 6 });
  enter(shape, ring, t0 + 10 * minute, 2 ** 46);
  expect(ring.held).toBeUndefined();
});
