import { benchOf, feed, type GivenReading, secondOf, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const bench = (forS = 0, more = {}): TestBench =>
  benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, forS, ...more }] })));

test.each<[string, GivenReading, readonly string[]]>([
  ['a breach just before it', { t: 4.999, v: 1 }, ['recovered orange @15']],
  ['a breach at its beginning', { t: 5, v: 1 }, []],
  ['a breach inside it', { t: 8, v: 1 }, []],
  ['an unknown just before it', { t: 4.999, q: 'unknown' }, ['recovered orange @15']],
  ['an unknown at its beginning', { t: 5, q: 'unknown' }, []],
  ['a normal inside it', { t: 8, v: 0 }, ['recovered orange @15']],
])('semantics 6, 7, 9: of a clear run from 5 s to 15 s, when late there comes %s', (_, late, told) => {
  const on = bench();
  feed(on, [0, 1], [5, 0], [12, 0]);
  on.send([late], 13);
  expect(feed(on, [15, 0])).toEqual(told);
});

test.each<[string, GivenReading, readonly string[]]>([
  ['an unknown just before it', { t: 39.999, q: 'unknown' }, ['recovered orange @50']],
  ['an unknown at its beginning', { t: 40, q: 'unknown' }, []],
  ['an unknown inside it', { t: 44, q: 'unknown' }, []],
  ['a normal inside it', { t: 44, v: 0 }, ['recovered orange @50']],
])('semantics 9, 12: a silence that clears from 40 s to 50 s, when late there comes %s', (_, late, told) => {
  const on = bench();
  feed(on, [0, 0]);
  expect(on.wait(31)).toEqual(['raised orange stale @30']);
  feed(on, [40, 0], [45, 0]);
  on.send([late], 46);
  expect(feed(on, [50, 0])).toEqual(told);
});

test('semantics 9, 12: a late breach makes a silent alert firing again', () => {
  const on = bench();
  feed(on, [10, 0]);
  expect(on.wait(41)).toEqual(['raised orange stale @40']);
  expect(on.send([{ t: 5, v: 1 }], 42)).toEqual(['firing-again orange firing @5 late']);
});

test.each<[string, GivenReading, readonly string[]]>([
  ['a normal splits it', { t: 5, v: 0 }, []],
  ['a held normal does not', { t: 5, v: 0, q: 'calibrating' }, ['raised orange firing @0 late']],
  ['an unknown state does not', { t: 5, v: 0, q: 'unknown' }, ['raised orange firing @0 late']],
  ['a missing value does not', { t: 5 }, ['raised orange firing @0 late']],
])('semantics 2, 5, 9: inside a run of which the beginning comes late %s', (_, late, told) => {
  const on = bench(10);
  feed(on, [10, 1], [15, 0]);
  on.send([late], 16);
  expect(on.send([{ t: 0, v: 1 }], 17)).toEqual(told);
});

test.each<[string, GivenReading, readonly string[]]>([
  ['known not to be clear', { t: 10, v: 0.9 }, ['raised orange firing @10 late']],
  ['clear', { t: 10, v: 0.5 }, []],
  ['held', { t: 10, v: 0.9, q: 'calibrating' }, []],
  ['without a value', { t: 10 }, []],
])('semantics 9, 24: in the clear run of a closed episode a late reading that is %s', (_, late, told) => {
  const on = bench(0, { below: 0.8 });
  feed(on, [0, 1], [5, 0], [15, 0]);
  expect(on.send([late], 16)).toEqual(told);
});

test('semantics 9, 24: what ended on too little goes on in the open episode, which clears anew', () => {
  const on = bench(0, { below: 0.8 });
  feed(on, [0, 1], [5, 0], [15, 0], [30, 1], [35, 0]);
  expect(on.send([{ t: 10, v: 0.9 }], 36)).toEqual([]);
  expect(secondOf(on.state().cells[0]?.machines[0]?.since ?? Number.NaN)).toBe(10);
  expect(feed(on, [45, 0])).toEqual([]);
  expect(feed(on, [55, 0])).toEqual(['recovered orange @55']);
});
