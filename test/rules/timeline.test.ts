import { compare, holds } from '../../cli/proofs/compare.ts';
import { type Case, ProofFile } from '../../cli/proofs/proof-file.ts';
import type { Came } from '../../cli/proofs/run-case.ts';
import { timeline } from '../../cli/proofs/timeline.ts';
import { durationText } from '../../cli/rules/duration-text.ts';

const raised: Came = {
  at: 20_000,
  change: 'raised',
  severity: 'orange',
  condition: 'firing',
  trigger: 'reading',
  marks: [],
  rule: 'gas.a.b',
};

function proofWith(expected: object[]): { proof: ProofFile; one: Case } {
  const proof = ProofFile.parse({
    rule: 'gas.a.b',
    sensor: { period: '10s' },
    cases: [{ name: 'it fires', shows: 'fires', readings: '1x30', expect: expected }],
  });
  const [one] = proof.cases;
  if (!one) throw new Error('no case');
  return { proof, one };
}

const agree = (expected: object, came: Came = raised): boolean =>
  holds(compare('gas.a.b', proofWith([expected]).one, [came]));

const wanted = { at: '20s', change: 'raised', severity: 'orange' };

test('an expectation agrees with what it does not speak of', () => {
  expect(agree(wanted)).toBe(true);
  expect(agree(wanted, { ...raised, marks: ['held'], trigger: 'deadline' })).toBe(true);
});

test.each([
  ['time', { ...wanted, at: '21s' }],
  ['change', { ...wanted, change: 'severity-up' }],
  ['severity', { ...wanted, severity: 'red' }],
  ['condition', { ...wanted, condition: 'stale' }],
  ['trigger', { ...wanted, trigger: 'deadline' }],
  ['marks', { ...wanted, marks: ['held'] }],
  ['rule', { ...wanted, rule: 'data.fault' }],
])('an expectation that differs in %s does not agree', (_, expected) => {
  expect(agree(expected)).toBe(false);
});

test('the order of marks does not matter, an empty list means none', () => {
  expect(agree({ ...wanted, marks: ['late', 'held'] }, { ...raised, marks: ['held', 'late'] })).toBe(true);
  expect(agree({ ...wanted, marks: [] })).toBe(true);
  expect(agree({ ...wanted, marks: [] }, { ...raised, marks: ['late'] })).toBe(false);
});

test('a transition that comes twice is expected once and unexpected once', () => {
  const { one } = proofWith([wanted]);
  expect(compare('gas.a.b', one, [raised, raised]).map(({ kind }) => kind)).toEqual(['both', 'extra']);
});

test('a timeline shows what was expected beside what came, and leaves quiet stretches out', () => {
  const { proof, one } = proofWith([{ ...wanted, at: '30s' }]);
  expect(timeline(proof, one, [raised])).toBe(
    [
      'FAIL gas.a.b: it fires',
      '          0s  1',
      '         10s  1',
      '         20s  1',
      '         20s              + raised orange (gas.a.b, firing, reading)   came, was not expected',
      '         30s  1',
      '         30s              - raised orange   expected, did not come',
      '         40s  1',
      '              … 25 more',
      '          5m  1',
    ].join('\n'),
  );
});

test.each([
  [0, '0s'],
  [10_000, '10s'],
  [5_400_000, '1h30m'],
  [90_061_001, '1d1h1m1s1ms'],
])('%i ms is written %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
