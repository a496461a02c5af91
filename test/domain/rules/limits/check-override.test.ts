import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { overrideProblem } from '../../../../functions/domain/rules/limits/check-override.ts';
import { limit, ruleOf, valueIs } from '../../../support/engine/rules.ts';
import { siteLimit } from '../../../support/methane-rule.ts';
import { overrideOf } from '../../../support/overrides.ts';

const reach = { areas: ['2201'], enterpriseId: 'ent-1' };
const problemOf = (rule: Rule, given: Readonly<Record<string, unknown>>) =>
  overrideProblem({ rule, candidate: overrideOf(given), reach, others: [] });

/** One orange severity whose limit the source decides. */
const listed = (more: Partial<Rule> = {}): Rule => {
  const rule = ruleOf({ trade: 'any', ...more });
  const orange = { ...limit(10), byGrade: { 1: 6 }, bySubstance: { '7783-06-4': 7 } };
  return { ...rule, limits: { orange } };
};

test('design 3.2: of an unknown source the loosest limit that the rule lists decides what is looser', () => {
  expect(problemOf(listed(), { value: 10 })).toBeUndefined();
  expect(problemOf(listed(), { value: 10.1 })).toEqual({
    problem: 'limit-loosened',
    remedy: "must be at most 10, which holds without it (rule): looser only with a regulator's signature",
  });
  expect(problemOf(listed({ trade: 'gas' }), { value: 10.1 })).toMatchObject({ problem: 'limit-loosened' });
});

test('design 3.2: of what is graver the less there is of it, less is looser', () => {
  const oxygen = { ...limit(18), tighter: 'higher' } as const;
  const [severity] = ruleOf().severities;
  if (severity === undefined) throw new Error('a rule without a severity');
  const rule = {
    ...ruleOf(),
    limits: { orange: oxygen },
    severities: [{ ...severity, when: valueIs('lt', 'orange') }],
  };
  expect(problemOf(rule, { value: 18 })).toBeUndefined();
  const problem = problemOf(rule, { value: 17 });
  expect(problem?.remedy).toMatch(/^must be at least 18,/);
});

test('semantics 2: an override after which a severity could never raise is refused, and by its name', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'orange', at: 1, below: 0.5 },
      { severity: 'red', at: 2 },
    ],
  });
  const problem = problemOf(rule, { limit: 'red', value: 0.9, isSigned: true });
  expect(problem).toEqual({
    problem: 'zones-conflict',
    remedy:
      'with orange 1, orangeClear 0.5, red 0.9 red would be raised before a lighter severity: change the other limit first',
  });
});

test('semantics 2: a severity whose limit nobody has set is not compared', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'orange', at: 1 },
      { severity: 'red', at: 2 },
    ],
  });
  const unset = { ...rule, limits: { ...rule.limits, red: siteLimit } };
  expect(problemOf(unset, { value: 0.5 })).toBeUndefined();
});

test('semantics 2: the conditions of a rule over a quantity that we do not know are not compared', () => {
  const rule = ruleOf({
    levels: [
      { severity: 'orange', at: 1 },
      { severity: 'red', at: 2 },
    ],
  });
  const given = { limit: 'red', value: 0.9, isSigned: true };
  expect(problemOf(rule, given)).toMatchObject({ problem: 'zones-conflict' });
  expect(problemOf({ ...rule, select: { quantities: ['phlogiston'] } }, given)).toBeUndefined();
});
