import * as fc from 'fast-check';
import type { Limit } from '../../../../functions/domain/rules/book.ts';
import { baseLimit, isTighter } from '../../../../functions/domain/rules/limits/effective.ts';
import { eraAt } from '../../../../functions/domain/rules/limits/era-at.ts';
import { factsOf, modeAt } from '../../../../functions/domain/rules/limits/eras.ts';
import type { RegisteredOverride } from '../../../../functions/domain/telemetry/overrides.ts';
import { compare, input, limit, literal, ruleOf } from '../../../support/engine/rules.ts';
import { modeOf, overrideOf } from '../../../support/overrides.ts';
import { registrationOf } from '../../../support/registration.ts';

const [source] = registrationOf({ deviceId: 'dev-1' }).sources;
if (source === undefined) throw new Error('a registration without a source');
const place = { deviceId: 'dev-1', sensor: { sensorId: 'ch4' }, source };
const listed: Limit = {
  ...limit(10),
  byGrade: { 1: 6, 2: 8 },
  bySubstance: { '7783-06-4': 7, '7664-41-7': 20 },
};
const scopes = {
  area: { kind: 'area', area: '2201' },
  enterprise: { kind: 'enterprise', enterpriseId: 'ent-1' },
  source: { kind: 'source', sourceId: 'face-1' },
  sensor: { kind: 'sensor', deviceId: 'dev-1', sensorId: 'ch4' },
} as const;
/** The limit `orange` (1.0, tighter is lower) at `t` under these overrides. */
const orangeAt = (t: number, overrides: readonly RegisteredOverride[], of = limit(1)) =>
  factsOf({ ...ruleOf(), limits: { orange: of } }, place, { overrides: [...overrides] }).findLast(
    ({ from }) => from <= t,
  )?.limits['orange'];

describe('semantics 22, design 3.2: the limit of the inventory', () => {
  test.each([
    ['neither graded nor with a listed substance', {}, { value: 10, origin: 'rule' }],
    ['by grade', { grade: 2 }, { value: 8, origin: 'grade', grade: 2 }],
    [
      'by the tightest of two substances',
      { substances: ['7783-06-4', '7664-41-7'] },
      { value: 7, origin: 'substance', substance: '7783-06-4' },
    ],
    ['a grade that the rule does not list', { grade: 3 }, { value: 10, origin: 'rule' }],
    [
      'by substance',
      { substances: ['7783-06-4'] },
      { value: 7, origin: 'substance', substance: '7783-06-4' },
    ],
    [
      'of several the tightest',
      { grade: 1, substances: ['7664-41-7', '7783-06-4'] },
      { value: 6, origin: 'grade', grade: 1 },
    ],
    [
      'a listed one that is looser than the default',
      { substances: ['7664-41-7'] },
      { value: 20, origin: 'substance', substance: '7664-41-7' },
    ],
  ])('%s', (_name, given, expected) => {
    expect(baseLimit(listed, { ...source, ...given })).toEqual(expected);
  });

  test('a site parameter that nobody has set is unknown', () => {
    const { value: _, ...unset } = limit(1);
    expect(baseLimit(unset, source)).toEqual({ value: undefined, origin: 'unset' });
    expect(orangeAt(0, [overrideOf({ value: 3 })], unset)).toMatchObject({ value: 3, origin: 'override' });
  });
});

