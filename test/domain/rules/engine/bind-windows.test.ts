import {
  type AskedWindow,
  type BoundWindow,
  bindWindows,
  windowsIn,
} from '../../../../functions/domain/rules/engine/bind-windows.ts';
import { hash27 } from '../../../../functions/domain/rules/engine/hash27.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { keyOf, shapeOf } from '../../../../functions/domain/rules/windows/shape.ts';
import { duration } from '../../../../functions/domain/time.ts';
import { compare, device, type GivenRule, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { figure, figureIs, type GivenWindow, windowOf, windowRule } from '../../../support/engine/windows.ts';

const { sensors } = device([
  {},
  { sensorId: 'o2', quantity: 'oxygen' },
  { sensorId: 'x', quantity: 'unheard-of' },
  { sensorId: 'b', quantity: 'oxygen' },
]);
const minute = { lengthS: 60, functions: ['avg'] } as const;
const ruleWith = (windows: readonly GivenWindow[], given: GivenRule = {}) =>
  ruleOf({ ...given, windows: windows.map(windowOf) });
const noFeeds = (count = sensors.length): BoundWindow[][] => Array.from({ length: count }, () => []);
const placesOf = (bound: readonly (readonly AskedWindow[])[]) =>
  bound.map((asked) => asked.map(({ sensorSlot, index }) => [sensorSlot, index]));
const shapeAt = (windows: readonly GivenWindow[]) =>
  bindWindows(ruleWith(windows), sensors, 0, noFeeds()).map(([asked]) => asked?.shape);

test('a rule without windows feeds none', () => {
  const feeds = noFeeds();
  expect(bindWindows(ruleOf(), sensors, 0, feeds)).toEqual([]);
  expect(feeds).toEqual([[], [], [], []]);
});

test('semantics 17: without a role a window is of the sensor that the rule watches', () => {
  const feeds = noFeeds();
  const rule = ruleWith([{ ...minute, countMin: 7 }]);
  const shape = shapeOf(windowOf(minute), 5, true);
  expect(bindWindows(rule, sensors, 0, feeds)).toEqual([
    [{ sensorSlot: 0, index: 0, shape, countMin: 7, isOwn: true }],
  ]);
  const name = keyOf(shape);
  expect(feeds).toEqual([[{ shape, name, key: hash27(name) }], [], [], []]);
});

test('semantics 19: a window of a role is of the sensor that plays it', () => {
  const rule = ruleWith([{ ...minute, role: 'other' }], { roles: { other: { quantity: 'unheard-of' } } });
  const bound = bindWindows(rule, sensors, 0, noFeeds());
  expect(placesOf(bound)).toEqual([[[2, 0]]]);
  expect(bound[0]?.[0]?.isOwn).toBe(false);
});

test.each([
  ['nobody plays its role', { roles: { other: { quantity: 'co' } } }],
  ['two could play its role', { roles: { other: { quantity: 'oxygen' } } }],
  ['the rule has no such role', { roles: { another: { quantity: 'unheard-of' } } }],
  ['the rule has no roles', {}],
])('semantics 19: a window is of no sensor when %s', (_, given) => {
  const feeds = noFeeds();
  const rule = ruleWith([{ ...minute, role: 'other' }, minute], given);
  expect(placesOf(bindWindows(rule, sensors, 0, feeds))).toEqual([[], [[0, 0]]]);
  expect(feeds.map(({ length }) => length)).toEqual([1, 0, 0, 0]);
});

test('semantics 19: a window of a list is one of each of its sensors, its own among them', () => {
  const rule = ruleWith([{ ...minute, quantity: 'oxygen' }]);
  const bound = bindWindows(rule, sensors, 3, noFeeds());
  expect(placesOf(bound)).toEqual([
    [
      [1, 0],
      [3, 0],
    ],
  ]);
  expect(bound[0]?.map(({ isOwn }) => isOwn)).toEqual([false, true]);
});

test.each([
  ['there is no sensor', 4, 4],
  ['nothing is kept of the sensor', 0, 0],
  ['there is no sensor, but something is kept', 4, 5],
])('where %s no window is fed', (_, slot, count) => {
  expect(bindWindows(ruleWith([minute]), sensors, slot, noFeeds(count))).toEqual([[]]);
});

test('semantics 4: a window keeps three decimals more than the quantity, or the rule where it is unheard of', () => {
  const rule = ruleWith([minute], { scale: 4 });
  const places = [0, 1, 2].map((slot) => bindWindows(rule, sensors, slot, noFeeds())[0]?.[0]?.shape.places);
  expect(places).toEqual([5, 4, 7]);
});

test('semantics 17: windows that are alike share one ring, whatever asks them', () => {
  const feeds = noFeeds();
  const hour = { lengthS: 3_600, functions: ['avg'] } as const;
  const first = bindWindows(ruleWith([minute, hour]), sensors, 0, feeds);
  const again = bindWindows(
    ruleWith([hour, { ...minute, functions: ['count', 'avg'], countMin: 9 }]),
    sensors,
    0,
    feeds,
  );
  expect([placesOf(first), placesOf(again)]).toEqual([
    [[[0, 0]], [[0, 1]]],
    [[[0, 1]], [[0, 0]]],
  ]);
  expect(feeds[0]).toHaveLength(2);
  expect(again[1]?.[0]?.shape).toBe(feeds[0]?.[0]?.shape);
  expect(again[1]?.[0]?.countMin).toBe(9);
});

/** A length that nothing in this process has asked for: shapes are kept as long as it lasts. */
let unseenS = 5_000;

test('windows that are cut alike share one shape, whoever feeds them', () => {
  unseenS += 1;
  const [one] = shapeAt([{ ...minute, lengthS: unseenS }]);
  const [other] = shapeAt([{ ...minute, lengthS: unseenS, countMin: 5 }]);
  expect(other).toBe(one);
});

test('a window of another day, length, past or function has a shape of its own', () => {
  const day = { lengthS: 86_400, functions: ['avg'] } as const;
  const zones = shapeAt([day, { ...day, dayIn: 'UTC' }, { ...day, dayIn: 'Asia/Shanghai' }]);
  expect(zones.map((shape) => shape?.dayIn)).toEqual([undefined, 'UTC', 'Asia/Shanghai']);
  // Written one after the other their figures are the same.
  const lengths = shapeAt([
    { lengthS: 1, backS: 0.05, functions: ['avg'] },
    { lengthS: 10.005, functions: ['avg'] },
  ]);
  expect(lengths.map((shape) => [shape?.lengthMs, shape?.backMs])).toEqual([
    [1_000, 50],
    [10_005, 0],
  ]);
  const functions = shapeAt([minute, { ...minute, functions: ['max'] }]);
  expect(functions.map((shape) => shape?.fields)).toEqual([
    ['sum', 'last'],
    ['max', 'last'],
  ]);
});

test('semantics 17, 24: the last value of a bucket is kept where a `when` asks the value of that sensor, and nowhere else', () => {
  const windows = [minute, { ...minute, role: 'other' }];
  const roles = { other: { quantity: 'unheard-of' } };
  const fieldsWith = (when: Expression) => {
    const rule = windowRule({
      window: minute,
      when,
      clear: compare('lt', input('value'), literal(1)),
      roles,
    });
    return bindWindows({ ...rule, windows: windows.map(windowOf) }, sensors, 0, noFeeds()).map(
      ([asked]) => asked?.shape.fields,
    );
  };
  expect(fieldsWith(figureIs('avg', 'ge', 1))).toEqual([['sum'], ['sum']]);
  expect(fieldsWith(compare('ge', figure('avg'), input('value')))).toEqual([['sum', 'last'], ['sum']]);
});

test('an expression asks the windows of all its parts, in reading order', () => {
  const reaches: Expression = {
    ...{ op: 'willReach', window: 3, withinMs: duration(1) },
    limit: figure('max', 1),
  };
  const of: Expression = {
    ...{ op: 'and', left: figureIs('avg', 'ge', 1, 2) },
    right: { op: 'or', left: reaches, right: figureIs('min', 'le', 0, 2) },
  };
  expect(windowsIn(of)).toEqual([2, 3, 1, 2]);
  expect(windowsIn(input('value'))).toEqual([]);
  expect(windowsIn({ op: 'negate', of: literal(1) })).toEqual([]);
});
