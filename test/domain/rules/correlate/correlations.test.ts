import { readRuleBook } from '../../../../functions/adapters/rule-book/read-rule-book.ts';
import { RuleId } from '../../../../functions/domain/ids.ts';
import { bookFormat } from '../../../../functions/domain/rules/book.ts';
import { correlationsOf } from '../../../../functions/domain/rules/correlate/correlations.ts';
import { correlationDepthMax } from '../../../../functions/domain/rules/correlation-rule.ts';
import { absenceRule, any, countRule, cut, fan, gas } from '../../../support/correlations.ts';

const idOf = (level: number) => RuleId.parse(`test.level-${level}`);
const over = (level: number, member: RuleId) =>
  countRule(1, { id: idOf(level), pattern: { kind: 'count', of: any(member), count: 1 } });
/** Each over the one below; the lowest over a plain rule. */
const tower = (height: number) =>
  Array.from({ length: height }, (_, level) => over(level, level === 0 ? gas : idOf(level - 1)));

describe('semantics 20: which correlations name a rule', () => {
  test('each selection of a pattern names its rules, once', () => {
    const absent = absenceRule();
    const twice = countRule(2, { id: idOf(1), pattern: { kind: 'count', of: any(gas, gas), count: 2 } });
    const correlations = correlationsOf([absent, twice]);
    expect(correlations.naming(gas)).toEqual([absent, twice]);
    expect(correlations.naming(cut)).toEqual([absent]);
    expect(correlations.naming(fan)).toEqual([]);
    expect(correlations.byId(idOf(1))).toBe(twice);
  });

  test.each([[-1], [0]])('%i beside the greatest depth is taken', (beside) => {
    expect(() => correlationsOf(tower(correlationDepthMax + beside))).not.toThrow();
  });

  test('one deeper is refused, and so is a circle', () => {
    expect(() => correlationsOf(tower(correlationDepthMax + 1))).toThrow('more than 3 deep');
    expect(() => correlationsOf([over(0, idOf(1)), over(1, idOf(0))])).toThrow('in a circle');
    expect(() => correlationsOf([over(0, idOf(0))])).toThrow('in a circle');
  });
});

test('correlations are read from a stored book', () => {
  const group = countRule(2, { subject: 'group', groupTagPrefix: 'zone-' });
  const correlations = [group, absenceRule()];
  const book = { format: bookFormat, version: '0123456789abcdef', rules: [], correlations, retired: [] };
  const json: unknown = JSON.parse(JSON.stringify(book));
  expect(readRuleBook(json)).toEqual(book);
  expect(() => readRuleBook({ ...book, correlations: [{}] })).toThrow('correlations.0');
});
