import { RuleId } from '../../../../../functions/domain/ids.ts';
import { bindDevice } from '../../../../../functions/domain/rules/engine/bind.ts';
import { never, newMachine, newSensorCell } from '../../../../../functions/domain/rules/engine/cell.ts';
import { readRings, writeRings } from '../../../../../functions/domain/rules/engine/stored/ring-store.ts';
import { enter, newRing } from '../../../../../functions/domain/rules/windows/ring.ts';
import { bytesBy, readerOf } from '../../../../support/engine/bytes.ts';
import { machineOf } from '../../../../support/engine/counting.ts';
import { t0 } from '../../../../support/engine/rings.ts';
import { bookOf, boundTo, device, ruleOf } from '../../../../support/engine/rules.ts';
import { placed, rawCondition, rawSensor, renamed, storedAt } from '../../../../support/engine/stored.ts';
import { figureIs, windowRule } from '../../../../support/engine/windows.ts';

const rules = boundTo(ruleOf());
const two = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b' }]));
const [rule, other] = [ruleOf(), ruleOf({ id: RuleId.parse('test.other') })];
const twoRules = bindDevice(bookOf(rule, other), device());
const sensorAt = (at: number) => ({ ...newSensorCell(), at });

test('stored state is that of the rules it is placed under, and all its parts are its own', () => {
  const state = placed(two, [rawSensor('a'), rawSensor('b')]);
  expect(state).toMatchObject({ rules: two, seenAt: storedAt, quietUntil: never, orphans: [] });
  expect([state.sensors.length, state.cells.length]).toEqual([2, 2]);
  for (const sensor of state.sensors) {
    expect(sensor.owner).toBe(state.owner);
    expect(sensor.ringsOwner).toBe(state.owner);
  }
  for (const cell of state.cells) expect(cell.owner).toBe(state.owner);
});

describe('a sensor is found', () => {
  const [a, b] = [rawSensor('a', { cell: sensorAt(1) }), rawSensor('b', { cell: sensorAt(2) })];
  const keyed = (slot: number, at: number) => ({
    ...rawSensor('', { cell: sensorAt(at), key: two.sensors[slot]?.key ?? 0 }),
    name: undefined,
  });

  test.each([
    ['in its place by its id', [a, b], [1, 2]],
    ['in another place by its id', [b, a], [1, 2]],
    ['in its place by its hash', [keyed(0, 1), keyed(1, 2)], [1, 2]],
    ['in another place by its hash', [keyed(1, 2), keyed(0, 1)], [1, 2]],
    ['where others come first', [rawSensor('x'), rawSensor('y'), b], [never, 2]],
    ['by its id alone when that is known', [{ ...keyed(0, 1), name: 'x' }, b], [never, 2]],
  ])('%s', (_, sensors, expected) => {
    expect(placed(two, sensors).sensors.map(({ at }) => at)).toEqual(expected);
  });
});

test('a cell under the rules that it was stored under is taken as it is', () => {
  const [one, another] = [0, 1].map((i) => rawCondition(twoRules, [newMachine()], {}, i));
  const conditions = [one, another].flatMap((raw) => raw ?? []);
  const { cells } = placed(twoRules, [rawSensor('ch4', { conditions })]);
  expect(cells[0]).toBe(one?.cell);
  expect(cells[1]).toBe(another?.cell);
});

describe('cells are found by their rules', () => {
  const told = (i: number) => rawCondition(twoRules, [newMachine()], { lateCount: i + 1 }, i);

  test.each([
    ['in another order', [told(1), told(0)], [1, 2]],
    ['when one has another form', [told(0), renamed(told(1))], [1, 2]],
    ['when the first has another form', [renamed(told(0)), told(1)], [1, 2]],
    ['when one is gone between them', [told(0), renamed(told(1), { ruleId: 'gone' }), told(1)], [1, 2]],
    ['when one is new', [told(1)], [0, 2]],
    ['when another one is new', [told(0)], [1, 0]],
    ['when one is gone behind them', [told(0), told(1), renamed(told(1), { ruleId: 'gone' })], [1, 2]],
  ])('%s', (_, conditions, expected) => {
    const { cells } = placed(twoRules, [rawSensor('ch4', { conditions })]);
    expect(cells.map(({ lateCount }) => lateCount)).toEqual(expected);
  });
});

