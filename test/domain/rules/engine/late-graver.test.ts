import type { SeverityRule } from '../../../../functions/domain/rules/book.ts';
import { minutes, seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

/** Yellow from 1 on, only from second 40 to second 100; red from 2 on, cleared below 0.5. */
function bench(clearForS: number, more: Partial<SeverityRule> = {}) {
  const rule = ruleOf({
    levels: [
      { severity: 'yellow', at: 1, clearForS },
      { severity: 'red', at: 2, below: 0.5 },
    ],
    silent: { afterMs: minutes(60), severity: 'orange' },
  });
  const hour = 22 * 60;
  const schedule = scheduleOf([[hour + 14, hour + 15]]);
  const severities = rule.severities.map((one) =>
    one.severity === 'yellow' ? { ...one, schedule, ...more } : one,
  );
  return benchOf(boundTo({ ...rule, severities }));
}

const redUntil70 = [
  [0, 2],
  [10, 0.8],
  [60, 0.4],
  [70, 0.4],
] as const;

test('semantics 9: a late breach in a closed graver episode that was over no later itself is only counted', () => {
  const on = bench(10);
  expect(feed(on, ...redUntil70)).toEqual(['raised red firing @0', 'recovered red @70']);
  expect(on.send([{ t: 50, v: 1 }], 71)).toEqual([]);
});

test('semantics 9, 24: a late breach in a closed graver episode raises what would have lasted longer', () => {
  const on = bench(10.001);
  feed(on, ...redUntil70);
  expect(on.send([{ t: 50, v: 1 }], 71)).toEqual(['raised yellow firing @50 late']);
});

test('semantics 9, 24: a late breach in a closed graver episode raises the run that goes on after it', () => {
  const on = bench(10, { forMs: seconds(15) });
  feed(on, [0, 2], [10, 0.8], [60, 1], [65, 0.4], [75, 0.4]);
  expect(on.send([{ t: 50, v: 1 }], 76)).toEqual([]);
  expect(on.send([{ t: 45, v: 1 }], 77)).toEqual([]);
  const longer = bench(10, { forMs: seconds(15), clear: { op: 'literal', value: false } });
  feed(longer, [0, 2], [10, 0.8], [60, 1], [65, 0.4], [75, 0.4]);
  expect(longer.send([{ t: 45, v: 1 }], 77)).toEqual(['raised yellow firing @45 late']);
});

test('semantics 9, 15, 24: a late breach in a closed graver episode counts for what is raised after it', () => {
  const on = bench(10, { times: { count: 2, withinMs: seconds(60), consecutive: false } });
  feed(on, ...redUntil70, [80, 1]);
  expect(on.send([{ t: 50, v: 1 }], 81)).toEqual(['raised yellow firing @50 late']);
});

test('semantics 9, 15: a late breach in a closed episode that its own count did not raise counts for what is raised after it', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'yellow', at: 1 },
      { severity: 'red', at: 2 },
    ],
    silent: { afterMs: minutes(60), severity: 'orange' },
  });
  const times = { count: 2, withinMs: seconds(60), consecutive: false };
  const severities = rule.severities.map((one) => (one.severity === 'yellow' ? { ...one, times } : one));
  const inOrder = benchOf(boundTo({ ...rule, severities }));
  const around = [
    [10, 0],
    [20, 0],
    [62, 1],
  ] as const;
  expect(feed(inOrder, [0, 2], [5, 1], ...around)).toContain('raised yellow firing @62');
  const on = benchOf(boundTo({ ...rule, severities }));
  expect(feed(on, [0, 2], ...around)).toEqual(['raised red firing @0', 'recovered red @20']);
  expect(on.send([{ t: 5, v: 1 }], 63)).toEqual(['raised yellow firing @5 late']);
});
