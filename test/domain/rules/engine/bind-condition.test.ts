import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { rankOf, type Severity } from '../../../../functions/domain/severity.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import {
  boundTo,
  compare,
  device,
  either,
  type GivenSeverity,
  input,
  limit,
  literal,
  ruleOf,
  valueIs,
} from '../../../support/engine/rules.ts';
import { figureIs, windowOf } from '../../../support/engine/windows.ts';
import { overrideOf } from '../../../support/overrides.ts';

const asking = (...whens: readonly Expression[]): Rule => {
  const rule = ruleOf();
  return { ...rule, severities: whens.flatMap((when) => rule.severities.map((one) => ({ ...one, when }))) };
};
const withPeriod = (period: number) => device([{ period }]);

test.each([
  [100, 30_000],
  [14_999, 30_000],
  [15_000, 30_000],
  [15_001, 30_002],
])(
  'semantics 8: with a period of %i ms the grace is two periods, at least 30 s: %i ms',
  (period, expected) => {
    expect(conditionOf(ruleOf(), withPeriod(period)).graceMs).toBe(expected);
  },
);

test('semantics 12: a rule says when its sensor is silent, and how grave that is', () => {
  const { silentAfterMs, silenceRank } = conditionOf(
    ruleOf({ silent: { afterMs: seconds(7), severity: 'red' } }),
  );
  expect([silentAfterMs, silenceRank]).toEqual([7_000, rankOf('red')]);
});

test('semantics 12: without a figure silence is three reporting periods', () => {
  const condition = conditionOf(ruleOf({ silent: { severity: 'blue' } }), withPeriod(8_000));
  expect([condition.silentAfterMs, condition.silenceRank]).toEqual([24_000, rankOf('blue')]);
});

test('semantics 12: the silence of a rule that says nothing of it raises nothing', () => {
  const { silent: _, ...rule } = ruleOf();
  const condition = conditionOf(rule, withPeriod(8_000));
  expect([condition.silentAfterMs, condition.silenceRank]).toEqual([24_000, -1]);
});

test('semantics 12: silence ends through the longest `clearFor` of the rule', () => {
  const clearing = (...clearForS: readonly number[]): number => {
    const levels = clearForS.map((of, i): GivenSeverity => ({ severity: 'yellow', at: i, clearForS: of }));
    return conditionOf(ruleOf({ levels })).silenceClearForMs;
  };
  expect([clearing(5, 20, 10), clearing(0), clearing()]).toEqual([20_000, 0, 0]);
});

test('semantics 3: a rule says how long unknown is too long, or its silence does', () => {
  const { unknownForMs: _, ...without } = ruleOf({ silent: { afterMs: seconds(9), severity: 'red' } });
  expect(conditionOf(ruleOf({ unknownForMs: seconds(40) })).unknownForMs).toBe(40_000);
  expect(conditionOf(without).unknownForMs).toBe(9_000);
});

describe('the numbers with which a condition compares the value', () => {
  const edgesOf = (rule: Rule) => {
    const { edges, whenEdges } = conditionOf(rule);
    return [edges, whenEdges];
  };

  test('are those of every `when`, then of every `clear`', () => {
    const levels: readonly GivenSeverity[] = [
      { severity: 'yellow', at: 3, below: 2 },
      { severity: 'orange', at: 5 },
      { severity: 'red', at: 7, below: 4 },
    ];
    expect(edgesOf(ruleOf({ levels }))).toEqual([
      [3, 5, 7, 2, 4],
      [3, 5, 7],
    ]);
  });

  test('are those of the newest era', () => {
    const override = overrideOf({ from: at(10), value: 0.5 });
    const condition = conditionOf(ruleOf(), { ...device(), overrides: [override] });
    expect([condition.edges, condition.whenEdges]).toEqual([[0.5], [0.5]]);
  });

  test('are unknown when a `when` does more than compare', () => {
    const isSteep = compare('gt', { op: 'absolute', of: input('value') }, literal(1));
    expect(edgesOf(asking(valueIs('ge', 'orange'), isSteep))).toEqual([undefined, []]);
  });

  test('are unknown when a `clear` does', () => {
    const clear = compare('lt', { op: 'absolute', of: input('value') }, literal(1));
    const rule = ruleOf();
    const severities = rule.severities.map((one) => ({ ...one, clear }));
    expect(edgesOf({ ...rule, severities })).toEqual([undefined, []]);
  });
});

