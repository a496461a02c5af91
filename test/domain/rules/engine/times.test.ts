import { hitsMax } from '../../../../functions/domain/rules/engine/hits.ts';
import { minutes, seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, type GivenSeverity, ruleOf } from '../../../support/engine/rules.ts';

const timesOf = (count: number, withinS: number, consecutive = false) => ({
  count,
  withinMs: seconds(withinS),
  consecutive,
});

const bench = (times: ReturnType<typeof timesOf>, level: Partial<GivenSeverity> = {}) => {
  const rule = ruleOf({
    levels: [{ severity: 'orange', at: 1, ...level }],
    silent: { afterMs: minutes(60), severity: 'orange' },
  });
  return benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
};

test.each([
  [59, ['raised orange firing @59']],
  [60, []],
  [61, []],
])(
  'semantics 15: of breaches at 0 s and %i s both lie in the last minute, or the first has left it',
  (t, told) => {
    expect(feed(bench(timesOf(2, 60)), [0, 1], [30, 0], [t, 1])).toEqual(told);
  },
);

test('semantics 15: one breach less raises nothing, the one that is missing does', () => {
  expect(feed(bench(timesOf(3, 60)), [0, 1], [5, 0], [10, 1])).toEqual([]);
  expect(feed(bench(timesOf(3, 60)), [0, 1], [5, 0], [10, 1], [15, 1])).toEqual(['raised orange firing @15']);
});

test('semantics 15: two readings of one instant count once', () => {
  const on = bench(timesOf(2, 60));
  expect(
    on.send([
      { t: 0, v: 1 },
      { t: 0, v: 2 },
    ]),
  ).toEqual([]);
  expect(on.send([{ t: 0, v: 3 }], 1)).toEqual([]);
  expect(on.send([{ t: 5, v: 1 }])).toEqual(['raised orange firing @5']);
});

test('semantics 15: `consecutive` starts again at a known-false, and only there', () => {
  expect(feed(bench(timesOf(2, 60, true)), [0, 1], [5, 0], [10, 1])).toEqual([]);
  const on = bench(timesOf(2, 60, true));
  feed(on, [0, 1]);
  on.send([{ t: 5, q: 'unknown' }]);
  expect(feed(on, [10, 1])).toEqual(['raised orange firing @10']);
});

test('semantics 15: with `for` completed runs count, and a run that goes on completes after each further `for`', () => {
  const two = timesOf(2, 60);
  expect(feed(bench(two, { forS: 10 }), [0, 1], [10, 1], [15, 0], [20, 1], [29, 1])).toEqual([]);
  expect(feed(bench(two, { forS: 10 }), [0, 1], [10, 1], [15, 0], [20, 1], [30, 1])).toEqual([
    'raised orange firing @30',
  ]);
  expect(feed(bench(two, { forS: 10 }), [0, 1], [10, 1], [19, 1])).toEqual([]);
  expect(feed(bench(two, { forS: 10 }), [0, 1], [10, 1], [20, 1])).toEqual(['raised orange firing @20']);
});

test('semantics 15: the count gates raising only, and starts again after recovery', () => {
  const on = bench(timesOf(2, 600));
  expect(feed(on, [0, 1], [5, 1], [10, 0], [20, 0])).toEqual([
    'raised orange firing @5',
    'recovered orange @20',
  ]);
  expect(feed(on, [25, 1])).toEqual([]);
  expect(feed(on, [30, 1])).toEqual(['raised orange firing @30']);
});

test('semantics 8, 15: time alone counts no readings, but it completes a run that nothing contradicts', () => {
  const instants = bench(timesOf(2, 600));
  instants.send([{ t: 0, v: 1 }]);
  expect(instants.wait(3_000, 'none')).toEqual([]);
  // Receive time, two `for` and the grace of 30 s.
  const runs = bench(timesOf(2, 600), { forS: 10 });
  runs.send([{ t: 0, v: 1 }]);
  expect(runs.wait(50, 'none')).toEqual([]);
  expect(runs.wait(50.001, 'none')).toEqual(['raised orange firing @50']);
});

test('semantics 9, 15: a late breach is counted in its place', () => {
  const on = bench(timesOf(3, 60));
  feed(on, [0, 1], [5, 0], [20, 1], [25, 0]);
  expect(on.send([{ t: 10, v: 1 }], 30)).toEqual(['raised orange firing @10 late']);
  const far = bench(timesOf(3, 60));
  feed(far, [0, 1], [5, 0], [60, 1], [65, 0]);
  expect(far.send([{ t: 10, v: 1 }], 70)).toEqual([]);
});

test('semantics 24: what came late is no reason to count less: breaches before a recovery that the true order has not', () => {
  const on = bench(timesOf(2, 100), { clearForS: 5 });
  feed(on, [20, 1], [30, 0], [40, 0]);
  expect(on.send([{ t: 10, v: 1 }], 45)).toEqual(['raised orange firing @10 late']);
  expect(feed(on, [50, 1], [55, 0], [62, 0], [70, 1])).toEqual([
    'recovered orange @62',
    'raised orange firing @70',
  ]);
});

test('semantics 14, 15: with a graver severity a lower one is raised whatever its count', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'orange', at: 1 },
      { severity: 'red', at: 2 },
    ],
  });
  const severities = rule.severities.map((one) =>
    one.severity === 'orange' ? { ...one, times: timesOf(5, 60) } : one,
  );
  const on = benchOf(boundTo({ ...rule, severities }));
  expect(feed(on, [0, 2], [5, 1], [15, 1])).toEqual([
    'raised red firing @0',
    'severity-down orange firing @15',
  ]);
});

test('semantics 29: however long a breach lasts, a bounded number of instants is kept', () => {
  const on = bench(timesOf(2, 60));
  for (let t = 0; t < 2 * hitsMax; t++) on.send([{ t, v: 1 }]);
  expect(on.state().cells[0]?.machines[0]?.counting.hits).toHaveLength(hitsMax);
});

test('semantics 5, 15: a late reading before a hold lets nothing raise that the hold delays', () => {
  const on = bench(timesOf(2, 60), { clearForS: 10 });
  // An episode that is over, then a hold in which enough is counted.
  feed(on, [0, 1], [5, 1], [15, 0], [25, 0]);
  const held = [100, 105, 110].map((t) => ({ t, v: 1, q: 'calibrating' as const }));
  expect(held.flatMap((reading) => on.send([reading], reading.t))).toEqual([]);
  // Inside the old episode, and a breach that makes the count in the hold one more.
  expect(on.send([{ t: 4, v: 0 }], 111)).toEqual([]);
  expect(on.send([{ t: 95, v: 1 }], 112)).toEqual([]);
  expect(feed(on, [115, 1])).toEqual(['raised orange firing @115']);
});
