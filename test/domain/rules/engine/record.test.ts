import { recordBytesMax } from '../../../../functions/domain/rules/engine/record.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, compare, input, limit, literal, ruleOf } from '../../../support/engine/rules.ts';

test('semantics 25: the record holds inputs, verdicts, unknowns with their cause, limits with their origin, timers and `now`', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'orange', at: 1 },
      { severity: 'red', at: 2 },
    ],
  });
  const unset = compare('ge', input('value'), input('limits.unset'));
  const severities = rule.severities.map((severity) =>
    severity.severity === 'red' ? { ...severity, when: unset } : severity,
  );
  const bench = benchOf(boundTo({ ...rule, severities, limits: { ...rule.limits, other: limit(5) } }));
  bench.send([{ t: 0, v: 1, life: 0.5 }], 1);
  const [draft] = bench.drafts.filter(({ ruleId }) => ruleId === 'test.rule');
  const record = JSON.parse(draft?.because ?? '{}');
  expect(record).toMatchObject({
    rule: 'test.rule',
    ruleVersion: 'v1',
    sensor: 'ch4',
    change: 'raised',
    condition: 'firing',
    severity: 'orange',
    trigger: 'reading',
    now: 1_700_000_001_000,
    phenomenonAt: 1_700_000_000_000,
    input: { kind: 'readings', readings: [{ value: 1, quality: 'good', lifeAt: 1_700_000_000_500 }] },
    verdicts: [
      { severity: 'orange', when: true, clears: false },
      { severity: 'red', when: null, clears: false },
    ],
    unknowns: [{ severity: 'red', inputs: [{ input: 'limits.unset', cause: 'unset limit' }] }],
    limits: { orange: { value: 1, origin: 'rule', standard: 'TEST 1', clause: '1', verified: true } },
    timing: { graceMs: 30_000, silentAfterMs: 30_000 },
    before: { machines: [{}, {}] },
    after: { machines: [{ phase: 2 }, {}], toldRank: 3 },
  });
  expect(Object.keys(record.limits)).toEqual(['orange']);
});

test('semantics 25: unknowns say why', () => {
  const rule = ruleOf();
  const when = compare('ge', { op: 'divide', left: literal(1), right: input('value') }, literal(1));
  const severities = rule.severities.map((severity) => ({ ...severity, when }));
  const causes = (given: object) => {
    const bench = benchOf(boundTo({ ...rule, severities }));
    feed(bench, [0, 1]);
    bench.send([{ t: 5, v: 0, ...given }]);
    // The next breach of silence tells nothing of the reading, so the record is made by a fault that makes it stale.
    return bench.drafts.flatMap(({ because }) => JSON.parse(because).unknowns ?? []);
  };
  expect(causes({ q: 'fault' })).toEqual([
    { severity: 'orange', inputs: [{ input: 'value', cause: 'quality fault' }] },
  ]);
});

test('semantics 25: a record never outgrows its bound, and replays all the same', () => {
  const limits = Object.fromEntries(
    Array.from({ length: 16 }, (_, i) => [
      `limit${i}`,
      { ...limit(1), standard: '标'.repeat(80), clause: '条'.repeat(80) },
    ]),
  );
  const rule = ruleOf();
  const severities = rule.severities.map((severity) => ({
    ...severity,
    when: Object.keys(limits).reduce(
      (when, name) => ({
        op: 'or' as const,
        left: when,
        right: compare('ge', input('value'), input(`limits.${name}`)),
      }),
      severity.when,
    ),
  }));
  const rules = boundTo({ ...rule, severities, limits: { ...rule.limits, ...limits } });
  const bench = benchOf(rules);
  feed(bench, [0, 1]);
  const because = bench.drafts[0]?.because ?? '';
  expect(Buffer.byteLength(because)).toBeLessThanOrEqual(recordBytesMax);
  expect(JSON.parse(because).dropped).toEqual(['limits']);
  expect(replay(because, rules)).toBe(because);
});

test('semantics 25: under other rules a replay shows what would have been', () => {
  const bench = benchOf(boundTo(ruleOf()));
  feed(bench, [0, 1]);
  const because = bench.drafts[0]?.because ?? '';
  const graver = boundTo(ruleOf({ levels: [{ severity: 'red', at: 1 }], version: 'v2' }));
  expect(JSON.parse(replay(because, graver))).toMatchObject({ severity: 'red', ruleVersion: 'v2' });
  expect(replay(because, boundTo(ruleOf({ levels: [{ severity: 'orange', at: 5 }], version: 'v3' })))).toBe(
    '',
  );
});

test('a text that is no decision record is refused, and one of a rule that does not watch the sensor too', () => {
  const rules = boundTo(ruleOf());
  expect(() => replay('{}', rules)).toThrow('rule');
  expect(() => replay('{"rule":"test.other","sensor":"ch4"}', rules)).toThrow(
    'these rules have no test.other on sensor ch4',
  );
});
