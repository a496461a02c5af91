import type { Rule } from '../../../../functions/domain/rules/book.ts';
import {
  type Era,
  eraOf,
  erasOf,
  metFrom,
  nextEra,
  throughEras,
} from '../../../../functions/domain/rules/engine/eras.ts';
import type { Facts } from '../../../../functions/domain/rules/limits/eras.ts';
import type { SensorRegistration } from '../../../../functions/domain/telemetry/registration.ts';
import { device, ruleOf } from '../../../support/engine/rules.ts';

const [registered] = device().sensors;
const [source] = device().sources;
const sensorWith = (given: Partial<SensorRegistration>): SensorRegistration => {
  if (registered === undefined) throw new Error('a device without sensors');
  return { ...registered, ...given };
};
const sensor = sensorWith({});
const limitsOf = (orange: number | undefined, clear = 0.5) => ({
  orange: { origin: 'rule' as const, value: orange },
  orangeClear: { origin: 'rule' as const, value: clear },
});
const factsOf = (given: Partial<Facts> = {}): Facts => ({
  from: 0,
  limits: limitsOf(1),
  mode: 'normal',
  source,
  ...given,
});
const newRule = (given: Partial<Rule> = {}): Rule => ({
  ...ruleOf({ levels: [{ severity: 'orange', at: 1, below: 0.5 }] }),
  ...given,
});
const rule = newRule();
const at = (value: number, phenomenonAt?: number) => ({ value, quality: 'good', phenomenonAt });

test.each([
  ['mode', 'normal'],
  ['limits.orange', 1],
  ['limits.orangeClear', 0.5],
  ['limits.red', undefined],
  ['range.min', 0],
  ['range.max', 4],
  ['source.kind', 'coal-face'],
  ['source.grade', 2],
  ['source.tags', undefined],
  ['source.none', undefined],
  ['value', undefined],
])('a condition that names %s is told %s', (name, expected) => {
  const era = eraOf(rule, sensor, factsOf({ source: source && { ...source, grade: 2 } }), 0);
  expect(era.constants(name)).toBe(expected);
});

test('without a range, a source or a limit nothing is known of them', () => {
  const bare = eraOf(rule, sensorWith({ range: undefined }), factsOf({ source: undefined, limits: {} }), 0);
  const names = ['range.min', 'range.max', 'source.kind', 'limits.orange'];
  expect(names.map(bare.constants)).toEqual([undefined, undefined, undefined, undefined]);
});

test('semantics 25: what a record says of constants counts instead of what is known now', () => {
  const { constants } = eraOf(rule, sensor, factsOf(), 0, { 'limits.orange': 3, mode: 'emergency' });
  expect([constants('limits.orange'), constants('mode'), constants('range.max')]).toEqual([
    3,
    'emergency',
    4,
  ]);
});

test('an era is what the rule goes by, under its key', () => {
  const facts = factsOf({ from: 7 });
  expect(eraOf(rule, sensor, facts, 5)).toMatchObject({ ...facts, key: 5 });
});

test.each([
  ['%{vol}', true],
  ['', true],
  ['ppm', undefined],
])('semantics 4: in a rule of unit "%s" a condition on a sensor in percent says %s', (unit, expected) => {
  const [orange] = eraOf(newRule({ unit }), sensor, factsOf(), 0).compiled;
  expect([orange?.when(at(1)), orange?.clear?.(at(0))]).toEqual([expected, expected]);
});

test('semantics 2: a severity without `clear` has none', () => {
  const [orange] = eraOf(ruleOf(), sensor, factsOf(), 0).compiled;
  expect([orange?.when(at(0.9)), orange?.when(at(1)), orange?.clear]).toEqual([false, true, undefined]);
});

describe('sensors share the conditions of a rule', () => {
  const compiledOf = (given: Partial<Facts>, of = rule, on = sensor) =>
    eraOf(of, on, factsOf(given), 0).compiled;

  test('when all that these name is equal', () => {
    const fresh = newRule();
    expect(compiledOf({ from: 9, mode: 'emergency' }, fresh)).toBe(compiledOf({}, fresh));
    expect(compiledOf({}, rule, sensorWith({ unit: 'ppm' }))).toBe(
      compiledOf({}, rule, sensorWith({ unit: 'mm' })),
    );
  });

  test.each<[string, Partial<Facts>]>([
    ['of `when`', { limits: limitsOf(2) }],
    ['of `when`, which is not set,', { limits: limitsOf(undefined) }],
    ['of `clear`', { limits: limitsOf(1, 0.4) }],
  ])('not when a limit %s is another', (_, given) => {
    expect(compiledOf(given)).not.toBe(compiledOf({}));
  });

  test('not with one in another unit, of which nothing is known, nor with another rule', () => {
    expect(compiledOf({}, rule, sensorWith({ unit: 'ppm' }))).not.toBe(compiledOf({}));
    expect(compiledOf({}, newRule())).not.toBe(compiledOf({}));
  });
});

