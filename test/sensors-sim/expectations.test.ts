import { clock, judgeRun, matches, type RunFacts } from '../../sensors-sim/scenario/expectations.ts';
import { parseScenario } from '../../sensors-sim/scenario/load.ts';
import type { ObservedChange } from '../../sensors-sim/scenario/observed.ts';
import type { Scenario } from '../../sensors-sim/scenario/schema.ts';

const startAt = 1_000_000;

function scenario(expectations: string): Scenario {
  const loaded = parseScenario(
    `{ name: x, title: { zh: 一, en: x }, story: s, runs: [virtual], seed: "1", startsAt: "2026-03-02T00:00:00+08:00", duration: 60s, expect: ${expectations} }`,
    'x.yaml',
  );
  if (!loaded.ok) throw new Error(loaded.errors.join('\n'));
  return loaded.scenario;
}

const change = (of: Partial<ObservedChange> = {}): ObservedChange => ({
  alertId: 'a1',
  version: 1,
  ruleId: 'gas.leak',
  subject: 'd1/s1',
  change: 'raised',
  severity: 'orange',
  at: startAt + 10_000,
  phenomenonAt: startAt + 9_000,
  ...of,
});

const facts = (changes: readonly ObservedChange[], of: Partial<RunFacts> = {}): RunFacts => ({
  startAt,
  changes,
  refusedCount: 0,
  quarantinedCount: 0,
  unacknowledgedCount: 0,
  droppedCount: 0,
  ...of,
});

const reasons = (
  expectations: string,
  changes: readonly ObservedChange[],
  of: Partial<RunFacts> = {},
): readonly string[] => {
  const verdict = judgeRun(scenario(expectations), facts(changes, of));
  return verdict.ok ? [] : verdict.reasons;
};

const expected = (of = ''): string =>
  `{ alerts: [{ rule: gas.leak, subject: d1/s1, change: raised, severity: orange, between: [5s, 15s]${of} }] }`;

test('a run in which every expected change came is ok', () => {
  expect(reasons(expected(), [change()])).toEqual([]);
});

test('a missing change fails and says what the rule did say', () => {
  expect(reasons(expected(), [])).toEqual([
    'missing: raised orange of gas.leak on d1/s1 between +00:05 and +00:15; that rule said nothing of that subject',
  ]);
  expect(reasons(expected(), [change({ at: startAt + 16_000 })])[0]).toContain(
    'it said +00:16 raised orange gas.leak d1/s1',
  );
});

test.each([
  [4_999, false],
  [5_000, true],
  [15_000, true],
  [15_001, false],
])('a change at %i ms is within its time: %s', (at, isOk) => {
  expect(reasons(expected(), [change({ at: startAt + at })]).length === 0).toBe(isOk);
});

test('the phenomenon time counts where it is named', () => {
  expect(reasons(expected(', phenomenon: [8s, 10s]'), [change()])).toEqual([]);
  expect(reasons(expected(', phenomenon: [1s, 2s]'), [change()])).toHaveLength(2);
});

test('one change is enough for one expectation only', () => {
  const twice = expected().replace(
    '[{',
    '[{ rule: gas.leak, subject: d1/s1, change: raised, severity: orange, between: [5s, 15s] }, {',
  );
  expect(reasons(twice, [change()])).toHaveLength(1);
  expect(reasons(twice, [change(), change({ version: 2, change: 'occurrence' })])).toEqual([]);
});

test('a notification that came twice is one change', () => {
  expect(reasons(expected(), [change(), change()])).toEqual([]);
});

test.each(['raised', 'occurrence', 'severity-up', 'stale'])('a %s that nobody expected fails', (name) => {
  expect(reasons('{}', [change({ change: name })])).toEqual([
    `not expected: +00:10 ${name} orange gas.leak d1/s1`,
  ]);
});

test.each(['recovered', 'severity-down', 'firing-again'])('a %s may come unasked', (name) => {
  expect(reasons('{}', [change({ change: name })])).toEqual([]);
});

test('what is allowed may come and what must never come fails even then', () => {
  expect(reasons('{ allow: [{ rule: "gas.*" }] }', [change()])).toEqual([]);
  expect(reasons('{ allow: [{ rule: "gas.*" }], never: [{ severity: orange }] }', [change()])).toEqual([
    'must not come: +00:10 raised orange gas.leak d1/s1',
  ]);
});

test('what was decided before the start or after the end is not of this run', () => {
  expect(reasons('{}', [change({ at: startAt - 1 }), change({ version: 2, at: startAt + 60_001 })])).toEqual(
    [],
  );
  expect(reasons('{}', [change({ at: startAt })])).toHaveLength(1);
  expect(reasons('{}', [change({ at: startAt + 60_000 })])).toHaveLength(1);
});

test('lost packs and too few refusals fail a run', () => {
  expect(
    reasons('{ refusedMin: 2, quarantinedMin: 3 }', [], {
      refusedCount: 1,
      quarantinedCount: 2,
      unacknowledgedCount: 4,
      droppedCount: 5,
    }),
  ).toEqual([
    '1 messages refused by the broker, expected at least 2',
    '2 messages in quarantine, expected at least 3',
    '4 packs were never acknowledged',
    '5 packs fell out of a full outbox',
  ]);
});

test('where a run cannot see the quarantine it is not judged', () => {
  expect(reasons('{ quarantinedMin: 3 }', [], { quarantinedCount: undefined })).toEqual([]);
});

test.each([
  ['a.b', 'a.b', true],
  ['a.b', 'a.bc', false],
  ['*', 'anything', true],
  ['gas.*', 'gas.leak', true],
  ['gas.*', 'agas.leak', false],
  ['*/s1', 'd1/s1', true],
  ['d*/s*1', 'd12/s21', true],
  ['ab*ba', 'aba', false],
  ['a.b', 'aXb', false],
])('pattern %s on %s: %s', (pattern, text, isMatch) => {
  expect(matches(pattern, text)).toBe(isMatch);
});

test.each([
  [0, '+00:00'],
  [65_000, '+01:05'],
  [-5_000, '-00:05'],
  [3_600_000, '+1:00:00'],
  [90_061_000, '+1d 01:01:01'],
])('%i ms since the start is told as %s', (ms, text) => {
  expect(clock(ms)).toBe(text);
});
