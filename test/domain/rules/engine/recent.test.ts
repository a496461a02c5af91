import {
  instantsIn,
  nextAfter,
  nothingRecent,
  type Recent,
  type Stretch,
  saidAt,
  stretchesMax,
  withReading,
} from '../../../../functions/domain/rules/engine/recent.ts';
import type { Value } from '../../../../functions/domain/telemetry/reading.ts';

const said = (from: number, to: number, value: Value, quality = 'good'): Stretch => ({
  value,
  quality,
  from,
  to,
});
const recent = (...stretches: readonly Stretch[]): Recent => ({ stretches, isCut: false });
const open = recent(said(10, 30, 'open'), said(40, 60, 'shut'));

test.each<[string, number, Value, string, readonly Stretch[]]>([
  ['says the same again: it goes on', 70, 'shut', 'good', [said(10, 30, 'open'), said(40, 70, 'shut')]],
  ['says something else: it begins', 70, 'open', 'good', [...open.stretches, said(70, 70, 'open')]],
  [
    'is of another quality: it begins',
    70,
    'shut',
    'fault',
    [...open.stretches, said(70, 70, 'shut', 'fault')],
  ],
  [
    'comes once more at the newest instant: the newer to come counts',
    60,
    'shut',
    'good',
    [said(10, 30, 'open'), said(40, 59, 'shut'), said(60, 60, 'shut')],
  ],
  [
    'is older than everything: it comes first',
    5,
    'shut',
    'good',
    [said(5, 5, 'shut'), said(10, 30, 'open'), said(40, 60, 'shut')],
  ],
  [
    'lies between two: it stays between them',
    35,
    'ajar',
    'good',
    [said(10, 30, 'open'), said(35, 35, 'ajar'), said(40, 60, 'shut')],
  ],
  [
    'lies inside one: what follows begins with its last instant',
    20,
    'ajar',
    'good',
    [said(10, 19, 'open'), said(20, 20, 'ajar'), said(30, 30, 'open'), said(40, 60, 'shut')],
  ],
  [
    'lies on the first instant of one: what follows begins with its last',
    40,
    'ajar',
    'good',
    [said(10, 30, 'open'), said(40, 40, 'ajar'), said(60, 60, 'shut')],
  ],
  [
    'lies on the last instant of one: that is cut off before it',
    30,
    'ajar',
    'good',
    [said(10, 29, 'open'), said(30, 30, 'ajar'), said(40, 60, 'shut')],
  ],
])('semantics 9: a reading that %s', (_, at, value, quality, stretches) => {
  expect(withReading(open, at, value, quality)).toEqual({ stretches, isCut: false });
});

test('semantics 9: the newest goes on when it is the only one, and when it is one of many', () => {
  const only = recent(said(10, 30, 'open'));
  expect(withReading(only, 40, 'open', 'good')).toEqual(recent(said(10, 40, 'open')));
  const three = recent(...open.stretches, said(70, 70, 'open'));
  expect(withReading(three, 80, 'open', 'good')).toEqual(recent(...open.stretches, said(70, 80, 'open')));
});

test('a reading without a value is remembered by its quality', () => {
  expect(withReading(nothingRecent, 7, undefined, 'fault')).toEqual(
    recent({ value: undefined, quality: 'fault', from: 7, to: 7 }),
  );
});

test('semantics 9: nothing is forgotten up to the bound, and the oldest above it', () => {
  const changes = (count: number): Recent =>
    Array.from({ length: count }, (_, i) => i).reduce(
      (all, i) => withReading(all, i, i, 'good'),
      nothingRecent,
    );
  expect(changes(stretchesMax - 1).isCut).toBe(false);
  expect(changes(stretchesMax)).toMatchObject({ isCut: false, stretches: { length: stretchesMax } });
  const more = changes(stretchesMax + 1);
  expect(more).toMatchObject({ isCut: true, stretches: { length: stretchesMax } });
  expect(more.stretches[0]).toEqual(said(1, 1, 1));
});

test('what was forgotten stays forgotten', () => {
  const cut = { ...open, isCut: true };
  expect(withReading(cut, 70, 'shut', 'good').isCut).toBe(true);
  expect(withReading(cut, 70, 'open', 'good').isCut).toBe(true);
});

test('semantics 9: what was said at an instant is the newest that began until then', () => {
  expect([9, 10, 35, 39, 40, 99].map((at) => saidAt(open, at))).toEqual([
    undefined,
    said(10, 30, 'open'),
    said(10, 30, 'open'),
    said(10, 30, 'open'),
    said(40, 60, 'shut'),
    said(40, 60, 'shut'),
  ]);
  expect(saidAt(nothingRecent, 10)).toBeUndefined();
});

test('before the oldest that is known it was forgotten, if something was', () => {
  const cut = { ...open, isCut: true };
  expect(saidAt(cut, 9)).toBe('forgotten');
  expect(saidAt(cut, 10)).toEqual(said(10, 30, 'open'));
});

test.each<[at: number, next: number]>([
  [9, 10],
  [10, 30],
  [29, 30],
  [30, 40],
  [39, 40],
  [40, 60],
  [59, 60],
  [60, Number.POSITIVE_INFINITY],
])('after %d the sensor said something at %d', (at, next) => {
  expect(nextAfter(open, at)).toBe(next);
});

test.each<[from: number, to: number, instants: readonly number[]]>([
  [9, 61, [10, 30, 40, 60]],
  [10, 60, [30, 40]],
  [29, 41, [30, 40]],
  [30, 40, []],
])('between %d and %d, both excluded, the instants of the sensor are %j', (from, to, instants) => {
  expect(instantsIn(open, from, to)).toEqual(instants);
});
