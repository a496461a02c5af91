import type { Rule, SeverityRule } from '../../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { overrideProblem, type Reach } from '../../../../functions/domain/rules/limits/check-override.ts';
import { compare, either, input, limit, literal, ruleOf, valueIs } from '../../../support/engine/rules.ts';
import { siteLimit } from '../../../support/methane-rule.ts';
import { overrideOf } from '../../../support/overrides.ts';
import { registrationOf } from '../../../support/registration.ts';

type Given = Readonly<Record<string, unknown>>;
const wide: Reach = { areas: ['2201'], enterpriseId: 'ent-1' };
const [source] = registrationOf({ deviceId: 'dev-1' }).sources;
if (source === undefined) throw new Error('a registration without a source');

interface Beside {
  readonly reach?: Reach;
  readonly others?: readonly { readonly given: Given; readonly reach?: Reach }[];
  readonly replaces?: Given;
}

const problemOf = (rule: Rule, given: Given, { reach = wide, others = [], replaces }: Beside = {}) =>
  overrideProblem({
    rule,
    candidate: overrideOf(given),
    reach,
    others: others.map((one) => ({ override: overrideOf(one.given), reach: one.reach ?? wide })),
    ...(replaces && { replaces: overrideOf(replaces) }),
  })?.remedy;

const two = (at = 1, below?: number): Rule =>
  ruleOf({
    levels: [
      { severity: 'orange', at, below },
      { severity: 'red', at: 2 },
    ],
  });
/** One severity that goes by two limits, 1 and 2. */
const between = (terms: Partial<SeverityRule>): Rule => ({
  ...two(),
  severities: two()
    .severities.slice(0, 1)
    .map((one) => ({ ...one, ...terms })),
});
const both = (left: Expression, right: Expression): Expression => ({ op: 'and', left, right });
const signed = { isSigned: true };

describe('design 3.2: without a signature nothing is loosened', () => {
  const loosenedFrom = (figure: number, origin: string) =>
    `must be at most ${figure}, which holds without it (${origin}): looser only with a regulator's signature`;
  const ofGrade: Rule = { ...ruleOf(), limits: { orange: { ...limit(5), byGrade: { 1: 10 } } } };
  const ofSubstance: Rule = {
    ...ruleOf(),
    limits: { orange: { ...limit(5), bySubstance: { '7783-06-4': 10 } } },
  };

  test('of a source that is not known, the loosest grade or substance is what holds', () => {
    expect(problemOf(ofGrade, { value: 10 })).toBeUndefined();
    expect(problemOf(ofGrade, { value: 10.1 })).toBe(loosenedFrom(10, 'grade'));
    expect(problemOf(ofSubstance, { value: 10 })).toBeUndefined();
    expect(problemOf(ofSubstance, { value: 10.1 })).toBe(loosenedFrom(10, 'substance'));
  });

  test('of a known source, what it is decides', () => {
    const at = { reach: { ...wide, source } };
    expect(problemOf(ofGrade, { value: 5.1 }, at)).toBe(loosenedFrom(5, 'rule'));
    expect(
      problemOf(ofGrade, { value: 10 }, { reach: { ...wide, source: { ...source, grade: 1 } } }),
    ).toBeUndefined();
  });

  test('a limit that an override has tightened is what holds, where that counts', () => {
    const others = [{ given: { scope: { kind: 'area', area: '22' }, value: 0.6 } }];
    expect(problemOf(ruleOf(), { value: 0.6 }, { others })).toBeUndefined();
    expect(problemOf(ruleOf(), { value: 0.7 }, { others })).toBe(loosenedFrom(0.6, 'override'));
    const own = [{ given: { scope: { kind: 'source', sourceId: 'face-9' }, value: 0.6 } }];
    expect(problemOf(ruleOf(), { value: 0.7 }, { others: own })).toBeUndefined();
    const there = { reach: { ...wide, sourceId: 'face-9' }, others: own };
    expect(problemOf(ruleOf(), { value: 0.7 }, there)).toBe(loosenedFrom(0.6, 'override'));
  });

  test('one for a sensor is held against what that sensor has', () => {
    const scope = { kind: 'sensor', deviceId: 'dev-1', sensorId: 'ch4' };
    const others = [{ given: { scope, value: 0.6, at: 1 } }];
    const reach = { ...wide, deviceId: 'dev-1', sensorId: 'ch4', source };
    expect(problemOf(ruleOf(), { scope, value: 0.7 }, { reach, others })).toBe(loosenedFrom(0.6, 'override'));
    expect(
      problemOf(ruleOf(), { scope, value: 0.7 }, { reach: { ...reach, sensorId: 'co' }, others }),
    ).toBeUndefined();
  });

  test('a limit that the rule does not have, or that nobody has set, is none that could be loosened', () => {
    expect(problemOf(ruleOf(), { limit: 'red', value: 99 })).toBeUndefined();
    expect(problemOf({ ...ruleOf(), limits: { orange: siteLimit } }, { value: 99 })).toBeUndefined();
  });

  test('where nothing is reached nothing is loosened', () => {
    expect(problemOf(ruleOf(), { value: 99 }, { reach: { ...wide, areas: [] } })).toBeUndefined();
  });
});

