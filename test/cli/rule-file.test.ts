import { readFile } from 'node:fs/promises';
import { renderProblem } from '../../cli/rules/problem.ts';
import { readRuleFile } from '../../cli/rules/rule-file.ts';
import { limitCountMax } from '../../functions/domain/rules/schema/limit.ts';
import { durationMaxMs, durationOf } from '../../functions/domain/rules/schema/words.ts';

const file = 'rules/gas/test.rule.yaml';

/** What ISA-18.2 asks, on the same line as the severity, so that line numbers stay small. */
const response =
  'response: { consequence: { zh: 后果, en: A }, cause: { zh: 原因, en: B }, action: { zh: 措施, en: C }, within: 5m }';

const good = `id: gas.test.rule
title: { zh: 测试, en: A test }
trade: gas
standard: { id: GB/T 50493-2019, clause: "5.5.2", verified: false }
select: { quantity: combustible-gas }
unit: "%{LEL}"
limits:
  alarm: { value: 25, tighter: lower }
  high: { value: 50, tighter: lower }
severities:
  orange: { when: value >= limits.alarm, clear: value < limits.alarm, clearFor: 1h30m, ${response} }
  red: { when: value >= limits.high, for: 10s, ${response} }
silent: { severity: yellow }
notEvaluable: yellow
advice: { zh: "{sensor} 撤离", en: "leave {source}" }
`;

const problems = (text: string) => {
  const read = readRuleFile(file, text);
  return read.ok ? [] : read.problems;
};

/** The findings of the good file with one piece of it replaced. */
const after = (from: string, to: string): string[] => {
  expect(good).toContain(from);
  return problems(good.replace(from, to)).map(
    ({ field, line, message, remedy }) => `${line} ${field}: ${message}${remedy ? ` [${remedy}]` : ''}`,
  );
};

test('a good file becomes a rule with its defaults filled in', () => {
  const read = readRuleFile(file, good);
  expect(read).toMatchObject({
    ok: true,
    rule: {
      id: 'gas.test.rule',
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
      kind: 'risk',
      scale: 1,
      limits: { alarm: { value: 25, standard: 'GB/T 50493-2019', clause: '5.5.2', verified: false } },
      severities: [
        { severity: 'orange', forMs: 0, clearForMs: 5_400_000 },
        { severity: 'red', forMs: 10_000, clearForMs: 0 },
      ],
      silent: { severity: 'yellow' },
      quality: {
        calibrating: 'hold',
        maintenance: 'hold',
        fault: 'stale',
        'over-range': 'raise',
        unknown: 'unknown',
      },
      maxHoldMs: 1_800_000,
    },
  });
});

test('severities are ordered by gravity, however they are written', () => {
  const swapped = good.replace(/( {2}orange: .*\n)( {2}red: .*\n)/, '$2$1');
  const read = readRuleFile(file, swapped);
  expect(read.ok && read.rule.severities.map(({ severity }) => severity)).toEqual(['orange', 'red']);
});

test('a comment changes no version, a limit does', () => {
  const versionOf = (text: string) => {
    const read = readRuleFile(file, text);
    return read.ok ? read.rule.version : undefined;
  };
  expect(versionOf(`# why\n${good}`)).toBe(versionOf(good));
  expect(versionOf(good.replace('value: 50', 'value: 51'))).not.toBe(versionOf(good));
});

