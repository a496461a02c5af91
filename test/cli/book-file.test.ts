import { readBookFile } from '../../cli/rules/book-file.ts';
import { resolveCorrelations } from '../../cli/rules/correlations.ts';
import { RuleId } from '../../functions/domain/ids.ts';
import { correlationDepthMax } from '../../functions/domain/rules/correlation-rule.ts';
import { methaneRule } from '../support/methane-rule.ts';

const file = 'rules/coal-mine/methane.pair.yaml';

const good = `id: coal-mine.methane.pair
title: { zh: 两个测点同时超限, en: Two sensors over limit }
trade: coal-mine
standard: { id: site value, clause: set by the mine, verified: false }
correlate: { within: 5m, per: source, count: { of: [coal-mine.methane.coal-face], least: 2, severity: orange } }
severity: red
clearFor: 1m
role: root-cause
response: { consequence: { zh: 后果, en: A }, cause: { zh: 原因, en: B }, action: { zh: 措施, en: C }, within: 5m }
advice: { zh: 撤离, en: leave }
`;

function open(text: string, path = file) {
  const read = readBookFile(path, text);
  if (read.kind === 'correlation') return read.open;
  throw new Error(JSON.stringify(read));
}

const findings = (text: string): string[] => {
  const read = readBookFile(file, text);
  const problems =
    read.kind === 'broken'
      ? read.problems
      : read.kind === 'correlation'
        ? resolveCorrelations([read.open], [methaneRule]).problems
        : [];
  return problems.map(({ field, message, remedy }) => `${field}: ${message}${remedy ? ` [${remedy}]` : ''}`);
};

test('semantics 20: a rule over alerts becomes a correlation rule of the book', () => {
  expect(resolveCorrelations([open(good)], [methaneRule])).toMatchObject({
    problems: [],
    correlations: [
      {
        id: 'coal-mine.methane.pair',
        version: expect.stringMatching(/^[0-9a-f]{16}$/),
        subject: 'source',
        pattern: {
          kind: 'count',
          of: { rules: ['coal-mine.methane.coal-face'], severityMin: 'orange' },
          count: 2,
        },
        withinMs: 300_000,
        severity: 'red',
        clearForMs: 60_000,
        role: 'root-cause',
        response: { withinMs: 300_000 },
      },
    ],
  });
});

test('the beginning of an id stands for every rule that has it, not for the rule itself', () => {
  const text = good.replace('[coal-mine.methane.coal-face]', '[coal-mine.*]');
  const other = { ...methaneRule, id: RuleId.parse('coal-mine.methane.return') };
  expect(resolveCorrelations([open(text)], [methaneRule, other]).correlations[0]?.pattern).toMatchObject({
    of: { rules: ['coal-mine.methane.coal-face', 'coal-mine.methane.return'] },
  });
});

test('sensors that carry the same tag are a group', () => {
  const text = good.replace('per: source', 'per: "group:face-"');
  expect(resolveCorrelations([open(text)], [methaneRule]).correlations[0]).toMatchObject({
    subject: 'group',
    groupTagPrefix: 'face-',
  });
});

test.each([
  ['sequence', 'first', 'then'],
  ['absence', 'first', 'without'],
])('%s has two kinds of members', (kind, first, second) => {
  const members = '{ of: [coal-mine.methane.coal-face] }';
  const text = good.replace(/count: \{.*\} \}/, `${kind}: { ${first}: ${members}, ${second}: ${members} } }`);
  expect(resolveCorrelations([open(text)], [methaneRule]).correlations[0]?.pattern).toMatchObject({
    kind,
    [first]: { severityMin: 'signal' },
    [second]: { rules: ['coal-mine.methane.coal-face'] },
  });
});

