import { frameAsking } from '../../../../functions/domain/rules/engine/asking.ts';
import { unknownWindows } from '../../../../functions/domain/rules/engine/unknown-windows.ts';
import { type WindowFunction, windowFunctions } from '../../../../functions/domain/rules/expression.ts';
import { enter, newRing, type Ring, scaledValue } from '../../../../functions/domain/rules/windows/ring.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { boundTo, device } from '../../../support/engine/rules.ts';
import { figureIs, windowOf, windowRule } from '../../../support/engine/windows.ts';

const functions: readonly WindowFunction[] = windowFunctions;
const window = { lengthS: 60, functions: [...functions, 'slope'] as const };
const rule = windowRule({ window, when: figureIs('avg', 'ge', 1) });
const [condition] = boundTo({
  ...rule,
  windows: [windowOf(window), windowOf({ ...window, lengthS: 120 })],
}).conditions;
if (condition === undefined) throw new Error('a rule that binds to nothing');

const enterAt = (index: number, ring: Ring, second: number, value: number): void => {
  const shape = condition.windows[index]?.shape;
  if (shape === undefined) throw new Error(`no window ${index}`);
  enter(shape, ring, at(second), scaledValue(shape, value));
};
const filled = (index: number, ...seconds: readonly number[]): Ring => {
  const ring = newRing();
  for (const second of seconds) enterAt(index, ring, second, second);
  return ring;
};
const reading = readingOf({ t: 60, v: 60 }, 60);

test('semantics 17: more figures than are remembered are the same when they are asked again', () => {
  const { around } = frameAsking(condition, [filled(0, 10, 40, 60), filled(1, 10, 60)], reading);
  const figures = () => functions.flatMap((fn) => [around?.figure(0, fn), around?.figure(1, fn)]);
  const first = figures();
  expect(first.slice(0, 2)).toEqual([110 / 3, undefined]);
  expect(figures()).toEqual(first);
});

test('semantics 1: a window that holds nothing, or that the rule does not have, is unknown', () => {
  const { around } = frameAsking(condition, [], reading);
  expect([around?.figure(0, 'avg'), around?.figure(7, 'avg')]).toEqual([undefined, undefined]);
  expect([around?.reaches(0, 1, 1), around?.reaches(7, 1, 1)]).toEqual([undefined, undefined]);
});

test('a condition is asked with the reading, and with what is around it only when it names a window', () => {
  const { value, quality, phenomenonAt } = reading;
  expect(frameAsking(condition, [], reading)).toMatchObject({ value, quality, phenomenonAt });
  expect(frameAsking(condition, [], reading).around).toBeDefined();
  expect(frameAsking({ ...condition, windows: [] }, [], reading).around).toBeUndefined();
});

test('eight figures are remembered while one reading is judged, the ninth is found again', () => {
  const rings = [filled(0, 10, 40, 60), filled(1, 10, 40, 60)];
  const { around } = frameAsking(condition, rings, reading);
  const eight = () => functions.map((fn) => around?.figure(0, fn));
  const ninth = () => around?.figure(1, 'count');
  const first = eight();
  expect(functions).toHaveLength(8);
  expect([first, ninth()]).toEqual([first, 3]);
  for (const [i, ring] of rings.entries()) enterAt(i, ring, 60, 90);
  expect([eight(), ninth()]).toEqual([first, 4]);
  const again = frameAsking(condition, rings, reading).around;
  expect([again?.figure(0, 'max'), again?.figure(0, 'count')]).toEqual([90, 4]);
});

test('what is remembered of one figure of a window is not said of another', () => {
  const { around } = frameAsking(condition, [filled(0, 10, 40, 60), filled(1, 10, 60)], reading);
  const figures = () =>
    (['min', 'max', 'count'] as const).map((fn) => [around?.figure(0, fn), around?.figure(1, fn)]);
  const found = [
    [10, undefined],
    [60, undefined],
    [3, 2],
  ];
  expect(figures()).toEqual(found);
  expect(figures()).toEqual(found);
});

test('semantics 17, 18: a change and where it leads to count from the reading that is judged', () => {
  const seconds = [10, 20, 30, 40, 50, 60];
  const asked = (v: number) =>
    frameAsking(condition, [filled(0, ...seconds)], readingOf({ t: 60, v }, 60)).around;
  expect(asked(60)?.figure(0, 'delta')).toBe(50);
  expect(asked(75)?.figure(0, 'delta')).toBe(65);
  expect([asked(60)?.reaches(0, 80, 20_000), asked(60)?.reaches(0, 81, 20_000)]).toEqual([true, false]);
  expect([asked(75)?.reaches(0, 95, 20_000), asked(75)?.reaches(0, 96, 20_000)]).toEqual([true, false]);
});

test('semantics 19: a condition on a sensor alone is told of no other', () => {
  const { around } = frameAsking(condition, [], reading);
  expect(around?.role('fan')).toBeUndefined();
  expect(around?.figureOf(0, 'avg', 0)).toBeUndefined();
  expect(around?.peers('methane')).toEqual([]);
});

test('semantics 25: a window of a sensor that is not there is told apart from one that holds too little', () => {
  const roles = { fan: { quantity: 'air-velocity' } };
  const of = figureIs('avg', 'ge', 1);
  const causes = (role?: string) => {
    const spec = { lengthS: 60, functions: ['avg'] as const, ...(role === undefined ? {} : { role }) };
    const [bound] = boundTo(windowRule({ window: spec, when: of, roles })).conditions;
    return bound && unknownWindows(bound, of, undefined);
  };
  expect(causes()).toEqual([{ input: 'avg 60 s', cause: 'too little in the window' }]);
  expect(causes('fan')).toEqual([{ input: 'fan.avg 60 s', cause: 'no sensor' }]);
});

test('semantics 4: the window of a quantity that we do not know keeps the places of its rule and three more', () => {
  const unknown = { ...rule, select: { quantities: ['phlogiston'] }, scale: 1, unit: '1' };
  const [bound] = boundTo(unknown, device([{ quantity: 'phlogiston', unit: '1' }])).conditions;
  expect(bound?.windows[0]?.shape.places).toBe(4);
});