test.each([
  [
    'trade: gas',
    'trade: gaz',
    '3 trade: must be one of coal-mine, gas, chemical, construction, transport, any [did you mean `gas`?]',
  ],
  ['title:', 'titel:', '2 titel: unknown field [did you mean `title`?]'],
  [
    'tighter: lower }\n  high',
    'tigher: lower }\n  high',
    '8 limits.alarm.tigher: unknown field [did you mean `tighter`?]',
  ],
  ['  orange: {', '  orang: {', '11 severities.orang: unknown field [did you mean `orange`?]'],
  [
    'clearFor: 1h30m',
    'clearfor: 1h30m',
    '11 severities.orange.clearfor: unknown field [did you mean `clearFor`?]',
  ],
  [
    'clearFor: 1h30m',
    'clearFor: 90',
    '11 severities.orange.clearFor: must be a duration such as 30s, 10m or 1h30m',
  ],
  ['for: 10s', 'for: 10 s', '12 severities.red.for: must be a duration such as 30s, 10m or 1h30m'],
  ['for: 10s', 'for: 30m1h', '12 severities.red.for: must be a duration such as 30s, 10m or 1h30m'],
  ['value: 25', 'value: "25"', '8 limits.alarm.value: must be a number'],
  ['value: 25', 'value: .nan', '8 limits.alarm.value: must be a number'],
  ['alarm: { value: 25', 'Alarm: { value: 25', '8 limits.Alarm: the name must be a camelCase name'],
  ['unit: "%{LEL}"', 'unit: "%{vol}"', '6 unit: must be the unit of combustible-gas [write %{LEL}]'],
  [
    'value: 25, ',
    'value: 25, unit: "%{vol}", ',
    '11 severities.orange.when: compares %{LEL} with %{vol} [say the unit of the figure: limits.alarm with unit: "%{LEL}"]',
  ],
  [
    'combustible-gas',
    'combustable-gas',
    '5 select.quantity: unknown quantity combustable-gas [did you mean `combustible-gas`?]',
  ],
  [
    'value: 25,',
    'value: 25.00001,',
    '8 limits.alarm.value: has more than 4 decimal places [round it: what is computed has 4]',
  ],
  [
    'id: gas.test.rule',
    'id: chemical.test.rule',
    '1 id: must begin with its trade [rename it to gas.chemical.test.rule]',
  ],
  [
    'id: gas.test.rule',
    'id: gas.other.rule',
    '1 id: belongs into rules/gas/other.rule.yaml [move the file, or correct the id]',
  ],
  [
    '{ severity: yellow }',
    '{ severity: pink }',
    '13 silent.severity: must be one of signal, blue, yellow, orange, red',
  ],
  [
    '{ severity: yellow }',
    '30s',
    '13 silent: must be `off`, or a severity and perhaps `after`, such as { after: 30s, severity: orange }',
  ],
  [
    '{ severity: yellow }',
    '{ after: 1x, severity: yellow }',
    '13 silent.after: must be a duration such as 30s, 10m or 1h30m',
  ],
  ['{sensor} 撤离', '{sensr} 撤离', '15 advice.zh: unknown placeholder {sensr} [did you mean {sensor}?]'],
  [
    'leave {source}',
    'leave {source',
    '15 advice.en: a brace without its partner [placeholders are {value}, {unit}, {limit}, {sensor}, {source}]',
  ],
  ['en: A test', 'en: "{value} test"', '2 title.en: a title has no placeholders [put them into advice]'],
  ['zh: 测试', 'zh: test', '2 title.zh: holds no Chinese [write it in Chinese]'],
  ['en: A test', 'en: 测试', '2 title.en: holds Chinese [write it in English]'],
  [
    'notEvaluable: yellow',
    'kind: risk',
    '1 notEvaluable: is missing: a rule with red must say it [say how grave it is that nobody can judge, such as notEvaluable: yellow]',
  ],
  [
    'value >= limits.alarm, clear',
    'vlaue >= limits.alarm, clear',
    '11 severities.orange.when: unknown name `vlaue` [did you mean `value`?]',
  ],
  [
    'clear: value < limits.alarm',
    'clear: value < limits.high',
    '11 severities.orange.clear: at value 25 both when and clear of orange are true [move clear out of the zone of when]',
  ],
])('%j written as %j: %s', (from, to, wanted) => {
  expect(after(from, to).join('\n')).toContain(wanted);
});

test('a limit that no condition uses is a finding', () => {
  const text = good.replace('  high: {', '  spare: { value: 60, tighter: lower }\n  high: {');
  expect(problems(text)).toMatchObject([{ field: 'limits.spare', message: 'no condition uses this limit' }]);
});

