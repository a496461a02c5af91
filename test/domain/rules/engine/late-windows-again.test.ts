import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed, secondOf, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, compare, device, input, literal } from '../../../support/engine/rules.ts';
import { figureIs, windowOf, windowRule } from '../../../support/engine/windows.ts';

const both = (left: Expression, right: Expression): Expression => ({ op: 'and', left, right });
const valueBelow25 = compare('lt', input('value'), literal(25));
const mean = { lengthS: 60, functions: ['avg'] } as const;
const high = both(figureIs('avg', 'ge', 5), valueBelow25);

const sinceOf = (on: TestBench) => secondOf(on.state().cells[0]?.machines[0]?.since ?? Number.NaN);
const lateCountOf = (on: TestBench) => on.state().cells[0]?.lateCount;

test('semantics 17, 24: what a late reading lifts is judged on the value of that instant, which the buckets keep', () => {
  const on = benchOf(boundTo(windowRule({ window: mean, when: high })));
  feed(on, [10, 0], [20, 0], [40, 0], [50, 0], [60, 20]);
  // Too high itself, it lifts the means after it.
  expect(on.send([{ t: 30, v: 30 }], 61)).toEqual(['raised orange firing @40 late']);
});

test('semantics 5, 17: what the newest reading says in a bad state is no value', () => {
  const on = benchOf(boundTo(windowRule({ window: mean, when: high })));
  feed(on, [10, 30], [20, 30], [40, 30], [50, 30]);
  on.send([{ t: 60, v: 9, q: 'unknown' }]);
  expect(on.send([{ t: 30, v: 30 }], 61)).toEqual([]);
});

test('semantics 9, 17: a late reading inside an open episode is counted once, whatever it lifts after it', () => {
  const on = benchOf(boundTo(windowRule({ window: mean, when: figureIs('avg', 'ge', 5) })));
  feed(on, [0, 20], [10, 20], [20, 20], [30, 20], [40, 20], [50, 20], [60, 20]);
  expect(sinceOf(on)).toBe(30);
  on.send([{ t: 45, v: 20 }], 61);
  expect(lateCountOf(on)).toBe(1);
});

test('semantics 9, 17: a late normal before the beginning of an episode that stands all the same is not counted', () => {
  const on = benchOf(boundTo(windowRule({ window: mean, when: figureIs('avg', 'ge', 5) })));
  feed(on, [0, 0], [10, 0], [20, 0], [30, 0], [40, 60], [50, 60]);
  expect(sinceOf(on)).toBe(40);
  on.send([{ t: 35, v: 0 }], 51);
  expect([sinceOf(on), lateCountOf(on)]).toEqual([40, 0]);
});

test('semantics 9, 17: a late normal breaks no clear run by what it leaves unknown after it', () => {
  const on = benchOf(boundTo(windowRule({ window: mean, when: high, clearForS: 20 })));
  expect(feed(on, [0, 20], [10, 20], [20, 20], [30, 20])).toEqual(['raised orange firing @30']);
  feed(on, [40, 30], [50, 30], [55, 30]);
  expect(on.send([{ t: 45, v: 30 }], 56)).toEqual([]);
  expect(feed(on, [60, 30])).toEqual(['recovered orange @60']);
});

test('semantics 14, 17: a late reading raises the lower severity where the graver one does not hold', () => {
  const rule = windowRule({ window: mean, when: figureIs('avg', 'ge', 5) });
  const [orange] = rule.severities;
  if (orange === undefined) throw new Error('a rule without a severity');
  const severities = [
    { ...orange, severity: 'yellow' as const },
    { ...orange, when: figureIs('avg', 'ge', 50) },
  ];
  const on = benchOf(boundTo({ ...rule, severities }));
  feed(on, [0, 0], [10, 0], [20, 0], [30, 0], [35, 0], [36, 12]);
  // Of its own mean half is missing, the next two are too low.
  expect(on.send([{ t: 25, v: 24 }], 51)).toEqual(['raised yellow firing @36 late']);
});

test('semantics 9, 17: of all the instants that a late reading lifts the first one raises, whichever window remembers it', () => {
  const rule = windowRule({ window: mean, when: figureIs('avg', 'ge', 5, 1) });
  const windows = [{ lengthS: 600, functions: ['max'] } as const, mean].map(windowOf);
  const on = benchOf(
    boundTo({ ...rule, windows, silent: { afterMs: seconds(100_000), severity: 'yellow' } }),
  );
  feed(on, [4, 0], [10, 0], [20, 0], [34, 0], [40, 0], [55, 0], [62, 0]);
  expect(on.send([{ t: 21, v: 40 }], 63)).toEqual(['raised orange firing @34 late']);
  expect(sinceOf(on)).toBe(34);
});

describe('semantics 17, 19, 24: a late reading of a sensor without windows is judged on the windows of the other', () => {
  const fanStands = compare('eq', input('sensor.fan.value'), literal(false));
  const when = both(figureIs('avg', 'ge', 5), fanStands);
  const rule = windowRule({ window: mean, when, roles: { fan: { quantity: 'fan-state' } } });
  const fan = { sensorId: 'fan', quantity: 'fan-state', unit: '1', period: 60_000 };

  test.each([
    ['also where that says the same again and again', 20, 41, ['raised orange firing @30 late']],
    ['and where that says something else each time', 21, 41, ['raised orange firing @30 late']],
    ['until its sensor spoke again', 20, 31, ['raised orange firing @30 late']],
    ['and not at the instant at which it did', 20, 30, []],
  ])('%s', (_where, second, fanRunsAt, told) => {
    const on = benchOf(boundTo(rule, device([{}, fan])));
    on.send([{ t: 0, v: true, sensor: 'fan' }]);
    feed(on, [0, 20], [10, second], [20, 20]);
    if (fanRunsAt === 30)
      on.send([
        { t: 30, v: 20 },
        { t: 30, v: true, sensor: 'fan' },
      ]);
    else feed(on, [30, second]);
    if (fanRunsAt === 31) on.send([{ t: 31, v: true, sensor: 'fan' }]);
    feed(on, [40, 20]);
    if (fanRunsAt === 41) on.send([{ t: 41, v: true, sensor: 'fan' }]);
    expect(on.send([{ t: 25, v: false, sensor: 'fan' }], 42)).toEqual(told);
  });
});
