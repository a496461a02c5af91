import { ruleFor } from '../../cli/proofs/proof-rule.ts';
import { startOf } from '../../cli/proofs/proof-start.ts';
import { readProof } from '../../cli/proofs/read-proof.ts';
import { runCase } from '../../cli/proofs/run-case.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';
import { rfc3339 } from '../../functions/domain/time.ts';

const response =
  'response: { consequence: { zh: 后果, en: A }, cause: { zh: 原因, en: B }, action: { zh: 措施, en: C }, within: 5m }';

const ruleText = `id: coal-mine.test
title: { zh: 测试, en: A test }
trade: coal-mine
standard: { id: AQ 1029-2019, clause: "1", verified: false }
select: { quantity: methane }
unit: "%{vol}"
sensors: { fan: { quantity: fan-state } }
limits:
  site: { tighter: lower, byGrade: { 1: 0.5 }, bySubstance: { "74-82-8": 0.25 }, ask: { zh: 由矿方设定, en: set by the mine } }
severities:
  orange:
    when: 'value >= limits.site || (mode == "emergency" && value > 0)'
    schedule: { zone: Asia/Shanghai, windows: [{ days: daily, from: "06:00", to: "22:00" }] }
    ${response}
  red: { when: 'value >= limits.site + 1 && !sensor("fan").value', ${response} }
silent: off
notEvaluable: yellow
advice: { zh: 撤离, en: leave }
`;

const read = readRuleFile('rules/coal-mine/test.yaml', ruleText);
if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join());
const { rule } = read;

const proofText = `rule: coal-mine.test
sensor: { period: 10s }
set: { limits: { site: 2 } }
cases:
  - { name: a, shows: fires, readings: 1 2, others: { fan: truex1 }, expect: [{ at: 10s, change: raised, severity: orange }] }
  - { name: b, shows: below, readings: 1.9x3, expect: [] }
  - { name: c, shows: recovers, readings: 2 1, expect: [{ at: 0s, change: raised, severity: orange }] }
  - { name: d, shows: quality, set: { limits: { site: 1 } }, readings: 1!calibrating, peers: { methane: [0.4x3] }, expect: [] }
`;

const findings = (from: string, to: string): string[] => {
  expect(proofText).toContain(from);
  const proof = readProof('x.test.yaml', proofText.replace(from, to), rule);
  return proof.ok
    ? []
    : proof.problems.map(
        ({ field, message, remedy }) => `${field}: ${message}${remedy ? ` [${remedy}]` : ''}`,
      );
};

test('a proof may set limits, and say what other sensors and peers send', () => {
  expect(findings('name: a', 'name: a')).toEqual([]);
});

test.each([
  [
    'others: { fan:',
    'others: { fam:',
    'cases.0.others.fam: the rule has no sensor of this name [did you mean `fan`?]',
  ],
  [
    '{ site: 2 }',
    '{ sitee: 2 }',
    'set.limits.sitee: the rule has no limit of this name [did you mean `site`?]',
  ],
  ['truex1', '1x1', 'cases.0.others.fan: 1 is no value of fan-state [write true]'],
  ['readings: 1 2', 'readings: 1 true', 'cases.0.readings: true is no value of methane [write 0.4]'],
  ['{ methane: [', '{ methan: [', 'cases.3.peers.methan: unknown quantity [see docs/rules.md]'],
  [
    '1!calibrating',
    '1',
    'cases.3.shows: does not show `quality`: every reading is good [put a quality into the readings: 1!calibrating]',
  ],
  [
    'expect: [{ at: 10s, change: raised, severity: orange }]',
    'expect: []',
    'cases.0.shows: does not show `fires`: nothing is raised [expect a change: raised, or say what the case shows]',
  ],
])('%j written as %j: %s', (from, to, wanted) => {
  expect(findings(from, to)).toContain(wanted);
});

test.each([
  [{}, undefined],
  [{ grade: 1 }, 0.5],
  [{ grade: 2 }, undefined],
  [{ grade: 1, substance: '74-82-8' }, 0.25],
  [{ grade: 1, limits: { site: 3 } }, 3],
])('a source set as %j has the limit %p', (setting, value) => {
  expect(ruleFor(rule, setting).limits['site']?.value).toBe(value);
});

test('the mode that is set stands in every condition', () => {
  expect(JSON.stringify(ruleFor(rule, { mode: 'emergency' }).severities)).not.toContain('"mode"');
  expect(JSON.stringify(ruleFor(rule, {}).severities)).toContain('"mode"');
});

test.each([
  [undefined, '2026-01-01T00:00:00.000Z'],
  ['21:50', '2026-01-05T13:50:00.000Z'],
  ['sat 06:00', '2026-01-09T22:00:00.000Z'],
  ['2026-10-01 00:00', '2026-09-30T16:00:00.000Z'],
])('a case that starts at %s starts at %s', (start, at) => {
  expect(rfc3339(startOf(rule, start))).toBe(at);
});

test('a start on either side of a change of the clocks is what the clock on the wall shows', () => {
  const berlin = {
    ...rule,
    severities: rule.severities.map((one) => ({
      ...one,
      schedule: { zone: 'Europe/Berlin', windows: [], holidays: [], onHolidays: 'closed' as const },
    })),
  };
  expect(rfc3339(startOf(berlin, '2026-03-29 01:30'))).toBe('2026-03-29T00:30:00.000Z');
  expect(rfc3339(startOf(berlin, '2026-03-29 03:30'))).toBe('2026-03-29T01:30:00.000Z');
});

test('what peers and other sensors raise is not told of the sensor that is proved', () => {
  const plain = { ...rule, severities: rule.severities.slice(0, 1).map(({ schedule: _, ...one }) => one) };
  const proof = readProof(
    'x.test.yaml',
    proofText.replace('readings: 1 2, others: { fan: truex1 }', 'readings: 1 2, peers: { methane: [2.5x3] }'),
    rule,
  );
  if (!proof.ok) throw new Error('the proof has findings');
  const [one] = proof.proof.cases;
  const came = one ? runCase(plain, proof.proof, one) : [];
  expect(came.map(({ at, change, severity }) => [at, change, severity])).toEqual([
    [10_000, 'raised', 'orange'],
  ]);
});