describe('a rule that is new to a sensor', () => {
  test('is silent since the newest sign of life under the other rules', () => {
    const three = bindDevice(bookOf(rule, other, ruleOf({ id: RuleId.parse('test.third') })), device());
    const conditions = [700_000, 800_000].map((lifeAt, i) =>
      rawCondition(twoRules, [newMachine()], { lifeAt }, i),
    );
    const [, , arrived] = placed(three, [rawSensor('ch4', { conditions })]).cells;
    expect(arrived).toMatchObject({ lifeAt: 800_000, lifeSetAt: storedAt, machines: [newMachine()] });
  });

  test('is silent since the last message when it has no other', () => {
    const [cell] = placed(rules, [rawSensor('ch4')]).cells;
    expect(cell).toMatchObject({ lifeAt: storedAt, lifeSetAt: storedAt, toldRank: never });
  });

  test('is silent since the last message when the sensor is new, too', () => {
    const state = placed(rules, []);
    expect(state.cells[0]).toMatchObject({ lifeAt: storedAt, lifeSetAt: storedAt });
    expect(state.sensors[0]).toMatchObject({ at: never, fault: { phase: 0 }, notEvaluable: { phase: 0 } });
  });
});

describe('semantics 3: a rule that nobody can answer any more', () => {
  const { silent: _, ...unanswerable } = ruleOf({ unit: 'ppm' });
  const unanswered = boundTo(unanswerable);

  test('is unknown since the last message', () => {
    const raw = rawCondition(unanswered, [newMachine()]);
    const { cells } = placed(unanswered, [rawSensor('ch4', { conditions: [raw] })]);
    expect(cells[0]).toMatchObject({ unknownAt: storedAt, unknownReceivedAt: storedAt });
  });

  test('stays unknown since when it was', () => {
    const raw = rawCondition(unanswered, [newMachine()], { unknownAt: 5, unknownReceivedAt: 6 });
    const { cells } = placed(unanswered, [rawSensor('ch4', { conditions: [raw] })]);
    expect(cells[0]).toMatchObject({ unknownAt: 5, unknownReceivedAt: 6 });
  });

  test('is no other rule', () => {
    const raw = rawCondition(rules, [newMachine()]);
    const { cells } = placed(rules, [rawSensor('ch4', { conditions: [raw] })]);
    expect(cells[0]).toMatchObject({ unknownAt: never, unknownReceivedAt: never });
  });
});

test('the windows of a sensor are found with it', () => {
  const windowed = boundTo(
    windowRule({ window: { lengthS: 600, functions: ['avg'] }, when: figureIs('avg', 'ge', 1) }),
  );
  const [bound] = windowed.sensors;
  const [window] = bound?.windows ?? [];
  if (bound === undefined || window === undefined) throw new Error('no window is bound');
  const ring = newRing();
  enter(window.shape, ring, t0, 5);
  const cell = { ...sensorAt(t0), rings: [ring] };
  const bytes = bytesBy((writer) => writeRings(writer, [window.key], bound, cell));
  const rings = readRings(readerOf(bytes), [window.key]);
  const [found] = placed(windowed, [rawSensor('ch4', { cell: sensorAt(t0), rings })]).sensors;
  expect(found?.rings[0]?.data).toEqual(ring.data);
  expect(placed(windowed, [rawSensor('ch4', { cell: sensorAt(t0) })]).sensors[0]?.rings).toEqual([]);
});

test('a stored cell with fewer severities than its rule has new ones in their places', () => {
  const raw = rawCondition(rules, []);
  const { cells } = placed(rules, [rawSensor('ch4', { conditions: [renamed(raw)] })]);
  expect(cells[0]?.machines).toEqual([machineOf()]);
});