test('a graver severity that always overtakes a lighter one is a finding', () => {
  const text = good.replace('value: 50', 'value: 20').replace(', for: 10s', '');
  expect(problems(text)).toMatchObject([
    { field: 'severities.red.when', message: 'red is raised whenever orange is, and no later' },
  ]);
});

test('the same condition is allowed for a graver severity that waits longer', () => {
  const text = good
    .replace('when: value >= limits.high', 'when: value >= limits.alarm')
    .replace(/ {2}high: .*\n/, '');
  expect(problems(text)).toEqual([]);
});

test('all findings come at once, also in conditions below a field that is wrong', () => {
  const text = good
    .replace('trade: gas', 'trade: gaz')
    .replace('value >= limits.high', 'vlaue >= limits.hihg')
    .replace('silent:', 'silnt:');
  expect(problems(text).map(({ field }) => field)).toEqual([
    'silent',
    'trade',
    'severities.red.when',
    'severities.red.when',
    'silnt',
  ]);
});

test('a finding is told with its line, a caret and the remedy', () => {
  const [problem] = problems(good.replace('value >= limits.alarm, clear', 'value >= limits.alrm, clear'));
  expect(problem && renderProblem(problem).split('\n')).toEqual([
    'rules/gas/test.rule.yaml:11:28  severities.orange.when: unknown name `limits.alrm`',
    expect.stringContaining(
      '   11 |   orange: { when: value >= limits.alrm, clear: value < limits.alarm, clearFor: 1h30m',
    ),
    '      |                            ^',
    '      fix: did you mean `limits.alarm`?',
  ]);
});

test('control characters and direction overrides of a file do not reach the terminal', () => {
  const [problem] = problems(good.replace('trade: gas', 'trade: "g\\u001b[2J\u202eas"'));
  expect(problem && renderProblem(problem).split('\n').join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('a condition in quotes or over several lines is still located', () => {
  const quoted = problems(good.replace('when: value >= limits.high', 'when: "value >= limits.hihg"'));
  expect(quoted).toMatchObject([{ line: 12, column: 26 }]);
  const folded = good.replace(
    / {2}red: .*\n/,
    `  red:\n    ${response}\n    when: >-\n      value >= 1 &&\n      vlaue < 2\n`,
  );
  expect(problems(folded)[0]).toMatchObject({ line: 14, field: 'severities.red.when' });
});

test.each([
  ['30s', 30_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1d1h1m1s', 90_061_000],
  ['0s', 0],
])('%s is %i ms', (text, ms) => {
  expect(durationOf(text)).toBe(ms);
});

test.each(['', '30', 's', '1.5h', '-1s', '30m1h', '1h 30m', '10S', '1w', '٣s'])(
  '%j is no duration',
  (text) => {
    expect(durationOf(text)).toBeUndefined();
  },
);

test.each([
  [-1_000, true],
  [0, true],
  [1_000, false],
])('a duration of the longest and %i ms is accepted: %s', (more, accepted) => {
  const text = good.replace('for: 10s', `for: ${(durationMaxMs + more) / 1_000}s`);
  expect(problems(text).length === 0).toBe(accepted);
});

test.each([
  [limitCountMax - 1, true],
  [limitCountMax, true],
  [limitCountMax + 1, false],
])('%i limits are accepted: %s', (many, accepted) => {
  const names = Array.from({ length: many - 2 }, (_, i) => `l${i}`);
  const limits = names.map((name) => `  ${name}: { value: 50, tighter: lower }\n`).join('');
  const uses = names.map((name) => ` || value >= limits.${name}`).join('');
  const text = good
    .replace('severities:', `${limits}severities:`)
    .replace('value >= limits.high', `value >= limits.high${uses}`);
  expect(problems(text).length === 0).toBe(accepted);
});

test('a file of this folder is found by its id', async () => {
  const path = 'rules/coal-mine/methane.coal-face.yaml';
  const read = readRuleFile(path, await readFile(path, 'utf8'));
  expect(read.ok && read.rule.id).toBe('coal-mine.methane.coal-face');
});
