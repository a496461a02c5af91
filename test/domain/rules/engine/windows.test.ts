import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { benchOf, feed, type TestBench } from '../../../support/engine/bench.ts';
import { bookOf, boundTo, compare, device, input, literal } from '../../../support/engine/rules.ts';
import { figureIs, windowOf, windowRule } from '../../../support/engine/windows.ts';

const avg = { lengthS: 60, functions: ['avg'] } as const;
const avgRule = windowRule({ window: avg, when: figureIs('avg', 'ge', 0.8) });

const tellsOf = (bench: TestBench): readonly string[] =>
  bench.drafts
    .filter(({ ruleId }) => ruleId === 'test.rule')
    .map(({ change, trigger }) => `${change} ${trigger}`);

test('semantics 4, 17: ten readings of 0.8 have an average of at least 0.8, and raise', () => {
  const bench = benchOf(boundTo(avgRule));
  const told = feed(bench, ...Array.from({ length: 10 }, (_, i) => [i * 6, 0.8] as const));
  expect(told).toEqual(['raised orange firing @30']);
});

test('semantics 17: a window is unknown before half of it is covered, to the second', () => {
  expect(feed(benchOf(boundTo(avgRule)), [0, 5], [29, 5])).toEqual([]);
  expect(feed(benchOf(boundTo(avgRule)), [0, 5], [30, 5])).toEqual(['raised orange firing @30']);
});

test('semantics 17: what is bad, held or not to be trusted enters no window', () => {
  for (const more of [{ q: 'fault' }, { q: 'calibrating' }, { trusted: false }] as const) {
    const bench = benchOf(boundTo(avgRule));
    feed(bench, [0, 0.5], [40, 0.5]);
    bench.send([{ t: 41, v: 99, ...more }]);
    feed(bench, [45, 0.5]);
    expect(tellsOf(bench)).toEqual([]);
  }
});

test('semantics 7, 17: `for` runs on a window as on a value, and a window that falls clears', () => {
  const rule = windowRule({ window: avg, when: figureIs('avg', 'ge', 5), forS: 10, clearForS: 5 });
  const bench = benchOf(boundTo(rule));
  expect(feed(bench, [0, 6], [30, 6], [39, 6], [40, 6])).toEqual(['raised orange firing @40']);
  expect(feed(bench, [50, 0], [60, 0], [70, 0], [80, 0])).toEqual(['recovered orange @60']);
});

test('semantics 17: time alone changes no window; the next reading does', () => {
  const rule = windowRule({
    window: { lengthS: 60, functions: ['count'] },
    when: figureIs('count', 'le', 1),
    forS: 0,
  });
  const bench = benchOf(boundTo(rule));
  feed(bench, [0, 1], [10, 1], [20, 1], [30, 1]);
  const before = bench.drafts.length;
  bench.wait(10_000);
  expect(bench.drafts.slice(before).filter(({ ruleId }) => ruleId === 'test.rule')).toEqual([]);
  feed(bench, [10_001, 1]);
  expect(tellsOf(bench).at(-1)).toBe('raised reading');
});

test('semantics 9, 17: a late reading enters its bucket and raises where it, or what came after it, was above the limit', () => {
  const bench = benchOf(boundTo(windowRule({ window: avg, when: figureIs('avg', 'ge', 5) })));
  feed(bench, [0, 0], [30, 4], [40, 4], [60, 4]);
  expect(bench.send([{ t: 35, v: 30 }], 61)).toEqual(['raised orange firing @35 late']);
  const other = benchOf(boundTo(windowRule({ window: avg, when: figureIs('avg', 'ge', 5) })));
  feed(other, [30, 6], [61, 3]);
  // At 20 the window was not half covered; from there to 61 it is, and its average is above the limit.
  expect(other.send([{ t: 20, v: 8 }], 62)).toEqual(['raised orange firing @61 late']);
});

test('semantics 9: a late reading clears nothing', () => {
  const bench = benchOf(boundTo(windowRule({ window: avg, when: figureIs('avg', 'ge', 5) })));
  feed(bench, [0, 6], [40, 6], [60, 6]);
  expect(bench.send([{ t: 50, v: -100 }], 61)).toEqual([]);
});

test('semantics 18: a forecast raises before the value has arrived', () => {
  const when: Expression = { op: 'willReach', window: 0, limit: literal(10), withinMs: 60_000 };
  const rule = windowRule({ window: { lengthS: 60, functions: ['slope'] }, when });
  const rise = Array.from({ length: 14 }, (_, i) => [i * 5, i / 2] as const);
  expect(feed(benchOf(boundTo(rule)), ...rise)).toEqual(['raised orange firing @40']);
});

test('semantics 1: a division of a window figure by a value that is zero is unknown, not false', () => {
  const ratio: Expression = {
    op: 'divide',
    left: { op: 'window', fn: 'avg', window: 0 },
    right: input('value'),
  };
  const bench = benchOf(boundTo(windowRule({ window: avg, when: compare('ge', ratio, literal(1)) })));
  feed(bench, [0, 1], [40, 1]);
  expect(tellsOf(bench)).toEqual(['raised reading']);
  feed(bench, [50, 0], [55, 0]);
  expect(tellsOf(bench)).toEqual(['raised reading']);
});

