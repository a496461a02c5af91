import type { Severity } from '../../../../functions/domain/severity.ts';
import { minutes, seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import {
  boundTo,
  compare,
  device,
  type GivenSeverity,
  input,
  literal,
  ruleOf,
} from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const hour = 22 * 60;

/** Open from second 40 to second 100, and from 160 to 220. */
const bench = (severity: Severity, level: Partial<GivenSeverity> = {}) => {
  const rule = ruleOf({
    levels: [{ severity, at: 1, ...level }],
    silent: { afterMs: minutes(60), severity: 'orange' },
  });
  const schedule = scheduleOf([
    [hour + 14, hour + 15],
    [hour + 16, hour + 17],
  ]);
  return benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, schedule })) }));
};

test.each([
  [39.999, []],
  [40, ['raised blue firing @40']],
  [40.001, ['raised blue firing @40.001']],
  [99.999, ['raised blue firing @99.999']],
  [100, []],
  [100.001, []],
])('semantics 16: a breach at %d s raises only inside the hours', (t, told) => {
  const on = bench('blue');
  feed(on, [0, 0]);
  expect(feed(on, [t, 1])).toEqual(told);
});

test('semantics 16: a breach older than the opening raises at it, with its whole `for`', () => {
  const on = bench('blue', { forS: 30 });
  feed(on, [10, 1], [20, 1]);
  expect(on.wait(40)).toEqual([]);
  expect(on.wait(40.001)).toEqual(['raised blue firing @40']);
  expect(on.drafts[0]?.trigger).toBe('deadline');
});

test('semantics 16: a breach that is too young at the opening raises when its `for` is over', () => {
  const on = bench('blue', { forS: 31 });
  feed(on, [10, 1]);
  expect(on.wait(40.001)).toEqual([]);
  expect(feed(on, [41, 1])).toEqual(['raised blue firing @41']);
});

test('semantics 16: at closing blue and yellow end with their own reason, orange and red stay', () => {
  for (const severity of ['blue', 'yellow'] as const) {
    const on = bench(severity);
    feed(on, [50, 1]);
    expect(on.wait(100)).toEqual([]);
    expect(on.wait(100.001)).toEqual([`recovered ${severity} @100`]);
    expect(on.drafts.at(-1)?.trigger).toBe('schedule-ended');
  }
  for (const severity of ['orange', 'red'] as const) {
    const on = bench(severity);
    feed(on, [50, 1]);
    expect(on.wait(150, 'none')).toEqual([]);
    expect(feed(on, [110, 0], [120, 0])).toEqual([`recovered ${severity} @120`]);
  }
});

test('semantics 16: what still stands at the next opening is raised again', () => {
  const on = bench('blue');
  feed(on, [50, 1], [90, 1]);
  expect(on.wait(170)).toEqual(['recovered blue @100', 'raised blue firing @160']);
  const normal = bench('blue');
  feed(normal, [50, 1], [90, 1]);
  normal.wait(110);
  expect(feed(normal, [120, 0])).toEqual([]);
  expect(normal.wait(170)).toEqual([]);
});

test('semantics 8, 16: a backlog tells the same: the hours between two readings are gone through', () => {
  const on = bench('blue');
  const backlog = [
    { t: 50, v: 1 },
    { t: 90, v: 1 },
    { t: 110, v: 1 },
    { t: 170, v: 1 },
  ];
  expect(on.send(backlog, 300)).toEqual([
    'raised blue firing @50',
    'recovered blue @110',
    'raised blue firing @170',
  ]);
  expect(on.drafts[1]?.trigger).toBe('schedule-ended');
});

test('semantics 8, 16: a deadline outside the hours waits for the opening, unless the `for` was over inside them', () => {
  const outside = bench('orange', { forS: 20 });
  feed(outside, [90, 1]);
  expect(outside.wait(160, 'none')).toEqual([]);
  expect(outside.wait(160.001, 'none')).toEqual(['raised orange firing @160']);
  const inside = bench('orange', { forS: 5 });
  feed(inside, [90, 1]);
  expect(inside.wait(160, 'none')).toEqual(['raised orange firing @125']);
});

test('semantics 16: a reading from before the closing that comes after it belongs to what has ended', () => {
  const on = bench('blue');
  feed(on, [90, 1]);
  on.wait(101);
  expect(on.send([{ t: 95, v: 1 }], 102)).toEqual([]);
});