describe('semantics 2: an override may not make severities contradict each other', () => {
  const outOfOrder = 'red would be raised before a lighter severity: change the other limit first';

  test.each<[string, Rule, Given, string]>([
    [
      'raise and clear at one value',
      two(1, 0.5),
      { limit: 'orangeClear', value: 1.5 },
      'with orange 1, orangeClear 1.5, red 2 orange would raise and clear at the same value (1): change the other limit first',
    ],
    [
      'could never raise',
      between({ when: both(valueIs('ge', 'orange'), valueIs('lt', 'red')) }),
      { limit: 'red', value: 0.5 },
      'with orange 1, red 0.5 orange could never raise: change the other limit first',
    ],
    [
      'would always be raised',
      between({ when: either(valueIs('ge', 'red'), valueIs('lt', 'orange')) }),
      { limit: 'red', value: 0.5 },
      'with orange 1, red 0.5 orange would always be raised: change the other limit first',
    ],
    [
      'could never clear',
      between({ when: valueIs('ge', 'red'), clear: both(valueIs('ge', 'orange'), valueIs('lt', 'red')) }),
      { limit: 'red', value: 0.5 },
      'with orange 1, red 0.5 orange could never clear: change the other limit first',
    ],
  ])('%s', (_what, rule, given, remedy) => {
    expect(problemOf(rule, { ...given, ...signed })).toBe(remedy);
  });

  test('what contradicted before is nobody’s fault: also the one that is replaced counts as before', () => {
    const contradicts = { limit: 'red', value: 0.9, ...signed };
    expect(
      problemOf(two(), { ...contradicts, value: 0.8 }, { others: [{ given: contradicts }] }),
    ).toBeUndefined();
    expect(problemOf(two(), { ...contradicts, value: 0.8 }, { replaces: contradicts })).toBeUndefined();
    expect(problemOf(two(), { ...contradicts, value: 0.8 })).toContain(outOfOrder);
  });

  test('another contradiction than the one before is told', () => {
    const others = [{ given: { limit: 'red', value: 0.9, at: 1, ...signed } }];
    const remedy = problemOf(two(1, 0.5), { limit: 'orangeClear', value: 1.5, at: 2, ...signed }, { others });
    expect(remedy).toContain('orange would raise and clear at the same value');
  });

  test('only what holds once it is in force is looked at', () => {
    const others = [{ given: { limit: 'red', value: 0.9, from: 10, until: 100, ...signed } }];
    const later = { limit: 'orange', value: 0.95, at: 5, ...signed };
    expect(problemOf(two(), { ...later, from: 100 }, { others })).toBeUndefined();
  });

  test('it is looked at where the others count too', () => {
    const scope = { kind: 'source', sourceId: 'face-9' };
    const there = { ...wide, sourceId: 'face-9' };
    const others = [{ given: { scope, value: 1.8, at: 1, ...signed }, reach: there }];
    const remedy = problemOf(two(), { limit: 'red', value: 1.5, ...signed }, { others });
    expect(remedy).toBe(`with orange 1.8, red 1.5 ${outOfOrder}`);
  });

  test('of a source that is not known, each grade and each substance is looked at', () => {
    const rule = two();
    const byGrade = { ...rule, limits: { ...rule.limits, orange: { ...limit(1), byGrade: { 2: 1.8 } } } };
    expect(problemOf(byGrade, { limit: 'red', value: 1.5, ...signed })).toContain('with orange 1.8, red 1.5');
    const bySubstance = {
      ...rule,
      limits: { ...rule.limits, orange: { ...limit(1), bySubstance: { '7783-06-4': 1.8 } } },
    };
    expect(problemOf(bySubstance, { limit: 'red', value: 1.5, ...signed })).toContain(
      'with orange 1.8, red 1.5',
    );
  });

  test('a severity whose own limit nobody has set is left out, for its recovery too', () => {
    const clearing = two(1, 0.5);
    const { red, orange } = clearing.limits;
    if (red === undefined || orange === undefined) throw new Error('limits without figures');
    const unset = { ...clearing, limits: { orange, orangeClear: siteLimit, red } };
    expect(problemOf(unset, { limit: 'red', value: 0.9, ...signed })).toBeUndefined();
  });

  test('what cannot be compared contradicts nothing', () => {
    const rule = two();
    const asksTwice = compare('ge', input('sensor.pressure.value'), literal(1));
    const severities = rule.severities.map((one) => ({ ...one, when: asksTwice }));
    expect(problemOf({ ...rule, severities }, { value: 0.5 })).toBeUndefined();
  });
});