test.each([
  [
    '[coal-mine.methane.coal-face]',
    '[coal-mine.methane.coal-fase]',
    'correlate.count.of.0: there is no rule coal-mine.methane.coal-fase [did you mean `coal-mine.methane.coal-face`?]',
  ],
  [
    '[coal-mine.methane.coal-face]',
    '[gas.*]',
    'correlate.count.of.0: no rule begins with gas.* [see tocsin rules list]',
  ],
  ['least: 2', 'lest: 2', 'correlate.count.lest: unknown field [did you mean `least`?]'],
  [
    'per: source',
    'per: sourse',
    'correlate.per: must be device, source, site, or group: and the beginning of a tag, such as group:face-',
  ],
  ['within: 5m, per', 'within: 0s, per', 'correlate.within: must be longer than 0s'],
  [/count: \{.*\} \}/, '}', 'correlate: has no pattern [write one of count, sequence, absence]'],
  [
    /response: .*\n/,
    '',
    'response: is missing: from blue to red an alarm says what to do [write response: { consequence, cause, action, within }, each text with zh and en]',
  ],
  ['severity: red', 'severity: red\nselect: { quantity: methane }', 'select: unknown field [known here: '],
  ['id: coal-mine', 'id: gas', 'id: must begin with its trade [rename it to coal-mine.gas.methane.pair]'],
])('%j written as %j: %s', (from, to, wanted) => {
  expect(findings(good.replace(from, to)).join('\n')).toContain(wanted);
});

/** Rules of which each stands upon the one before. */
const tower = (height: number) =>
  Array.from({ length: height }, (_, i) =>
    open(
      good
        .replace('coal-mine.methane.pair', `coal-mine.level-${i}`)
        .replace(
          '[coal-mine.methane.coal-face]',
          i === 0 ? '[coal-mine.methane.coal-face]' : `[coal-mine.level-${i - 1}]`,
        ),
      `rules/coal-mine/level-${i}.yaml`,
    ),
  );

test.each([
  [correlationDepthMax - 1, 0],
  [correlationDepthMax, 0],
  [correlationDepthMax + 1, 1],
])('semantics 20: correlation rules %i high upon each other have %i findings', (height, many) => {
  expect(resolveCorrelations(tower(height), [methaneRule]).problems).toHaveLength(many);
});

test('semantics 20: rules that stand upon each other in a circle are refused', () => {
  const [a, b] = [
    ['a', 'b'],
    ['b', 'a'],
  ].map(([id, of]) =>
    open(
      good
        .replace('coal-mine.methane.pair', `coal-mine.${id}`)
        .replace('[coal-mine.methane.coal-face]', `[coal-mine.${of}]`),
      `rules/coal-mine/${id}.yaml`,
    ),
  );
  if (!a || !b) throw new Error('unreachable');
  expect(resolveCorrelations([a, b], []).problems.map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining('stands upon itself: coal-mine.')]),
  );
});

const tombstone = `id: coal-mine.methane.old
retired: { by: li, reason: replaced by coal-mine.methane.coal-face, date: "2026-11-28" }
`;

test('semantics 23: a file with nothing but its end is a tombstone', () => {
  expect(readBookFile('rules/coal-mine/methane.old.yaml', tombstone)).toEqual({
    kind: 'retired',
    tombstone: {
      id: 'coal-mine.methane.old',
      by: 'li',
      reason: 'replaced by coal-mine.methane.coal-face',
      date: '2026-11-28',
    },
  });
});

test.each([
  ['by: li, ', '', 'retired.by: is missing [Who decided it]'],
  ['"2026-11-28"', '"2026-02-29"', 'retired.date: is no day of the calendar'],
  ['retired:', 'unit: "%"\nretired:', 'unit: unknown field [known here: id, retired]'],
  [
    'methane.old',
    'methane.pair2',
    'id: belongs into rules/coal-mine/methane.pair2.yaml [move the file, or correct the id]',
  ],
])('a tombstone with %j as %j: %s', (from, to, wanted) => {
  const text = tombstone
    .replace(from, to)
    .replace(wanted.startsWith('id') ? '' : 'methane.old', wanted.startsWith('id') ? '' : 'methane.pair');
  expect(findings(text)).toContain(wanted);
});
