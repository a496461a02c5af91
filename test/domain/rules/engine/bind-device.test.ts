import { RuleId, sha256 } from '../../../../functions/domain/ids.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { hash27 } from '../../../../functions/domain/rules/engine/hash27.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { namesOf, sensorsThat } from '../../../support/engine/bound.ts';
import {
  bookOf,
  boundTo,
  compare,
  device,
  type GivenRule,
  input,
  literal,
  ruleOf,
} from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const named = (id: string, given: GivenRule = {}) => ruleOf({ ...given, id: RuleId.parse(id) });
const asking = (id: string, when: Expression, given: GivenRule = {}) => {
  const rule = named(id, given);
  return { ...rule, severities: rule.severities.map((severity) => ({ ...severity, when })) };
};

const isFanOff = compare('eq', input('sensor.fan.value'), literal(false));
const isSteep: Expression = compare('gt', { op: 'absolute', of: input('value') }, literal(1));
const roles = { fan: { quantity: 'fan-state' } };

const plain = named('test.plain', { levels: [{ severity: 'orange', at: 1, below: 0.5 }] });
const watchful = asking('test.watchful', isSteep, { silent: { afterMs: seconds(20), severity: 'red' } });
const linked = asking('test.linked', isFanOff, { roles, silent: { afterMs: seconds(10), severity: 'red' } });
const windowed = {
  ...windowRule({ window: { lengthS: 60, functions: ['max'] }, when: figureIs('max', 'ge', 1) }),
  id: RuleId.parse('test.windowed'),
};

const fan = { sensorId: 'fan', quantity: 'fan-state', unit: '1', position: 'T2' };
const oxygen = { sensorId: 'o2', quantity: 'oxygen', period: 7_000 };

test('rules are kept by sensor and have places in the order of registration', () => {
  const co = named('test.oxygen', { select: { quantities: ['oxygen'] } });
  const rules = bindDevice(bookOf(plain, co, watchful), device([oxygen, {}, { sensorId: 'b' }]));
  expect(namesOf(rules.conditions)).toEqual([
    'test.oxygen on o2',
    'test.plain on ch4',
    'test.watchful on ch4',
    'test.plain on b',
    'test.watchful on b',
  ]);
  expect(rules.conditions.map(({ slot, sensorSlot }) => [slot, sensorSlot])).toEqual([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
  ]);
  expect(rules.sensors.map(({ slot, conditions }) => [slot, ...conditions.map((one) => one.slot)])).toEqual([
    [0, 0],
    [1, 1, 2],
    [2, 3, 4],
  ]);
  expect([...rules.bySensor.keys()]).toEqual(['o2', 'ch4', 'b']);
  expect(rules.bySensor.get('b')).toBe(rules.sensors[2]);
  expect(rules.rules.map(({ id }) => id)).toEqual(['test.oxygen', 'test.plain', 'test.watchful']);
});

test('semantics 12: a sensor without a figure of its own is silent after three reporting periods', () => {
  const { sensors } = bindDevice(bookOf(), device([{}, oxygen]));
  expect(sensors.map(({ silentAfterMs }) => silentAfterMs)).toEqual([15_000, 21_000]);
});

test('a sensor is named in the stored state by the first 27 bits of the hash of its id', () => {
  const [bound] = bindDevice(bookOf(), device()).sensors;
  expect(bound?.key).toBe(hash27('ch4'));
  expect(bound?.key).toBe(Number(BigInt(`0x${sha256('ch4')}`) >> 229n));
});

test('conditions of a sensor are alone, watchful or linked', () => {
  const [bound] = bindDevice(bookOf(plain, watchful, linked), device([{}, fan])).sensors;
  expect(namesOf(bound?.alone ?? [])).toEqual(['test.plain on ch4', 'test.watchful on ch4']);
  expect(namesOf(bound?.watchful ?? [])).toEqual(['test.watchful on ch4']);
  expect(namesOf(bound?.linked ?? [])).toEqual(['test.linked on ch4']);
  expect(bound?.aloneSilentMs).toBe(20_000);
});

test('a sensor that no rule watches is never silent by one', () => {
  const [bound] = bindDevice(bookOf(), device()).sensors;
  expect(bound).toMatchObject({ conditions: [], alone: [], edges: [], linked: [], windows: [] });
  expect(bound).toMatchObject({ isPlain: true, aloneSilentMs: Number.POSITIVE_INFINITY });
});

