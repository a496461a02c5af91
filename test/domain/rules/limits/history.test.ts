import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { baseLimit, byReach } from '../../../../functions/domain/rules/limits/effective.ts';
import { eraAt } from '../../../../functions/domain/rules/limits/era-at.ts';
import { type Dated, factsOf } from '../../../../functions/domain/rules/limits/eras.ts';
import { compare, input, limit, literal, ruleOf } from '../../../support/engine/rules.ts';
import { modeOf, overrideOf } from '../../../support/overrides.ts';
import { registrationOf } from '../../../support/registration.ts';

const [source] = registrationOf({ deviceId: 'dev-1' }).sources;
if (source === undefined) throw new Error('a registration without a source');
const place = { deviceId: 'dev-1', sensor: { sensorId: 'ch4' }, source };
const unwatched = { ...place, source: undefined };
const [orange] = ruleOf().severities;
if (orange === undefined) throw new Error('a rule without a severity');

/** Since when which figure of `orange` holds. */
const orangesOf = (dated: Dated, rule: Rule = ruleOf(), at: Parameters<typeof factsOf>[1] = place) =>
  factsOf(rule, at, dated).map(({ from, limits }) => [from, limits['orange']?.value]);

describe('semantics 22: the stretch of a history that holds an instant', () => {
  const eras = [{ from: 0 }, { from: 10 }, { from: 20 }];

  test.each([
    [-1, 0],
    [0, 0],
    [9, 0],
    [10, 10],
    [19, 10],
    [20, 20],
    [1e9, 20],
    [undefined, 20],
  ])('at %s it is the one from %s on', (t, from) => {
    expect(eraAt(eras, t).from).toBe(from);
  });

  test('a history without a beginning is refused by name', () => {
    expect(() => eraAt([], undefined)).toThrow('a history without a beginning');
  });
});

describe('design 3.2: the order in which overrides are applied', () => {
  const idsOf = (...given: readonly Readonly<Record<string, unknown>>[]) =>
    given
      .map(overrideOf)
      .toSorted(byReach)
      .map(({ id }) => id[0]);
  const a = 'a'.repeat(24);
  const b = 'b'.repeat(24);

  test('an area comes before an area in it, and both before the enterprise, whatever their age', () => {
    const wide = { id: a, at: 9, scope: { kind: 'area', area: '22' } };
    const narrow = { id: b, at: 5, scope: { kind: 'area', area: '220104' } };
    const own = { id: 'c'.repeat(24), at: 1 };
    expect(idsOf(own, narrow, wide)).toEqual(['a', 'b', 'c']);
    expect(idsOf(wide, narrow, own)).toEqual(['a', 'b', 'c']);
  });

  test('of two of the same reach the older comes first, and of the same age the lower id', () => {
    expect(idsOf({ id: a, at: 7 }, { id: b, at: 6 })).toEqual(['b', 'a']);
    expect(idsOf({ id: b, at: 6 }, { id: a, at: 6 })).toEqual(['a', 'b']);
    expect(idsOf({ id: a, at: 6 }, { id: b, at: 6 })).toEqual(['a', 'b']);
  });
});

describe('design 3.2: whom an override is for', () => {
  test.each([
    ['the area of its source', { kind: 'area', area: '220104' }, 0.8],
    ['an area around it', { kind: 'area', area: '22' }, 0.8],
    ['an area whose code only ends alike', { kind: 'area', area: '0104' }, 1],
    ['its sensor', { kind: 'sensor', deviceId: 'dev-1', sensorId: 'ch4' }, 0.8],
    ['another sensor of its device', { kind: 'sensor', deviceId: 'dev-1', sensorId: 'co' }, 1],
    ['a like-named sensor of another device', { kind: 'sensor', deviceId: 'dev-2', sensorId: 'ch4' }, 1],
  ])('%s', (_whom, scope, value) => {
    // Written as it is stored: a code that no area has cannot be registered.
    const override = { ...overrideOf({}), scope } as ReturnType<typeof overrideOf>;
    expect(orangesOf({ overrides: [override] })).toEqual([[0, value]]);
  });

  test('a sensor that watches no source is reached by its own override only', () => {
    const wide = [
      { kind: 'area', area: '22' },
      { kind: 'enterprise', enterpriseId: 'ent-1' },
      { kind: 'source', sourceId: 'face-1' },
    ];
    const overrides = wide.map((scope) => overrideOf({ scope }));
    expect(orangesOf({ overrides, modes: [modeOf('emergency', 5)] }, ruleOf(), unwatched)).toEqual([[0, 1]]);
    const own = overrideOf({ scope: { kind: 'sensor', deviceId: 'dev-1', sensorId: 'ch4' } });
    expect(orangesOf({ overrides: [own] }, ruleOf(), unwatched)).toEqual([[0, 0.8]]);
  });

  test('a rule and a limit of it are meant by name: others stay as they are', () => {
    const overrides = [overrideOf({ ruleId: 'other.rule', from: 5 }), overrideOf({ limit: 'red', from: 6 })];
    expect(orangesOf({ overrides })).toEqual([[0, 1]]);
  });

  test('a limit that is overridden leaves its neighbour alone', () => {
    const rule = { ...ruleOf(), limits: { orange: limit(1), red: limit(2) } };
    const [facts] = factsOf(rule, place, { overrides: [overrideOf({})] });
    expect(facts?.limits).toMatchObject({ orange: { value: 0.8 }, red: { value: 2, origin: 'rule' } });
  });
});

