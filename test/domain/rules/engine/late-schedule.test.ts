import type { Severity } from '../../../../functions/domain/severity.ts';
import { minutes } from '../../../../functions/domain/time.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const hour = 22 * 60;

/** Open from second 40 to second 100, and from 160 to 220. */
const bench = (severity: Severity, forS = 0, below?: number) => {
  const rule = ruleOf({
    levels: [{ severity, at: 1, forS, below }],
    silent: { afterMs: minutes(60), severity: 'orange' },
  });
  const schedule = scheduleOf([
    [hour + 14, hour + 15],
    [hour + 16, hour + 17],
  ]);
  return benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, schedule })) }));
};

test('semantics 9, 16: what no closing ends a late breach brings back outside the hours', () => {
  const on = bench('orange');
  feed(on, [90, 1], [110, 0], [120, 0]);
  expect(on.send([{ t: 115, v: 1 }], 121)).toEqual(['raised orange firing @115 late']);
});

test('semantics 9, 16: what a closing ends a late breach inside the hours brings back until it is told', () => {
  const on = bench('blue');
  feed(on, [50, 1], [85, 0], [95, 0]);
  expect(on.send([{ t: 90, v: 1 }], 121)).toEqual(['raised blue firing @90 late']);
  expect(on.wait(121.001)).toEqual(['recovered blue @121']);
});

test('semantics 9, 16: what a closing has ended a late breach of that instant does not bring back', () => {
  const on = bench('blue');
  feed(on, [90, 1], [95, 0], [105, 0]);
  expect(on.send([{ t: 100, v: 1 }], 121)).toEqual([]);
});

test('semantics 9, 16: a late breach with which the `for` is over at the opening raises there', () => {
  const on = bench('orange', 30);
  feed(on, [0, 0], [20, 1]);
  expect(on.send([{ t: 5, v: 1 }], 21)).toEqual([]);
  expect(on.wait(40)).toEqual([]);
  expect(on.wait(40.001)).toEqual(['raised orange firing @40']);
});

test('semantics 9, 16: a late breach that nothing contradicts since raises at the opening', () => {
  const on = bench('orange', 10);
  feed(on, [0, 0]);
  on.send([{ t: 20, q: 'unknown' }]);
  expect(on.send([{ t: 5, v: 1 }], 21)).toEqual([]);
  expect(on.wait(40)).toEqual([]);
  expect(on.wait(40.001)).toEqual(['raised orange firing @40']);
});

test('semantics 9, 16: an episode that goes on because a late reading was not clear ends at the closing of its own hours', () => {
  const on = bench('blue', 0, 0.8);
  feed(on, [50, 1], [65, 0], [75, 0], [165, 1]);
  expect(on.send([{ t: 70, v: 0.9 }], 170)).toEqual([]);
  expect(on.wait(220)).toEqual([]);
  expect(on.wait(220.001)).toEqual(['recovered blue @220']);
});
