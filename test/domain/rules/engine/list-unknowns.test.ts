import { asksForState, lastOf } from '../../../../functions/domain/rules/engine/step-input.ts';
import { recordedLast, surroundingsOf } from '../../../../functions/domain/rules/engine/surroundings.ts';
import { unknownWindows } from '../../../../functions/domain/rules/engine/unknown-windows.ts';
import { compileAround } from '../../../../functions/domain/rules/evaluate-around.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import type { Frame } from '../../../../functions/domain/rules/frame.ts';
import { enter, newRing, scaledValue } from '../../../../functions/domain/rules/windows/ring.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { boundTo, compare, device, literal, ruleOf } from '../../../support/engine/rules.ts';
import { windowOf } from '../../../support/engine/windows.ts';

const ofEach = { op: 'window', fn: 'delta', window: 0, each: true } as const;
const when: Expression = {
  ...{ op: 'peers', how: 'atLeast', least: 1, quantity: 'methane' },
  of: compare('ge', ofEach, literal(2)),
};
const rule = {
  ...ruleOf({
    select: { quantities: ['methane'], tags: ['watched'] },
    windows: [windowOf({ lengthS: 60, quantity: 'methane', functions: ['delta'] })],
  }),
  severities: [{ severity: 'orange' as const, when, forMs: seconds(0), clearForMs: seconds(0) }],
};
const [condition] = boundTo(rule, device([{ tags: ['watched'] }, { sensorId: 'b' }])).conditions;
if (condition === undefined) throw new Error('a rule that binds to nothing');
const reading = readingOf({ t: 60, v: 3 }, 60);

test('semantics 17: the window of a list is asked of its first sensor unless told of another, and once of each', () => {
  let asked = 0;
  const ringsOf = (slot: number) => {
    asked += 1;
    const shape = condition.feeds[0]?.[slot]?.shape;
    if (shape === undefined) throw new Error('a list without a window');
    const ring = newRing();
    for (const second of [0, 30, 60]) enter(shape, ring, at(second), scaledValue(shape, second * (slot + 1)));
    return [ring];
  };
  const said = surroundingsOf(condition, ringsOf, () => ({ value: 1, quality: 'good' }));
  const around = said?.aroundAt(reading);
  expect([around?.figureOf(0, 'delta', undefined), around?.figureOf(0, 'delta', 1)]).toEqual([60, 120]);
  expect(asked).toBe(2);
  expect([around?.figureOf(0, 'delta', 0), around?.figureOf(0, 'delta', 1)]).toEqual([60, 120]);
  expect(asked).toBe(2);
});

test('semantics 25: a record that notes a list says what each of it said, of the first unless asked of another', () => {
  const each = [
    [0, 0, 'delta', 2],
    [0, 1, 'delta', null],
  ] as const;
  const around = recordedLast([{ figures: [], each, reaches: [], windows: [] }]).aroundAt(reading);
  expect([
    around.figureOf(0, 'delta', undefined),
    around.figureOf(0, 'delta', 1),
    around.figureOf(0, 'avg', undefined),
  ]).toEqual([2, undefined, undefined]);
});

test.each([
  ['one of it is unknown', [[0, 0, 'delta', 2] as const, [0, 1, 'delta', null] as const], true],
  ['only others were asked', [[1, 0, 'delta', 2] as const, [0, 0, 'avg', 2] as const], true],
  ['none was asked', undefined, true],
  ['all of it is known', [[0, 0, 'delta', 2] as const, [0, 1, 'delta', 0] as const], false],
])('semantics 25: the window of a list is told as unknown where %s: %s, %s', (_, each, isUnknown) => {
  const asked = { figures: [], reaches: [], windows: [], ...(each === undefined ? {} : { each }) };
  const inputs = unknownWindows(condition, when, asked).map(({ input }) => input);
  expect(inputs).toEqual(isUnknown ? ['methane.delta 60 s'] : []);
});

test('semantics 17: the rate of a window of a list is told for the time that the condition names', () => {
  const around: Frame['around'] = {
    figure: () => undefined,
    figureOf: (_window, _fn, place) => (place === 1 ? 2 : undefined),
    reaches: () => undefined,
    role: () => undefined,
    peers: () => [],
  };
  const peer = { value: 1, quality: 'good', place: 1 };
  const frame: Frame = { value: 1, quality: 'good', around, peer };
  const rateOf = (more: object) =>
    compileAround({ op: 'window', fn: 'rate', window: 0, each: true, ...more }, () => () => undefined);
  expect([rateOf({})(frame), rateOf({ perMs: 60_000 })(frame)]).toEqual([2, 120_000]);
  expect(rateOf({ perMs: 60_000 })({ ...frame, peer: { ...peer, place: 0 } })).toBeUndefined();
});

test('semantics 1: where nothing around is known, no sensor of a list answers', () => {
  const compiled = compileAround(
    { op: 'peers', how: 'all', least: 1, quantity: 'methane', of: literal(true) },
    () => () => true,
  );
  expect(compiled({ value: 1, quality: 'good' })).toBeUndefined();
});

test('semantics 22: a rule on the quality of data takes a state that it does not know for unknown', () => {
  const [ofData] = boundTo({ ...ruleOf(), kind: 'data-quality' }).conditions;
  const [ofRisk] = boundTo(ruleOf()).conditions;
  if (ofData === undefined || ofRisk === undefined) throw new Error('a rule that binds to nothing');
  expect([asksForState(ofData, 'strange'), asksForState(ofRisk, 'strange')]).toEqual([true, false]);
  const input = {
    kind: 'time',
    event: 'limit-changed',
    at: at(60),
    index: 1,
    value: 3,
    quality: 'strange',
    valueAt: at(50),
  } as const;
  expect(lastOf(ofData, input)).toMatchObject({ value: undefined, quality: 'unknown', phenomenonAt: at(50) });
  expect(lastOf(ofRisk, input)).toBeUndefined();
});