describe('design 3.2: the limit of the inventory', () => {
  const listed = { ...limit(10), byGrade: { 1: 6 }, bySubstance: { '7783-06-4': 7 } };

  test('of a sensor that watches no source is the rule’s', () => {
    expect(baseLimit(listed, undefined)).toEqual({ value: 10, origin: 'rule' });
  });

  test('an undefined grade is none', () => {
    const byGrade = { undefined: 3, 1: 6 };
    expect(baseLimit({ ...limit(10), byGrade }, source)).toEqual({ value: 10, origin: 'rule' });
  });
});

describe('semantics 22: eras', () => {
  const modal = (clear: boolean): Rule => {
    const asks = compare('eq', input('mode'), literal('emergency'));
    const severity = clear ? { ...orange, clear: asks } : { ...orange, when: asks };
    const plain = { ...orange, severity: 'red' as const };
    return { ...ruleOf(), severities: [plain, severity] };
  };
  const dated = { modes: [modeOf('normal', 20), modeOf('emergency', 10)] };
  const modesOf = (rule: Rule, of: Dated) => factsOf(rule, place, of).map(({ from, mode }) => [from, mode]);

  test.each([
    ['raises', false],
    ['clears', true],
  ])(
    'one severity that asks for the mode where it %s is enough, whatever the order in the registration',
    (_how, clear) => {
      expect(modesOf(modal(clear), dated)).toEqual([
        [0, 'normal'],
        [10, 'emergency'],
        [20, 'normal'],
      ]);
    },
  );

  test('the mode of an area elsewhere begins none', () => {
    expect(modesOf(modal(false), { modes: [modeOf('emergency', 10, '31')] })).toEqual([[0, 'normal']]);
  });

  test('a rule that asks for no mode has none, also where something else has changed', () => {
    const overrides = [overrideOf({ from: 15 })];
    expect(modesOf(ruleOf(), { ...dated, overrides })).toEqual([
      [0, 'normal'],
      [15, 'normal'],
    ]);
  });

  test('what changes nothing begins none', () => {
    const overrides = [overrideOf({ value: 5, from: 10, until: 20 })];
    expect(orangesOf({ overrides })).toEqual([[0, 1]]);
  });

  test.each([
    ['kind', { kind: 'goaf' }],
    ['grade', { grade: 2 }],
  ])('the %s of a source that changed begins one, and what another source was does not', (_what, was) => {
    const before = { ...source, ...was };
    const former = [{ until: overrideOf({ from: 30 }).from, source: before }];
    expect(orangesOf({ former })).toEqual([
      [0, 1],
      [30, 1],
    ]);
    const [registered] = registrationOf({
      deviceId: 'dev-2',
      source: { sourceId: 'face-2', ...was },
    }).sources;
    if (registered === undefined) throw new Error('a registration without a source');
    const elsewhere = [{ until: overrideOf({ from: 30 }).from, source: registered }];
    expect(orangesOf({ former: elsewhere })).toEqual([[0, 1]]);
    expect(orangesOf({ former: elsewhere }, ruleOf(), unwatched)).toEqual([[0, 1]]);
  });

  test('each of several begins where it begins, in the order of time', () => {
    const overrides = [
      overrideOf({ value: 0.5, from: 40, until: 50 }),
      overrideOf({ value: 0.7, from: 9, until: 10 }),
    ];
    expect(orangesOf({ overrides })).toEqual([
      [0, 1],
      [9, 0.7],
      [10, 1],
      [40, 0.5],
      [50, 1],
    ]);
  });
});
