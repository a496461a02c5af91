import type { BoundSensor, DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import {
  hasTwin,
  isSorted,
  noteCalm,
  restAlong,
} from '../../../../functions/domain/rules/engine/calm-message.ts';
import { never, noBand, nobody, type SensorCell } from '../../../../functions/domain/rules/engine/cell.ts';
import { emptyRuleState, type RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { at, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import { sensorCellOf } from '../../../support/engine/cells.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';

const sent = (...readings: readonly GivenReading[]) =>
  readings.map((given, i) => readingOf(given, given.t, i));

describe('semantics 6: readings of one sensor at one instant are judged together', () => {
  const two = { t: 2 };
  const other = { t: 2, sensor: 'co' };

  test.each<readonly [string, readonly GivenReading[], boolean]>([
    ['alone', [two], false],
    ['before the same sensor at the same instant', [two, two], true],
    ['before it with another sensor between', [two, other, two], true],
    ['before the same sensor at a later instant', [two, { t: 3 }], false],
    ['before another sensor at the same instant', [two, other], false],
    ['before another sensor at another instant', [two, { ...other, t: 3 }], false],
    ['before a later instant, whatever follows it', [two, { ...other, t: 3 }, two], false],
  ])('%s', (_, readings, said) => {
    expect(hasTwin(sent(...readings), 0)).toBe(said);
  });

  test('what lies before it is no twin', () => {
    expect(hasTwin(sent(two, two, other), 1)).toBe(false);
    expect(hasTwin(sent(other, two, two), 1)).toBe(true);
    expect(hasTwin(sent(two), -1)).toBe(false);
  });
});

test.each<readonly [readonly number[], boolean]>([
  [[], true],
  [[3], true],
  [[3, 3], true],
  [[3, 4, 5], true],
  [[4, 3], false],
  [[3, 5, 4], false],
])('readings of the seconds %j are sorted: %p', (seconds, said) => {
  expect(isSorted(sent(...seconds.map((t) => ({ t }))))).toBe(said);
});

describe('a calm reading', () => {
  const before = {
    at: at(10),
    number: 0.5,
    calmFrom: at(5),
    lifeAt: at(10),
    lifeSetAt: at(11),
    quality: 'fault',
  };
  const noted = (given: Partial<SensorCell>, reading: GivenReading): SensorCell => {
    const sensor = sensorCellOf({ ...before, ...given });
    noteCalm(sensor, readingOf(reading, 30), at(30));
    return sensor;
  };
  const newest = { at: at(20), number: 0.6, quality: 'good', isCalm: true };

  test('is the first of a run, and its sign of life counts', () => {
    const run = { ...newest, calmFrom: at(20), lifeAt: at(9), lifeSetAt: at(30) };
    expect(noted({}, { t: 20, v: 0.6, life: 9 })).toEqual(sensorCellOf({ ...before, ...run }));
  });

  test('goes on with a run, and a newer sign of life counts', () => {
    const life = { lifeAt: at(19), lifeSetAt: at(30) };
    const sensor = noted({ isCalm: true }, { t: 20, v: 0.6, life: 19 });
    expect(sensor).toEqual(sensorCellOf({ ...before, ...newest, ...life }));
  });

  test.each([9, 10])('goes on with a run, and a sign of life of second %d is not newer than 10', (life) => {
    const sensor = noted({ isCalm: true }, { t: 20, v: 0.6, life });
    expect(sensor).toEqual(sensorCellOf({ ...before, ...newest }));
  });

  test('may say something that is no number', () => {
    expect(noted({}, { t: 20, v: 'open' })).toMatchObject({ number: Number.NaN, other: 'open' });
  });
});

/** Two calm sensors whose values lie between 0 and 1 until second 100; silent after 30 s. */
const rules = boundTo(ruleOf(), device([{}, { sensorId: 'co' }]));
const band = { ...noBand, low: 0, high: 1, until: at(100), gapMs: 20_000, dueAt: at(80) };
const calm = {
  isCalm: true,
  calmFrom: at(0),
  at: at(10),
  number: 0.5,
  lifeAt: at(10),
  lifeSetAt: at(10),
  band,
};

function stateOf(given: Partial<RuleState> = {}, ch4: Partial<SensorCell> = {}): RuleState {
  const state = { ...emptyRuleState(rules, at(0)), quietUntil: at(30), ...given };
  const { owner } = state;
  const sensors = [
    { ...calm, owner, ...ch4 },
    { ...calm, owner },
  ].map(sensorCellOf);
  return { ...state, sensors, ...given };
}

/** Under `changed` instead of the rules as they were bound. */
const under = (state: RuleState, changed: DeviceRules): RuleState => ({ ...state, rules: changed });
const boundAs = (given: Partial<BoundSensor>): DeviceRules => {
  const sensors = rules.sensors.map((bound, slot) => (slot === 0 ? { ...bound, ...given } : bound));
  return { ...rules, sensors, bySensor: new Map(sensors.map((bound) => [bound.sensor.sensorId, bound])) };
};

describe('the calm readings with which a message begins', () => {
  const rests = (state: RuleState, ...readings: readonly GivenReading[]): number =>
    restAlong(state.rules, state, sent(...readings), at(20));
  const fits = { t: 20, v: 0.6 };

  test('are noted in their sensors', () => {
    const state = stateOf();
    expect(rests(state, fits, { t: 20, v: 0.7, sensor: 'co' }, { t: 21, v: 0.8 })).toBe(3);
    expect(state.sensors).toMatchObject([
      { at: at(21), number: 0.8, lifeAt: at(21), lifeSetAt: at(20) },
      { at: at(20), number: 0.7, lifeAt: at(20), lifeSetAt: at(20) },
    ]);
  });

  test('are all of them when there is none', () => {
    expect(rests(stateOf())).toBe(0);
  });

  test.each<readonly [string, GivenReading]>([
    ['of a sensor that is not registered', { ...fits, sensor: 'nobody' }],
    ['that is not trusted', { ...fits, trusted: false }],
    ['that is not good', { ...fits, q: 'calibrating' }],
    ['of the instant of the newest', { ...fits, t: 10 }],
    ['that is late', { ...fits, t: 9 }],
    ['that says something else', { ...fits, v: 1 }],
  ])('end before one %s', (_, judged) => {
    const state = stateOf();
    expect(rests(state, judged, { t: 22, v: 0.6 })).toBe(0);
    expect(state.sensors).toEqual(stateOf({ owner: state.owner }).sensors);
  });

  test('end where the first does that must be judged', () => {
    const state = stateOf();
    expect(rests(state, fits, { t: 21, v: 0.6, sensor: 'co' }, { t: 22, v: 2 }, { t: 23, v: 0.6 })).toBe(2);
    expect(state.sensors.map((sensor) => sensor.at)).toEqual([at(20), at(21)]);
  });

  test('semantics 6: end before one of two of the same sensor and instant', () => {
    expect(rests(stateOf(), fits, { t: 21, v: 0.6 }, { t: 21, v: 0.7 })).toBe(1);
  });

  test.each<readonly [string, Partial<SensorCell>]>([
    ['somebody else owns', { owner: nobody }],
    ['was not asked', { band: noBand, number: 0.6 }],
  ])('end before one of a sensor that %s', (_, ch4) => {
    expect(rests(stateOf({}, ch4), { ...fits, sensor: 'co' }, { t: 21, v: 0.6 })).toBe(1);
  });

  test('end before one of a sensor that a condition asks for more than its value', () => {
    expect(
      rests(under(stateOf(), boundAs({ isPlain: false })), { ...fits, sensor: 'co' }, { t: 21, v: 0.6 }),
    ).toBe(1);
  });

  test('end before one of a sensor of which nothing is kept', () => {
    expect(rests({ ...stateOf(), sensors: [] }, fits)).toBe(0);
  });

  test('are none in a message that is not sorted', () => {
    expect(rests(stateOf(), { t: 21, v: 0.6 }, { ...fits, sensor: 'co' })).toBe(0);
  });

  test('are none under other rules than those of the state', () => {
    expect(restAlong({ ...rules }, stateOf(), sent(fits), at(20))).toBe(0);
  });
});

describe('time has to be judged first', () => {
  const message = sent({ t: 20, v: 0.6 });
  const restsAt = (second: number, state: RuleState): number =>
    restAlong(state.rules, state, message, at(second));
  const due = { quietUntil: never };

  test.each([
    [29, 1, 30],
    [30, 1, 30],
    [31, 1, 40],
  ])('not at second %d, as far as second 30 was known quiet', (second, count, until) => {
    const state = stateOf();
    expect(restsAt(second, state)).toBe(count);
    expect(state.quietUntil).toBe(at(until));
  });

  test.each([
    [39, 1, at(40)],
    [40, 1, at(40)],
    [41, 0, never],
  ])('semantics 8, 12: at second %d, when a sensor falls silent at 40: %d calm', (second, count, until) => {
    const state = stateOf(due);
    expect(restsAt(second, state)).toBe(count);
    expect(state.quietUntil).toBe(until);
  });

  test.each([0, 1])('by the sensor of slot %d that falls silent first', (slot) => {
    const isFirst = (): RuleState => {
      const state = stateOf(due);
      const sensors = state.sensors.map((one, i) => (i === slot ? { ...one, lifeAt: at(-8) } : one));
      return { ...state, sensors };
    };
    expect(restsAt(22, isFirst())).toBe(1);
    expect(restsAt(23, isFirst())).toBe(0);
  });

  test('where a sensor is not calm', () => {
    expect(restsAt(20, stateOf(due, { isCalm: false }))).toBe(0);
    expect(restsAt(20, stateOf({}, { isCalm: false }))).toBe(1);
  });

  test('where a condition on another sensor than those that report asks for more than its value', () => {
    const state = under(stateOf(due), boundAs({ isPlain: false }));
    expect(restAlong(state.rules, state, sent({ t: 20, v: 0.6, sensor: 'co' }), at(20))).toBe(0);
  });

  test('where a sensor is kept that no rules are bound to', () => {
    const state = stateOf(due);
    expect(restsAt(20, { ...state, sensors: [...state.sensors, ...state.sensors] })).toBe(0);
  });
});