test('semantics 25: the record says what each window said and held, and replays to the same bytes', () => {
  const rule = windowRule({
    window: { lengthS: 60, functions: ['avg', 'max'] },
    when: {
      op: 'and',
      left: figureIs('avg', 'ge', 0.1),
      right: { op: 'or', left: figureIs('max', 'ge', 3), right: figureIs('avg', 'ge', 2) },
    },
  });
  const rules = boundTo(rule);
  const bench = benchOf(rules);
  feed(bench, [0, 0.1], [7, 0.2], [40, 3]);
  // The record is written when it is read, and the windows have gone on by then.
  feed(bench, [41, 9], [200, 9]);
  const [draft] = bench.drafts.filter(({ ruleId }) => ruleId === 'test.rule');
  expect(JSON.parse(draft?.because ?? '{}').asked).toEqual([
    {
      figures: [
        [0, 'avg', 1.1],
        [0, 'max', 3],
      ],
      reaches: [],
      windows: [[0, 3, 1_700_000_000_000, 1_700_000_040_000]],
    },
  ]);
  for (const { ruleId, because } of bench.drafts) {
    expect(because.length).toBeLessThan(8_192);
    expect({ ruleId, because: replay(because, rules) }).toEqual({ ruleId, because });
  }
});

test('semantics 25: an unknown window is named with its cause', () => {
  const rule = windowRule({ window: { ...avg, countMin: 3 }, when: figureIs('avg', 'ge', 5) });
  const [severity] = rule.severities;
  if (!severity) throw new Error('no severity');
  const red = { ...severity, severity: 'red' as const, when: compare('ge', input('value'), literal(9)) };
  const bench = benchOf(boundTo({ ...rule, severities: [severity, red] }));
  feed(bench, [0, 1], [40, 9]);
  const because = bench.drafts.find(({ severity: told }) => told === 'red')?.because ?? '{}';
  expect(JSON.parse(because).unknowns).toEqual([
    { severity: 'orange', inputs: [{ input: 'avg 60 s', cause: 'too little in the window' }] },
  ]);
});

test('semantics 23: two rules that ask equal windows share one ring; it survives a change of the rules, and a new one begins empty', () => {
  const second = { ...avgRule, id: RuleId.parse('test.second') };
  const rules = bindDevice(bookOf(avgRule, second), device());
  expect(rules.sensors[0]?.windows).toHaveLength(1);
  const bench = benchOf(rules);
  feed(bench, [0, 0.9], [20, 0.9]);
  const changed = {
    ...avgRule,
    version: 'v2',
    windows: [windowOf({ lengthS: 30, functions: ['max'] }), windowOf(avg)],
    severities: avgRule.severities.map((severity) => ({ ...severity, when: figureIs('avg', 'ge', 0.8, 1) })),
  };
  const to = boundTo(changed);
  const writer = byteWriter();
  encodeRules(writer, rules, bench.state());
  const after = benchOf(to);
  after.set(decodeRules(byteReader(writer.finish()), to));
  expect(feed(after, [30, 0.9])).toEqual(['raised orange firing @30']);
  expect(to.sensors[0]?.windows).toHaveLength(2);
});

test('semantics 23: a run that waits on a window keeps its start when only the numbers of the windows change', () => {
  const rule = windowRule({ window: avg, when: figureIs('avg', 'ge', 5), forS: 20 });
  const renumbered = {
    ...rule,
    version: 'v2',
    windows: [windowOf({ lengthS: 30, functions: ['max'] }), windowOf(avg)],
    severities: rule.severities.map((severity) => ({ ...severity, when: figureIs('avg', 'ge', 5, 1) })),
  };
  const shapeOfFirst = (of: typeof rule): number | undefined =>
    boundTo(of).conditions[0]?.severities[0]?.shape;
  const longer = { ...rule, windows: [windowOf({ ...avg, lengthS: 61 })] };
  expect(shapeOfFirst(longer)).not.toBe(shapeOfFirst(rule));
  expect(shapeOfFirst(renumbered)).toBe(shapeOfFirst(rule));
});

test('semantics 3, 19: a window of a role that no sensor plays can never be known', () => {
  const rule = windowRule({
    window: { ...avg, role: 'fan' },
    when: figureIs('avg', 'ge', 5),
    roles: { fan: { quantity: 'wind-speed' } },
  });
  expect(boundTo(rule).conditions[0]?.isNeverKnown).toBe(true);
  const wind = { sensorId: 'wind', quantity: 'wind-speed', unit: 'm/s' };
  const rules = boundTo(rule, device([{}, wind]));
  expect(rules.conditions[0]?.isNeverKnown).toBe(false);
  const bench = benchOf(rules);
  bench.send([{ t: 0, v: 6, sensor: 'wind' }]);
  expect(bench.send([{ t: 40, v: 6, sensor: 'wind' }])).toEqual(['raised orange firing @40']);
});

test('semantics 9, 17: a late reading of a role is judged where its windows were judged without it', () => {
  const rule = windowRule({
    window: { ...avg, role: 'fan' },
    when: figureIs('avg', 'ge', 5),
    roles: { fan: { quantity: 'wind-speed' } },
  });
  const wind = { sensorId: 'wind', quantity: 'wind-speed', unit: 'm/s' };
  const bench = benchOf(boundTo(rule, device([{}, wind])));
  bench.send([{ t: 30, v: 6, sensor: 'wind' }]);
  bench.send([{ t: 61, v: 3, sensor: 'wind' }]);
  bench.send([{ t: 62, v: 0 }]);
  expect(bench.send([{ t: 20, v: 8, sensor: 'wind' }], 63)).toEqual(['raised orange firing @61 late']);
});

test('semantics 29: a device whose sensors ask windows but never spoke stores nothing of them', () => {
  const bytes = (rule: typeof avgRule): number => {
    const rules = boundTo(rule);
    const writer = byteWriter();
    encodeRules(writer, rules, benchOf(rules).state());
    return writer.finish().length;
  };
  expect(bytes(avgRule) - bytes({ ...avgRule, windows: [] })).toBeLessThanOrEqual(4);
});