test('semantics 9, 16: a late breach raises when the schedule was open at its own time', () => {
  const on = bench('orange');
  feed(on, [30, 0], [50, 0], [120, 0]);
  expect(on.send([{ t: 35, v: 1 }], 130)).toEqual(['raised orange firing @35 late']);
  const closed = bench('orange');
  feed(closed, [30, 0], [120, 0]);
  expect(closed.send([{ t: 110, v: 1 }], 130)).toEqual([]);
  const open = bench('orange');
  feed(open, [30, 0], [120, 0]);
  expect(open.send([{ t: 60, v: 1 }], 130)).toEqual(['raised orange firing @60 late']);
});

test.each([
  [24, []],
  [26, ['raised orange firing @40']],
])('semantics 15, 16: at the opening both breaches must still lie within %i s', (withinS, told) => {
  const rule = ruleOf({ silent: { afterMs: minutes(60), severity: 'orange' } });
  const schedule = scheduleOf([[hour + 14, hour + 15]]);
  const times = { count: 2, withinMs: seconds(withinS), consecutive: false };
  const on = benchOf(
    boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times, schedule })) }),
  );
  feed(on, [15, 1], [20, 1]);
  expect(on.wait(95)).toEqual(told);
});

test('semantics 14, 16: a graver severity raises no lower one outside the hours of that', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'orange', at: 1 },
      { severity: 'red', at: 2 },
    ],
  });
  const schedule = scheduleOf([[hour + 14, hour + 15]]);
  const severities = rule.severities.map((one) => (one.severity === 'orange' ? { ...one, schedule } : one));
  const on = benchOf(boundTo({ ...rule, severities }));
  expect(feed(on, [0, 2], [5, 1], [15, 1])).toEqual(['raised red firing @0', 'recovered red @15']);
});

test('semantics 23: a schedule that a rule gets later ends what stands at its next closing', () => {
  const silent = { afterMs: minutes(60), severity: 'orange' as const };
  const plain = ruleOf({ levels: [{ severity: 'blue', at: 1 }], silent });
  const on = benchOf(boundTo(plain));
  feed(on, [50, 1]);
  const schedule = scheduleOf([[hour + 14, hour + 15]]);
  const gated = boundTo({ ...plain, severities: plain.severities.map((one) => ({ ...one, schedule })) });
  const later = benchOf(gated);
  later.set(on.state());
  expect(later.wait(100.001, 'none')).toEqual(['recovered blue @100']);
});

const fan = { sensorId: 'fan', quantity: 'fan-state', unit: '1', period: 60_000 };
const fanStands = compare('eq', input('sensor.fan.value'), literal(false));

const whileItStands = ruleOf({
  roles: { fan: { quantity: 'fan-state' } },
  silent: { afterMs: minutes(60), severity: 'orange' },
  severities: [
    {
      severity: 'orange',
      when: { op: 'and', left: compare('ge', input('value'), literal(1)), right: fanStands },
      forMs: seconds(0),
      clearForMs: seconds(10),
    },
  ],
});

test.each([
  ['a window', windowRule({ window: { lengthS: 20, functions: ['avg'] }, when: figureIs('avg', 'ge', 1) })],
  ['another sensor', whileItStands],
])('semantics 16: a breach that asks %s, and was there before the opening, raises at it', (_, rule) => {
  const schedule = scheduleOf([[hour + 14, hour + 15]]);
  const severities = rule.severities.map((one) => ({ ...one, schedule }));
  const rules = boundTo({ ...rule, severities }, device([{}, fan]));
  const standing = benchOf(rules);
  standing.send([{ t: 0, v: false, sensor: 'fan' }]);
  expect(feed(standing, [10, 2], [20, 2], [30, 2])).toEqual([]);
  expect(standing.wait(40.001)).toEqual(['raised orange firing @40']);
  const over = benchOf(rules);
  over.send([{ t: 0, v: false, sensor: 'fan' }]);
  feed(over, [10, 2], [20, 2], [30, 2], [31, 0], [35, 0], [39, 0]);
  over.send([{ t: 39, v: true, sensor: 'fan' }]);
  expect(over.wait(40.001)).toEqual([]);
});