describe('semantics 3: a condition can never be known', () => {
  const known = valueIs('ge', 'orange');
  const unset = valueIs('ge', 'unset');
  const isNeverKnown = (rule: Rule, registration = device()): boolean =>
    conditionOf(rule, registration).isNeverKnown;
  const other = { sensorId: 'o2', quantity: 'oxygen' };
  const ofPeers: Expression = {
    ...{ op: 'peers', how: 'all', least: 1, quantity: 'oxygen' },
    of: compare('ge', input('peer.value'), literal(1)),
  };
  const ofRole = compare('ge', input('sensor.other.value'), literal(1));

  test('when one of its severities cannot', () => {
    expect(isNeverKnown(asking(known))).toBe(false);
    expect(isNeverKnown(asking(known, unset))).toBe(true);
    expect(isNeverKnown(asking(known, either(known, unset)))).toBe(false);
  });

  test('in another unit; without one every unit will do (semantics 4)', () => {
    const units = ['%{vol}', '', 'mg/m3'];
    expect(units.map((unit) => isNeverKnown({ ...asking(known), unit }))).toEqual([false, false, true]);
  });

  test('unless it can in some era of its limits (semantics 22)', () => {
    const { value: _, ...withoutDefault } = limit(1);
    const rule = { ...asking(known), limits: { orange: withoutDefault } };
    const from = overrideOf({ from: at(10), value: 0.5 });
    expect(isNeverKnown(rule)).toBe(true);
    expect(isNeverKnown(rule, { ...device(), overrides: [from] })).toBe(false);
  });

  test('when nobody plays a role that it names (semantics 19)', () => {
    const rule = { ...asking(ofRole), roles: { other: { quantity: 'oxygen' } } };
    expect(isNeverKnown(rule)).toBe(true);
    expect(isNeverKnown(rule, device([{}, other]))).toBe(false);
    expect(isNeverKnown({ ...rule, ...asking(either(known, ofRole)) })).toBe(true);
  });

  test('when no sensor of a list is there (semantics 19)', () => {
    expect(isNeverKnown(asking(ofPeers))).toBe(true);
    expect(isNeverKnown(asking(ofPeers), device([{}, other]))).toBe(false);
  });

  test('when no sensor feeds its window (semantics 17)', () => {
    const isHigh = figureIs('max', 'ge', 1);
    const windows = [windowOf({ lengthS: 60, functions: ['max'], role: 'other' })];
    const rule = { ...asking(isHigh), windows, roles: { other: { quantity: 'oxygen' } } };
    expect(isNeverKnown(rule)).toBe(true);
    expect(isNeverKnown(rule, device([{}, other]))).toBe(false);
    expect(isNeverKnown(asking(isHigh))).toBe(true);
    expect(isNeverKnown({ ...rule, ...asking(either(known, isHigh)) })).toBe(true);
  });
});

test('semantics 19: what its own sensor is looked up for as one of a list is not alone, even without others', () => {
  const of = compare('ge', input('peer.value'), literal(1));
  const list = (quantity: string): Expression => ({ op: 'peers', how: 'all', least: 1, quantity, of });
  expect(conditionOf(ruleOf()).isAlone).toBe(true);
  expect(conditionOf(asking(list('methane'))).isAlone).toBe(false);
  expect(conditionOf(asking(list('oxygen'))).isAlone).toBe(false);
});

test('a window of a list is also the one of its first sensor', () => {
  const windows = [
    windowOf({ lengthS: 60, functions: ['max'], quantity: 'oxygen' }),
    windowOf({ lengthS: 60, functions: ['max'] }),
    windowOf({ lengthS: 60, functions: ['max'], quantity: 'co' }),
  ];
  const { windows: first, feeds } = conditionOf(
    { ...ruleOf(), windows },
    device([{}, { sensorId: 'a', quantity: 'oxygen' }, { sensorId: 'b', quantity: 'oxygen' }]),
  );
  expect(feeds.map((fed) => fed.map(({ sensorSlot }) => sensorSlot))).toEqual([[1, 2], [0], []]);
  expect(first.map((window) => window?.sensorSlot)).toEqual([1, 0, undefined]);
});

test.each<[Severity, number]>([
  ['signal', 0],
  ['blue', 1],
  ['yellow', 2],
  ['orange', 3],
  ['red', 4],
])('a severity %s has the rank %i', (severity, rank) => {
  const [bound] = conditionOf(ruleOf({ levels: [{ severity, at: 1 }] })).severities;
  expect(bound?.rank).toBe(rank);
});

test('a rule binds to nothing where it watches nothing', () => {
  expect(boundTo(ruleOf({ select: { quantities: ['oxygen'] } })).conditions).toEqual([]);
});