test('the edges of a sensor are those of its plain conditions, each once and ascending', () => {
  const second = named('test.second', {
    levels: [
      { severity: 'yellow', at: 0.7, below: 0.5 },
      { severity: 'red', at: 10 },
    ],
  });
  const [bound] = bindDevice(bookOf(plain, second, watchful), device()).sensors;
  expect(bound?.edges).toEqual([0.5, 0.7, 1, 10]);
  expect(bound?.whenEdges).toEqual([0.7, 1, 10]);
});

test.each([
  ['plain conditions alone', true, [plain]],
  ['a watchful one', false, [plain, watchful]],
  ['a linked one', false, [plain, linked]],
  ['a window', false, [plain, windowed]],
  ['a window that no condition asks', false, [{ ...windowed, severities: plain.severities }]],
])('a sensor with %s is plain: %s', (_, isPlain, rules) => {
  const { sensors } = bindDevice(bookOf(...rules), device([{}, fan]));
  expect(sensors[0]?.isPlain).toBe(isPlain);
});

test('a sensor without rules whose readings enter a window of another is not plain', () => {
  const rule = windowRule({
    window: { lengthS: 60, functions: ['max'], role: 'other' },
    when: figureIs('max', 'ge', 1),
    roles: { other: { quantity: 'oxygen' } },
  });
  const { sensors, hasWindows } = boundTo(rule, device([{}, oxygen, { ...fan }]));
  expect(sensors.map(({ windows }) => windows.length)).toEqual([0, 1, 0]);
  expect(sensors.map(({ isPlain }) => isPlain)).toEqual([false, false, true]);
  expect(hasWindows).toBe(true);
});

test('semantics 6: a sensor has the conditions of others that name it, after its own', () => {
  const own = asking('test.own', compare('ge', input('sensor.other.value'), literal(1)), {
    select: { quantities: ['oxygen'] },
    unit: '',
    roles: { other: { quantity: 'fan-state' } },
  });
  const rules = bindDevice(
    bookOf(
      asking('test.other', compare('ge', input('sensor.o2.value'), literal(1)), {
        roles: { o2: { quantity: 'oxygen' } },
      }),
      own,
    ),
    device([{}, oxygen, fan, { sensorId: 'co', quantity: 'co' }]),
  );
  expect(rules.sensors.map((bound) => namesOf(bound.linked))).toEqual([
    ['test.other on ch4'],
    ['test.own on o2', 'test.other on ch4'],
    ['test.own on o2'],
    [],
  ]);
  expect(sensorsThat(rules.sensors, ({ isPlain }) => isPlain)).toEqual(['co']);
  expect(rules.hasLinks).toBe(true);
});

test('a sensor with plain conditions is plain no longer when the condition of another names it', () => {
  const ofOxygen = named('test.oxygen', { select: { quantities: ['oxygen'] } });
  const naming = asking('test.naming', compare('ge', input('sensor.o2.value'), literal(1)), {
    roles: { o2: { quantity: 'oxygen' } },
  });
  const isPlain = (...rules: readonly (typeof plain)[]) =>
    sensorsThat(bindDevice(bookOf(...rules), device([{}, oxygen, fan])).sensors, (bound) => bound.isPlain);
  expect(isPlain(ofOxygen, plain)).toEqual(['ch4', 'o2', 'fan']);
  expect(isPlain(ofOxygen, naming)).toEqual(['fan']);
});

test.each([
  ['are plain', false, false, [plain]],
  ['name another sensor', false, true, [plain, linked]],
  ['ask a window', true, false, [plain, windowed]],
])('a device whose conditions %s has windows: %s, and links: %s', (_, hasWindows, hasLinks, rules) => {
  const bound = bindDevice(bookOf(...rules), device([{}, fan]));
  expect([bound.hasWindows, bound.hasLinks]).toEqual([hasWindows, hasLinks]);
});

test.each([
  ['active', true, 1],
  ['revoked', false, 0],
] as const)('a device that is %s is watched: %s', (status, isWatched, count) => {
  const book = bookOf(plain);
  const rules = bindDevice(book, { ...device(), status });
  expect(rules.isWatched).toBe(isWatched);
  expect(rules.conditions).toHaveLength(count);
  expect(rules.book).toBe(book);
});
