import { minutes, seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed, secondOf, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, type GivenSeverity, ruleOf } from '../../../support/engine/rules.ts';

/** A severity that `count` breaches within half a minute and a second raise. */
const counting = (count: number, level: Partial<GivenSeverity> = {}) => {
  const rule = ruleOf({
    levels: [{ severity: 'orange', at: 1, ...level }],
    silent: { afterMs: minutes(60), severity: 'orange' },
  });
  const times = { count, withinMs: seconds(31), consecutive: false };
  return benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
};

/** Since when the lightest severity stands, in seconds. */
const sinceOf = (on: TestBench): number => secondOf(on.state().cells[0]?.machines[0]?.since ?? Number.NaN);

test('semantics 9, 15: a late reading inside a run that was known is an instant at which the count may have been enough', () => {
  const told = (lateS: number) => {
    const on = counting(3, { forS: 5 });
    // Completed at 10, 25 and 40; at 41, where somebody looked, the first of them had left the window.
    feed(on, [5, 1], [10, 1], [15, 0], [20, 1], [25, 1], [30, 0], [35, 1], [41, 1], [46, 0]);
    return on.send([{ t: lateS, v: 1 }], 50);
  };
  expect(told(40)).toEqual(['raised orange firing @40 late']);
  expect(told(39)).toEqual([]);
});

test('semantics 15, 24: what a late normal raises anew, an episode that is open by then swallows', () => {
  const on = counting(2, { clearForS: 0 });
  // Of the normals at 12 and 14, which would have ended it, only the first came in time: so it holds the breach of 16.
  feed(on, [5, 1], [10, 1], [12, 0], [16, 1], [18, 0], [20, 0]);
  // With that one this was enough.
  feed(on, [22, 1], [24, 0], [26, 0]);
  expect(feed(on, [126, 1], [128, 1])).toEqual(['raised orange firing @128']);
  expect(on.send([{ t: 14, v: 0 }], 130)).toEqual([]);
  expect(sinceOf(on)).toBe(14);
});

test('semantics 15, 24: so does one for a late breach in a closed episode that the count did not end with', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'orange', at: 1, clearForS: 0 },
      { severity: 'red', at: 2, clearForS: 0 },
    ],
    silent: { afterMs: minutes(60), severity: 'orange' },
  });
  const times = { count: 3, withinMs: seconds(31), consecutive: false };
  const severities = rule.severities.map((one) => (one.severity === 'red' ? one : { ...one, times }));
  const on = benchOf(boundTo({ ...rule, severities }));
  // Red has raised orange too, so orange counts on: with the breach of 10 those of 30 and 36 are enough.
  feed(on, [5, 2], [12, 0], [14, 0], [30, 1], [36, 1], [37, 0], [39, 0]);
  expect(feed(on, [100, 2])).toEqual(['raised red firing @100']);
  on.send([{ t: 10, v: 1 }], 101);
  expect(sinceOf(on)).toBe(10);
});

test.each([
  ['leaves the restart of the count alone where a gap lies between', 939, []],
  [
    'counts on over the recovery that a chain of breaches reaches from it',
    940,
    ['raised orange firing @1012'],
  ],
  ['counts on over the recovery within its window', 980, ['raised orange firing @1012']],
])('semantics 15: a late breach %s', (_, lateS, told) => {
  const on = counting(3, { clearForS: 0 });
  feed(on, [970, 1], [973, 0]);
  // Raised and over: for the two that follow the count has begun again.
  expect(feed(on, [1000, 1], [1002, 1], [1004, 1], [1006, 0], [1008, 0])).toEqual([
    'raised orange firing @1004',
    'recovered orange @1008',
  ]);
  expect(on.send([{ t: lateS, v: 1 }], 1010)).toEqual([]);
  expect(feed(on, [1012, 1], [1014, 1])).toEqual(told);
});

test('semantics 7, 15: a late normal that is clear breaks no clear run of the episode that swallows what it raises anew', () => {
  const on = counting(2, { clearForS: 0 });
  feed(on, [5, 1], [10, 1], [12, 0], [16, 1], [18, 0], [20, 0], [22, 1], [24, 0], [26, 0]);
  feed(on, [126, 1], [128, 1], [130, 0]);
  expect(on.send([{ t: 14, v: 0 }], 131)).toEqual([]);
  expect(sinceOf(on)).toBe(14);
  expect(feed(on, [132, 0])).toEqual(['recovered orange @132']);
});
