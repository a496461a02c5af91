import { limitCountMax } from '../../../../functions/domain/rules/schema/limit.ts';
import { roleCountMax } from '../../../../functions/domain/rules/schema/select.ts';
import { letCountMax, RuleFile } from '../../../../functions/domain/rules/schema.ts';

const text = { zh: '规则', en: 'rule' };
const given = {
  id: 'coal-mine.test.rule',
  title: text,
  trade: 'coal-mine',
  standard: { id: 'AQ 1029-2019', clause: '7.2', verified: false },
  select: { quantity: 'methane' },
  severities: { orange: { when: 'value >= 1' } },
  silent: 'off',
  advice: text,
};
const wrongWith = (more: Readonly<Record<string, unknown>>): readonly string[] =>
  RuleFile.safeParse({ ...given, ...more }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  ) ?? [];
const many = (count: number, what: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, what]));

test('what a rule file leaves out is nothing, and its kind is a risk', () => {
  expect(RuleFile.parse(given)).toEqual({
    ...given,
    kind: 'risk',
    sensors: {},
    let: {},
    limits: {},
    quality: {},
  });
});

test('a rule has at least one severity', () => {
  expect(wrongWith({ severities: {} })).toEqual(['severities: must hold at least one severity']);
  const two = { orange: { when: 'value >= 1' }, red: { when: 'value >= 2' } };
  expect(wrongWith({ severities: two })).toEqual([]);
});

test.each([
  ['limits', limitCountMax, 'limits', { value: 1, tighter: 'lower' }],
  ['sensors', roleCountMax, 'sensors', { quantity: 'co' }],
  ['let', letCountMax, 'names', 'value > 1'],
])('of %s a rule holds at most %i', (field, max, what, one) => {
  expect(wrongWith({ [field]: many(max - 1, one) })).toEqual([]);
  expect(wrongWith({ [field]: many(max, one) })).toEqual([]);
  expect(wrongWith({ [field]: many(max + 1, one) })).toEqual([`${field}: must hold at most ${max} ${what}`]);
});

test('a field that is unknown is refused', () => {
  expect(wrongWith({ sevrities: {} })).toHaveLength(1);
  expect(wrongWith({ unit: '' })).toHaveLength(1);
});
