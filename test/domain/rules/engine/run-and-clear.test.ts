import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const withFor = (forS: number) => benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, forS }] })));

test.each([
  [9.999, []],
  [10, ['raised orange firing @10']],
  [10.001, ['raised orange firing @10.001']],
])('semantics 7: `for` of 10 s at a second reading after %s s', (t, expected) => {
  expect(feed(withFor(10), [0, 1], [t, 1])).toEqual(expected);
});

test('semantics 7: `for` runs from the phenomenon time, not from the receive time', () => {
  const bench = withFor(10);
  expect(bench.send([{ t: 0, v: 1 }], 8)).toEqual([]);
  expect(bench.send([{ t: 10, v: 1 }], 10)).toEqual(['raised orange firing @10']);
});

test('semantics 7: a known-false reading ends a run', () => {
  expect(feed(withFor(10), [0, 1], [5, 0.9], [10, 1], [15, 1])).toEqual([]);
});

test('semantics 2, 7: an unknown reading neither ends nor resets a run', () => {
  const bench = withFor(10);
  feed(bench, [0, 1]);
  bench.send([{ t: 5, q: 'unknown' }]);
  expect(feed(bench, [10, 1])).toEqual(['raised orange firing @10']);
});

test('semantics 2: an unknown reading starts no run', () => {
  const bench = withFor(10);
  bench.send([{ t: 0, q: 'unknown' }]);
  expect(feed(bench, [5, 1], [10, 1], [14, 1])).toEqual([]);
});

test('semantics 7: a gap does not break a run and is listed in the record', () => {
  const bench = withFor(35);
  feed(bench, [0, 1], [31, 1], [36, 1]);
  const { because } = bench.drafts.at(-1) ?? { because: '{}' };
  expect(JSON.parse(because).before.machines[0].gaps).toEqual([1_700_000_000_000, 1_700_000_031_000]);
});

test.each([
  [9.999, []],
  [10, ['recovered orange @15']],
  [10.001, ['recovered orange @15.001']],
])('semantics 7: `clearFor` of 10 s at good readings %s s apart', (span, expected) => {
  const bench = benchOf(boundTo(ruleOf()));
  feed(bench, [0, 1]);
  expect(feed(bench, [5, 0.9], [5 + span, 0.9])).toEqual(expected);
});

test('semantics 7: one good reading never clears, even without a `clearFor`', () => {
  const bench = benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, clearForS: 0 }] })));
  feed(bench, [0, 1]);
  expect(feed(bench, [5, 0.9])).toEqual([]);
  expect(feed(bench, [6, 0.9])).toEqual(['recovered orange @6']);
});

test.each([
  [30, ['recovered orange @35']],
  [30.001, []],
])('semantics 7: a gap of %s s with silent.after of 30 s', (gap, expected) => {
  const bench = benchOf(boundTo(ruleOf()));
  feed(bench, [0, 1], [5, 0.9]);
  // Alive all the while by what it says of its clock, so that the gap alone is judged.
  bench.send([{ t: 4, v: 0.9, life: 30 }], 30);
  expect(bench.send([{ t: 5 + gap, v: 0.9 }])).toEqual(expected);
});

test.each(['unknown', 'fault', 'calibrating', 'over-range'] as const)(
  'semantics 7: a reading with quality %s starts `clearFor` again',
  (q) => {
    const bench = benchOf(boundTo(ruleOf()));
    feed(bench, [0, 1], [5, 0.9]);
    bench.send([{ t: 10, v: 0.9, q }]);
    expect(feed(bench, [15, 0.9], [20, 0.9]).filter((line) => line.startsWith('recovered'))).toEqual([]);
    expect(feed(bench, [25, 0.9])).toEqual(['recovered orange @25']);
  },
);

test('semantics 7: the wall clock never clears', () => {
  const bench = benchOf(boundTo(ruleOf()));
  feed(bench, [0, 1], [5, 0.9]);
  expect(bench.wait(34)).toEqual([]);
});

test('semantics 2: between clear and when nothing clears', () => {
  const bench = benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, below: 0.8 }] })));
  feed(bench, [0, 1]);
  expect(feed(bench, [5, 0.8], [10, 0.8], [15, 0.8], [20, 0.8])).toEqual([]);
  expect(feed(bench, [25, 0.79], [30, 0.79], [35, 0.79])).toEqual(['recovered orange @35']);
});

test('semantics 2: `when` beats `clear` where both hold', () => {
  const overlapping = ruleOf({ levels: [{ severity: 'orange', at: 1, below: 2 }] });
  const bench = benchOf(boundTo(overlapping));
  expect(feed(bench, [0, 1], [5, 1.5], [10, 1.5], [15, 1.5], [20, 1.5])).toEqual(['raised orange firing @0']);
});

test.each([
  [0.99, []],
  [1, ['raised orange firing @0']],
  [1.01, ['raised orange firing @0']],
])('a severity at %s with its limit at 1', (v, expected) => {
  expect(feed(benchOf(boundTo(ruleOf())), [0, v])).toEqual(expected);
});
