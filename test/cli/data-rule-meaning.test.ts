import { readRuleFile } from '../../cli/rules/rule-file.ts';
import { findings, rule } from '../support/cli/rule-text.ts';

const dataRule = (select: string, more = ''): string =>
  rule({
    orange: `when: 'stddev("1h") < 0.01 && count("1h") > limits.n'`,
    limits: 'n: { value: 5, unit: "1", tighter: lower }',
  })
    .replace('id: coal-mine.test', 'id: data.test')
    .replace('trade: coal-mine', 'trade: any\nkind: data-quality')
    .replace('select: { quantity: methane }', select)
    .replace('unit: "%{vol}"\n', more);

test('a rule on the quality of data may watch whatever is measured as a number', () => {
  const found = readRuleFile('rules/data/test.yaml', dataRule('select: {}'));
  expect(found).toMatchObject({
    ok: true,
    rule: { trade: 'any', unit: '', scale: 3, select: { quantities: [] } },
  });
});

test('the name of an alert that the system raises by itself is taken', () => {
  const text = dataRule('select: {}').replace('id: data.test', 'id: data.link');
  expect(readRuleFile('rules/data/link.yaml', text)).toMatchObject({
    problems: [{ field: 'id', message: 'is raised by the system itself', remedy: 'choose another name' }],
  });
});

test('a rule on the quality of data may ask of a state without holding anything back', () => {
  const text = dataRule('select: {}').replace('silent:', 'quality: { calibrating: unknown }\nsilent:');
  expect(readRuleFile('rules/data/test.yaml', text)).toMatchObject({
    ok: true,
    rule: { quality: { calibrating: 'unknown', maintenance: 'hold' } },
  });
});

test('a rule on several quantities has a unit only where they share it', () => {
  const several = (unit: string) =>
    readRuleFile('rules/data/test.yaml', dataRule('select: { quantity: [methane, co] }', unit));
  expect(several('')).toMatchObject({
    ok: true,
    rule: { unit: '', scale: 2, select: { quantities: ['methane', 'co'] } },
  });
  expect(several('unit: "%{vol}"\n')).toMatchObject({
    problems: [{ field: 'unit', message: 'the quantities have several units' }],
  });
});

test('a risk says what it measures, and its trade', () => {
  const text = rule({ orange: 'when: value >= limits.alarm' });
  expect(findings(text.replace('select: { quantity: methane }', 'select: {}'))).toContain(
    'select.quantity: is missing [say what the sensor measures]',
  );
  expect(findings(text.replace('trade: coal-mine', 'trade: any'))).toContain(
    'trade: `any` is for kind: data-quality only [name the trade]',
  );
});
