import type { Around, Seen } from '../../../functions/domain/rules/around.ts';
import { compileCondition, compileExpression } from '../../../functions/domain/rules/evaluate-expression.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import type { Frame } from '../../../functions/domain/rules/frame.ts';
import { compare, input, literal } from '../../support/engine/rules.ts';
import { figure } from '../../support/engine/windows.ts';

const seen = (value: Seen['value'], place?: number): Seen => ({
  value,
  quality: typeof value === 'number' && value > 5 ? 'over-range' : 'good',
  ...(place !== undefined && { place }),
});
const around = (peers: readonly Seen[] = []): Around => ({
  figure: (window, fn) => (window === 2 && fn === 'rate' ? 0.5 : undefined),
  figureOf: (window, fn, place) =>
    window === 2 && fn === 'rate' && place !== undefined ? place / 4 : undefined,
  reaches: (window, limit, withinMs) => (window === 2 && withinMs === 60 ? limit > 5 : undefined),
  role: (name) => ({ fan: seen(true), co: seen(7), broken: seen(Number.NaN) })[name],
  peers: (quantity) => (quantity === 'co' ? peers : []),
});
const unset = () => undefined;
const frame = (peers?: readonly Seen[]): Frame => ({ value: 1, quality: 'good', around: around(peers) });
const of = (expression: Expression, at: Frame = frame()) => compileExpression(expression, unset, 2)(at);
const alone: Frame = { value: 1, quality: 'good' };

test('semantics 17: a figure of a window is what it shows; of a rate, for the time it is told for', () => {
  const rate = { op: 'window', fn: 'rate', window: 2 } as const;
  expect(of(rate)).toBe(0.5);
  expect(of({ ...rate, perMs: 60 })).toBe(30);
  expect(of(figure('rate', 1))).toBeUndefined();
  expect(of({ ...rate, window: 1, perMs: 60 })).toBeUndefined();
  expect([rate, { ...rate, perMs: 60 }].map((one) => of(one, alone))).toEqual([undefined, undefined]);
});

test('semantics 17: inside of peers a figure is that of the sensor in question', () => {
  const rate = { op: 'window', fn: 'rate', window: 2, each: true } as const;
  const at = { ...frame(), peer: seen(3, 6) };
  expect(of(rate, at)).toBe(1.5);
  expect(of({ ...rate, perMs: 60 }, at)).toBe(90);
  expect(of({ ...rate, window: 1, perMs: 60 }, at)).toBeUndefined();
  expect(of(rate)).toBeUndefined();
  expect(of(rate, { ...alone, peer: seen(3, 6) })).toBeUndefined();
});

test('semantics 18: a forecast asks its window, its limit and its time', () => {
  const reaches = (limit: Expression, window = 2, withinMs = 60): Expression => ({
    op: 'willReach',
    window,
    limit,
    withinMs,
  });
  expect(of(reaches(literal(6)))).toBe(true);
  expect(of(reaches(literal(5)))).toBe(false);
  expect(of(reaches(literal(6), 1))).toBeUndefined();
  expect(of(reaches(literal(6), 2, 61))).toBeUndefined();
  expect(of(reaches(literal('6')))).toBeUndefined();
  expect(of(reaches(input('limits.unset')))).toBeUndefined();
  expect(of(reaches(literal(6)), alone)).toBeUndefined();
});

const isHigh = compare('gt', input('peer.value'), literal(3));
const all: Expression = { op: 'peers', how: 'all', least: 1, quantity: 'co', of: isHigh };
const two: Expression = { op: 'peers', how: 'atLeast', least: 2, quantity: 'co', of: isHigh };

test.each<readonly [readonly Seen['value'][], boolean | undefined, boolean | undefined]>([
  [[], undefined, undefined],
  [[4], true, false],
  [[3], false, false],
  [[undefined], undefined, false],
  [[4, 5], true, true],
  [[4, 3], false, false],
  [[4, undefined], undefined, undefined],
  [[3, undefined], false, false],
  [[undefined, undefined], undefined, undefined],
  [[4, 5, 3], false, true],
  [[4, 5, undefined], undefined, true],
  [[4, 3, undefined], false, undefined],
  [[3, 3, undefined], false, false],
])('semantics 1: of sensors at %j all are above 3: %s; at least two: %s', (values, ofAll, ofTwo) => {
  const at = frame(values.map((value) => seen(value)));
  expect(of(all, at)).toBe(ofAll);
  expect(of(two, at)).toBe(ofTwo);
});

test('semantics 19: without the sensors of that quantity nothing is known of them', () => {
  expect(of(all, alone)).toBeUndefined();
  expect(of({ ...all, quantity: 'methane' } as Expression, frame([seen(4)]))).toBeUndefined();
});

test.each<readonly [string, Seen['value']]>([
  ['sensor.co.value', 7],
  ['sensor.co.quality', 'over-range'],
  ['sensor.fan.value', true],
  ['sensor.fan.quality', 'good'],
  ['sensor.broken.value', undefined],
  ['sensor.nobody.value', undefined],
  ['sensor.nobody.quality', undefined],
  ['peer.value', 9],
  ['peer.quality', 'over-range'],
])('semantics 19: %s is what that sensor shows: %s', (name, expected) => {
  expect(of(input(name), { ...frame(), peer: seen(9) })).toBe(expected);
  expect(of(input(name), alone)).toBeUndefined();
});

test('a value of another sensor that is no number is unknown', () => {
  expect(of(input('peer.value'), { ...alone, peer: seen(Number.POSITIVE_INFINITY) })).toBeUndefined();
});

test.each(['sensor.co.value', 'peer.value'])(
  'a value is compared with %s as that is when it is asked',
  (name) => {
    const condition = compileCondition(compare('lt', input('value'), input(name)), () => 0, 2);
    expect(condition({ ...frame(), peer: seen(9) })).toBe(true);
    expect(condition(alone)).toBeUndefined();
  },
);

test('semantics 4: a figure of a window is rounded before it is compared', () => {
  const at = { ...frame(), around: { ...around(), figure: () => 1.000004 } };
  expect(of(compare('eq', figure('avg'), literal(1)), at)).toBe(true);
  expect(of({ op: 'in', left: figure('avg'), list: [1] }, at)).toBe(true);
});