describe('semantics 22: the key of an era', () => {
  const keysOf = (...given: readonly Partial<Facts>[]): readonly number[] =>
    erasOf(rule, sensor, given.map(factsOf)).map(({ key }) => key);
  const graded = (grade: number, kind = 'coal-face') => source && { ...source, grade, kind };

  test('is 0 of the first, and always the same of the others', () => {
    const keys = keysOf({ from: 5, mode: 'emergency' }, { from: 10 }, { from: 20 });
    expect(keys[0]).toBe(0);
    expect(new Set(keys).size).toBe(3);
    expect(keysOf({ from: 5 }, { from: 10 }, { from: 20 })).toEqual(keys);
  });

  test.each<[string, Partial<Facts>, Partial<Facts>]>([
    ['beginning', { from: 10 }, { from: 11 }],
    ['limit', { limits: limitsOf(1) }, { limits: limitsOf(2) }],
    ['mode', { mode: 'normal' }, { mode: 'emergency' }],
    ['grade', { source: graded(1) }, { source: graded(2) }],
    ['kind', { source: graded(1) }, { source: graded(1, 'gas-station') }],
    ['source', { source }, { source: undefined }],
  ])('names its %s', (_, a, b) => {
    const third = { from: 30 };
    const [, keyA, afterA] = keysOf({}, { from: 10, ...a }, third);
    const [, keyB, afterB] = keysOf({}, { from: 10, ...b }, third);
    expect([keyA === keyB, afterA === afterB]).toEqual([false, false]);
  });

  test('names the name of a limit, and no origin', () => {
    const { orange, orangeClear } = limitsOf(1, 1);
    const [, one] = keysOf({}, { limits: { orange } });
    const [, other] = keysOf({}, { limits: { orange: orangeClear } });
    const [, clear] = keysOf({}, { limits: { orangeClear: orange } });
    expect([one === other, one === clear]).toEqual([true, false]);
    const graver = { orange: { origin: 'grade' as const, grade: 1, value: 1 } };
    expect(keysOf({}, { limits: graver })[1]).toBe(one);
  });
});

const eras = erasOf(rule, sensor, [
  factsOf(),
  factsOf({ from: 10, limits: limitsOf(0.8, 0.4) }),
  factsOf({ from: 20 }),
]);
const [first, second, third] = eras.map(({ key }) => key);

test('semantics 22: a frame is judged by the era of its phenomenon time, one without by the newest', () => {
  const { when, clear } = throughEras(eras, 0);
  expect([9, 10, 19, 20, undefined].map((t) => when(at(0.8, t)))).toEqual([false, true, true, false, false]);
  expect([9, 10, 19, 20, undefined].map((t) => clear?.(at(0.4, t)))).toEqual([
    true,
    false,
    false,
    true,
    true,
  ]);
});

test('where nothing was ever changed the conditions are those of the only era', () => {
  const [only] = eras.slice(0, 1);
  expect(throughEras(eras.slice(0, 1), 0)).toEqual(only?.compiled[0]);
});

test('a severity without `clear` has none through all eras, and one that no era has says nothing', () => {
  const two = erasOf(ruleOf(), sensor, [factsOf(), factsOf({ from: 10 })]);
  expect(throughEras(two, 0).clear).toBeUndefined();
  expect([throughEras(two, 1).when(at(9)), throughEras(two, 1).clear]).toEqual([undefined, undefined]);
  expect(() => throughEras([], 0).when(at(9))).toThrow(RangeError);
});

test('an era without the severity has no `clear` of it', () => {
  const [one, other] = eras;
  const without = other === undefined ? [] : [{ ...other, compiled: [] }];
  const { clear } = throughEras(one === undefined ? [] : [one, ...without], 0);
  expect([clear?.(at(0.4, 9)), clear?.(at(0.4, 10))]).toEqual([true, undefined]);
});

const infinite = Number.POSITIVE_INFINITY;

test.each<
  [
    string,
    readonly Era[],
    number | undefined,
    number,
    number,
    { at: number; key: number | undefined } | undefined,
  ]
>([
  ['is the next', eras, first, 0, 30, { at: 10, key: second }],
  ['is the next, not before the sensor has spoken', eras, second, 25, 30, { at: 25, key: third }],
  ['is none after the newest', eras, third, 0, infinite, undefined],
  ['is none that does not begin before then', eras, first, 0, 10, undefined],
  ['is one that begins just before then', eras, first, 0, 11, { at: 10, key: second }],
  ['is none when the sensor has spoken only then', eras, first, 30, 30, undefined],
  ['is none where nothing was ever changed', eras.slice(0, 1), first, 0, infinite, undefined],
  ['is the only one for a cell of another history', eras.slice(0, 1), 99, 5, infinite, { at: 5, key: first }],
  ['of a forgotten one is the one just before then', eras, 99, 0, 20, { at: 10, key: second }],
  ['of a forgotten one is the one that begins just before then', eras, 99, 0, 21, { at: 20, key: third }],
  ['of a forgotten one is that at what was said last', eras, 99, 15, infinite, { at: 15, key: second }],
])('semantics 22: the era that a cell meets next %s', (_, of, met, notBefore, before, expected) => {
  expect(nextEra(of, met ?? -1, notBefore, before)).toEqual(expected);
});

test('semantics 22: an era begins where it begins, and one that is not known any more at 0', () => {
  expect([first, second, third, 99].map((key) => metFrom(eras, key ?? -1))).toEqual([0, 10, 20, 0]);
});