describe('design 3.2: overrides', () => {
  test('the narrower scope comes later, and each knows who set it and when', () => {
    const at = (kind: keyof typeof scopes, value: number) =>
      overrideOf({ scope: scopes[kind], value, by: kind, at: 5, isSigned: true });
    const all = [at('sensor', 0.5), at('area', 0.9), at('source', 0.6), at('enterprise', 0.7)];
    expect(orangeAt(0, all)).toMatchObject({ value: 0.5, scope: 'sensor dev-1/ch4', by: 'sensor', at: 5 });
    expect(orangeAt(0, all.slice(1))).toMatchObject({ value: 0.6, scope: 'source face-1' });
    expect(orangeAt(0, [at('area', 0.9), at('enterprise', 0.7)])).toMatchObject({ value: 0.7 });
  });

  test('one for another place touches nothing', () => {
    const others = [
      { kind: 'area', area: '31' },
      { kind: 'enterprise', enterpriseId: 'ent-2' },
      { kind: 'source', sourceId: 'face-2' },
      { kind: 'sensor', deviceId: 'dev-2', sensorId: 'ch4' },
    ];
    expect(
      orangeAt(
        0,
        others.map((scope) => overrideOf({ scope })),
      ),
    ).toEqual({ value: 1, origin: 'rule' });
  });

  test('is in force from its first instant and not at its last', () => {
    const dated = [overrideOf({ from: 100, until: 200 })];
    expect([99, 100, 199, 200].map((t) => orangeAt(t, dated)?.value)).toEqual([1, 0.8, 0.8, 1]);
  });

  test('without a signature it never loosens; signed it may', () => {
    expect(orangeAt(0, [overrideOf({ value: 1.2 })])).toEqual({ value: 1, origin: 'rule' });
    expect(orangeAt(0, [overrideOf({ value: 1.2, isSigned: true })])).toMatchObject({
      value: 1.2,
      isSigned: true,
    });
  });

  test('1,000 histories: at no time is a limit looser than without its unsigned overrides', async () => {
    const scope = fc.constantFrom(...Object.values(scopes));
    const time = fc.nat({ max: 20 });
    const given = fc.record({
      scope,
      value: fc.double({ min: 0, max: 2, noNaN: true }),
      from: time,
      at: time,
    });
    const override = fc
      .tuple(given, fc.boolean(), fc.option(fc.integer({ min: 1, max: 20 })))
      .map(([one, isSigned, length]) =>
        overrideOf({ ...one, isSigned, ...(length === null ? {} : { until: one.from + length }) }),
      );
    const tighter = fc.constantFrom('lower' as const, 'higher' as const);
    const history = fc.array(override, { maxLength: 8 });
    const law = fc.property(
      history,
      tighter,
      fc.nat({ max: 45 }),
      (all: RegisteredOverride[], way, t): void => {
        const of = { ...limit(1), tighter: way };
        const figureOf = (some: readonly RegisteredOverride[]) => orangeAt(t, some, of)?.value ?? Number.NaN;
        const signed = all.filter(({ isSigned }) => isSigned);
        expect(isTighter(way, 1, figureOf(all.filter(({ isSigned }) => !isSigned)))).toBe(false);
        expect(isTighter(way, figureOf(signed), figureOf(all))).toBe(false);
      },
    );
    await fc.assert(law, { numRuns: 1_000 });
  });
});

describe('semantics 22: mode', () => {
  test('an area is in an emergency while it, or an area around it, is', () => {
    const modes = [modeOf('emergency', 10), modeOf('normal', 15, '2201'), modeOf('normal', 20)];
    expect([9, 10, 15, 19, 20].map((t) => modeAt(modes, '220104', t))).toEqual([
      'normal',
      'emergency',
      'emergency',
      'emergency',
      'normal',
    ]);
    expect(modeAt(modes, '310101', 12)).toBe('normal');
  });

  test('only a rule that names it has an era for it', () => {
    const dated = { modes: [modeOf('emergency', 10)] };
    expect(factsOf(ruleOf(), place, dated)).toHaveLength(1);
    const [orange] = ruleOf().severities;
    const when = compare('eq', input('mode'), literal('emergency'));
    const severities = orange === undefined ? [] : [{ ...orange, when }];
    const eras = factsOf({ ...ruleOf(), severities }, place, dated);
    expect(eras.map(({ from, mode }) => [from, mode])).toEqual([
      [0, 'normal'],
      [10, 'emergency'],
    ]);
  });
});

test('semantics 22: what a source was before it changed counts for what was measured then', () => {
  const rule = { ...ruleOf(), limits: { orange: listed } };
  const former = [{ until: source && overrideOf({ from: 100 }).from, source }];
  const eras = factsOf(rule, { ...place, source: { ...source, grade: 1 } }, { former });
  expect(eras.map(({ from, limits }) => [from, limits['orange']?.value])).toEqual([
    [0, 10],
    [100, 6],
  ]);
});

test('a history without a beginning is none of ours', () => {
  expect(() => eraAt([], 1)).toThrow(RangeError);
});
