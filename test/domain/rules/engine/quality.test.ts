import { duration } from '../../../../functions/domain/time.ts';
import { benchOf, feed, type GivenReading, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, type GivenRule, ruleOf } from '../../../support/engine/rules.ts';

const levels = [
  { severity: 'orange', at: 1 },
  { severity: 'red', at: 2 },
] as const;

const bench = (given: GivenRule = {}): TestBench => benchOf(boundTo(ruleOf({ levels, ...given })));
const risk = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('data.'));
const send = (on: TestBench, ...readings: readonly GivenReading[]): readonly string[] =>
  risk(readings.flatMap((reading) => on.send([reading])));

test('semantics 5: over-range is a breach of every severity', () => {
  const on = bench();
  expect(send(on, { t: 0, q: 'over-range' })).toEqual(['raised red firing @0 over-range']);
  expect(on.state().cells[0]?.machines.map(({ phase }) => phase)).toEqual([2, 2]);
});

test('semantics 5: what follows over-range clears only after `clearFor` of good readings', () => {
  const on = bench();
  send(on, { t: 0, q: 'over-range' });
  expect(feed(on, [5, 0.5], [10, 0.5])).toEqual([]);
  expect(feed(on, [15, 0.5])).toEqual(['recovered red @15']);
});

test('semantics 5: any other state that raises is a breach of the highest severity only', () => {
  const on = bench({ quality: { ...ruleOf().quality, fault: 'raise' } });
  expect(on.send([{ t: 0, q: 'fault' }])).toEqual(['raised red firing @0 quality']);
  expect(on.state().cells[0]?.machines.map(({ phase }) => phase)).toEqual([0, 2]);
});

test('semantics 5: a fault makes a firing alert stale and raises a data-quality alert', () => {
  const on = bench();
  feed(on, [0, 1]);
  expect(on.send([{ t: 5, v: 9, q: 'fault' }])).toEqual([
    'stale orange stale @5 quality',
    'data.fault raised yellow firing @5',
  ]);
});

test('semantics 5: `data.fault` ends with two good readings without a gap', () => {
  const on = bench();
  on.send([{ t: 0, q: 'fault' }]);
  expect(feed(on, [5, 0.5])).toEqual([]);
  expect(feed(on, [25, 0.5], [30, 0.5])).toEqual(['data.fault recovered yellow @30']);
  expect(on.send([{ t: 35, q: 'fault' }])).toEqual(['data.fault raised yellow firing @35']);
  feed(on, [40, 0.5]);
  on.send([{ t: 45, q: 'unknown' }]);
  expect(feed(on, [50, 0.5])).toEqual([]);
});

test('semantics 5: a sensor that no rule watches tells its fault all the same', () => {
  const on = benchOf(boundTo(ruleOf({ select: { quantities: ['h2s'] } })));
  expect(on.send([{ t: 0, q: 'fault' }])).toEqual(['data.fault raised yellow firing @0']);
});

test('semantics 5: a state unknown to us is unknown: it raises nothing, clears nothing and is no sign of life', () => {
  const on = bench();
  expect(send(on, { t: 0, v: 9, q: 'unknown' })).toEqual([]);
  expect(on.wait(31)).toEqual(['raised orange stale @30']);
});

test('semantics 5: an ignored reading is missing', () => {
  const on = bench({ quality: { ...ruleOf().quality, unknown: 'ignore' } });
  feed(on, [0, 1], [5, 0.5]);
  expect(send(on, { t: 8, v: 9, q: 'unknown' })).toEqual([]);
  expect(feed(on, [15, 0.5])).toEqual(['recovered orange @15']);
  expect(send(on, { t: 40, v: 0.5, q: 'unknown' })).toEqual([]);
  expect(on.wait(46)).toEqual(['raised orange stale @45']);
});

test('semantics 5: a hold delays a raise below red until a good reading shows that the breach stands', () => {
  const on = bench();
  expect(send(on, { t: 0, v: 1, q: 'calibrating' }, { t: 5, v: 1.5, q: 'calibrating' })).toEqual([]);
  expect(feed(on, [10, 1])).toEqual(['raised orange firing @10']);
  expect(on.state().cells[0]?.machines[0]?.since).toBe(1_700_000_000_000);
});

test('semantics 5: a breach that is gone when the hold ends is not raised', () => {
  const on = bench();
  send(on, { t: 0, v: 1, q: 'calibrating' });
  expect(feed(on, [5, 0.5])).toEqual([]);
  expect(on.wait(35)).toEqual([]);
});

test('semantics 5: red raises at once through a hold, tagged held', () => {
  expect(send(bench(), { t: 0, v: 2, q: 'calibrating' })).toEqual(['raised red firing @0 held']);
});

test.each([
  [1799, []],
  [1800, ['raised orange firing @1800 held']],
  // Later the hold has ended by itself before.
  [1801, ['raised orange firing @1800 held']],
])('semantics 5: a hold of at most 1800 s at a held reading after %s s', (t, expected) => {
  const on = bench({ silent: { afterMs: duration(7_200_000), severity: 'blue' } });
  send(on, { t: 0, v: 1, q: 'calibrating' });
  expect(send(on, { t, v: 1, q: 'calibrating' })).toEqual(expected);
});

test('semantics 5: a hold that nothing ends is over by itself after its longest time', () => {
  const on = bench({ silent: { afterMs: duration(7_200_000), severity: 'blue' } });
  send(on, { t: 0, v: 1, q: 'calibrating' });
  expect(on.wait(1800)).toEqual([]);
  expect(on.wait(1801)).toEqual(['raised orange firing @1800 held']);
  expect(on.drafts[0]?.trigger).toBe('hold-ended');
});

test('semantics 5: a hold stops no deadline of a run that began before it', () => {
  const on = bench({ levels: [{ severity: 'orange', at: 1, forS: 10 }] });
  feed(on, [0, 1]);
  send(
    on,
    { t: 5, v: 0, q: 'calibrating' },
    { t: 15, v: 1, q: 'calibrating' },
    { t: 35, v: 1, q: 'calibrating' },
  );
  expect(on.drafts).toEqual([]);
  expect(on.wait(41)).toEqual(['raised orange firing @40']);
});

test('semantics 5: a held reading clears nothing and resets nothing', () => {
  const on = bench({ levels: [{ severity: 'orange', at: 1, forS: 10 }] });
  feed(on, [0, 1]);
  send(on, { t: 5, v: 0, q: 'calibrating' });
  expect(feed(on, [10, 1])).toEqual(['raised orange firing @10']);
  expect(send(on, { t: 15, v: 0, q: 'maintenance' }, { t: 30, v: 0, q: 'maintenance' })).toEqual([]);
});

test('semantics 5: a held reading is a sign of life while the hold lasts, and none afterwards', () => {
  const on = bench({ maxHoldMs: duration(60_000) });
  const held = [0, 20, 40, 60, 80].map((t) => ({ t, v: 0, q: 'calibrating' as const }));
  expect(held.flatMap((reading) => send(on, reading))).toEqual(['raised orange stale @70']);
});
