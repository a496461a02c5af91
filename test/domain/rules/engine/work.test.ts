import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { builtInRules } from '../../../../functions/domain/rules/engine/built-in.ts';
import {
  type Cell,
  never,
  newBuiltInCell,
  newCell,
  newSensorCell,
  noBand,
  phases,
  type SensorCell,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { nothingRecent, withReading } from '../../../../functions/domain/rules/engine/recent.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { emptyRuleState } from '../../../../functions/domain/rules/engine/state.ts';
import {
  calmOf,
  cellOf,
  ownCell,
  ownSensor,
  raiseNotEvaluable,
  rouse,
  seenIn,
  seenOf,
  sensorOf,
  startWork,
  stepCell,
  stepOwnAlert,
  surroundings,
} from '../../../../functions/domain/rules/engine/work.ts';
import type { Value } from '../../../../functions/domain/telemetry/reading.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { firstCondition } from '../../../support/engine/bound.ts';
import { bookOf, boundTo, device, ruleOf } from '../../../support/engine/rules.ts';
import { linkedRule, sensorNamed, toldIn, withFan, workOn } from '../../../support/engine/under-way.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const rules = boundTo(ruleOf());
const condition = firstCondition(rules);
const bound = sensorNamed(rules, 'ch4');
const state = () => emptyRuleState(rules, at(0));
const calm: Partial<SensorCell> = {
  isCalm: true,
  calmFrom: at(5),
  at: at(20),
  lifeAt: at(20),
  lifeSetAt: at(21),
};
const sensorWith = (change: Partial<SensorCell>): SensorCell => ({ ...newSensorCell(), ...change });
const cellWith = (change: Partial<Cell>): Cell => ({ ...newCell(1, at(0)), ...change });

test('work on a state that is somebody else’s begins without parts of its own, on one’s own with all of them', () => {
  const before = { ...state(), quietUntil: 7 };
  const [shared, own] = [startWork(rules, before, false), startWork(rules, before, true)];
  expect(shared).toEqual({
    ...{ rules, state: before, owner: {}, quietUntil: 7 },
    ...{ cells: undefined, sensors: undefined, transitions: undefined },
  });
  expect(shared.owner).not.toBe(before.owner);
  expect(own.owner).toBe(before.owner);
  expect([own.cells, own.sensors]).toEqual([before.cells, before.sensors]);
  expect([own.cells === before.cells, own.sensors === before.sensors]).toEqual([true, true]);
});

test('a slot that the state does not have is an error that names it', () => {
  const work = workOn(rules, { cells: [], sensors: [] });
  expect(() => cellOf(work, { ...condition, slot: 3 })).toThrow(new RangeError('no state for slot 3'));
  expect(() => sensorOf(work, { ...bound, slot: 4 })).toThrow(new RangeError('no state for sensor 4'));
});

test('a cell is copied once before it is changed, caught up with the calm readings of its sensor', () => {
  const before = state();
  const work = startWork(rules, before, false);
  expect(cellOf(work, condition)).toBe(before.cells[0]);
  const own = ownCell(work, condition, sensorWith(calm));
  expect(own).toMatchObject({ owner: work.owner, evaluatedAt: at(20), lifeAt: at(20), lifeSetAt: at(21) });
  expect(own.machines[0]?.spans).toEqual([spanKinds.isFalse, at(5), at(20)]);
  expect(cellOf(work, condition)).toBe(own);
  expect(before.cells[0]?.evaluatedAt).toBe(never);
  expect(ownCell(work, condition, sensorWith({ ...calm, at: at(30) }))).toBe(own);
  expect(own.evaluatedAt).toBe(at(30));
});

test('copies join a list of their own; the other cells and sensors are shared', () => {
  const two = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b' }]));
  const work = workOn(two);
  const [a, b] = two.conditions;
  const owned = [a, b].map((one) => one && ownCell(work, one));
  expect(work.cells).toEqual(owned);
  expect(work.cells?.map((cell, i) => cell === owned[i])).toEqual([true, true]);
  const sensors = two.sensors.map((one) => ownSensor(work, one));
  expect(work.sensors?.map((sensor, i) => sensor === sensors[i])).toEqual([true, true]);
});

test('a sensor is copied once before it is changed', () => {
  const before = state();
  const work = startWork(rules, before, false);
  const own = ownSensor(work, bound);
  expect(own).toEqual({ ...before.sensors[0], owner: work.owner });
  expect(own).not.toBe(before.sensors[0]);
  expect([ownSensor(work, bound) === own, sensorOf(work, bound) === own]).toEqual([true, true]);
});

test('a sensor has calm readings to tell while it is calm', () => {
  const resting = sensorWith(calm);
  expect(calmOf(resting)).toBe(resting);
  expect([calmOf(sensorWith({ ...calm, isCalm: false })), calmOf(undefined)]).toEqual([undefined, undefined]);
});

test('a calm sensor that is roused writes what it noted into the conditions on it alone, one that is not does nothing', () => {
  const both = bindDevice(bookOf(ruleOf(), linkedRule()), withFan);
  const [alone, linked] = both.conditions;
  const ch4 = sensorNamed(both, 'ch4');
  const work = workOn(both, {
    sensors: [sensorWith({ ...calm, band: { ...noBand, low: 1 } }), newSensorCell()],
  });
  rouse(work, ch4);
  expect(alone && cellOf(work, alone).evaluatedAt).toBe(at(20));
  expect(linked && cellOf(work, linked).evaluatedAt).toBe(never);
  expect(sensorOf(work, ch4)).toMatchObject({ isCalm: false, band: noBand });
  const awake = workOn(rules);
  rouse(awake, bound);
  expect([awake.cells, awake.sensors]).toEqual([undefined, undefined]);
});

const recent = withReading(withReading(nothingRecent, at(10), true, 'good'), at(20), true, 'good');
const linked = boundTo(linkedRule(), withFan);
const fan = sensorNamed(linked, 'fan');

test('semantics 19: what another sensor had said holds for its silence, three reporting periods', () => {
  const work = workOn(linked, { sensors: [newSensorCell(), sensorWith({ recent })] });
  const unseen = { value: undefined, quality: 'unknown' };
  expect([seenIn(work, 1, at(9)), seenIn(work, 0, at(20)), seenIn(work, 9, at(20))]).toEqual([
    unseen,
    unseen,
    unseen,
  ]);
  const seen = { value: true, quality: 'good' };
  expect([seenIn(work, 1, at(10)), seenIn(work, 1, at(50)), seenIn(work, 1, at(50.001))]).toEqual([
    seen,
    seen,
    { value: undefined, quality: 'good' },
  ]);
  const forgetful = workOn(linked, {
    sensors: [newSensorCell(), sensorWith({ recent: { ...recent, isCut: true } })],
  });
  expect(seenIn(forgetful, 1, at(9))).toEqual(unseen);
});

test.each<[string, Value | undefined, string, Value | undefined]>([
  ['a switch', false, 'good', false],
  ['a number', 0, 'good', 0],
  ['a number that is not finite', Number.NaN, 'good', undefined],
  ['a number without end', Number.POSITIVE_INFINITY, 'good', undefined],
  ['what is bad', 1, 'fault', undefined],
])('semantics 1, 19: %s, %s, that is %s is used as %s', (_, value, quality, used) => {
  expect(seenOf({ value, quality, from: 0, to: 10 }, 20, 10)).toEqual({ value: used, quality });
  expect(seenOf({ value, quality, from: 0, to: 10 }, 21, 10)).toEqual({ value: undefined, quality });
});

test('what a condition may ask are the windows and the other sensors as they stand, unless told otherwise', () => {
  expect(surroundings(workOn(rules), condition)).toBeUndefined();
  const work = workOn(linked, { sensors: [newSensorCell(), sensorWith({ recent })] });
  const asking = firstCondition(linked);
  const reading = readingOf({ t: 20, v: 1 }, 20);
  expect(surroundings(work, asking)?.aroundAt(reading).role('fan')?.value).toBe(true);
  ownSensor(work, fan).recent = nothingRecent;
  expect(surroundings(work, asking)?.aroundAt(reading).role('fan')?.value).toBeUndefined();
  const seen = { value: 5, quality: 'good' };
  expect(
    surroundings(work, asking, () => seen)
      ?.aroundAt(reading)
      .role('fan'),
  ).toEqual(seen);
});

test('semantics 17: without rings a window has counted nothing', () => {
  const windowed = boundTo(
    windowRule({ window: { lengthS: 60, functions: ['count'] }, when: figureIs('count', 'ge', 1) }),
  );
  const reading = readingOf({ t: 20, v: 1 }, 20);
  for (const work of [workOn(windowed), workOn(windowed, { sensors: [] })])
    expect(surroundings(work, firstCondition(windowed))?.aroundAt(reading).figure(0, 'count')).toBe(0);
});

test('a step tells what it caused, and keeps when something may fall due next', () => {
  const work = workOn(rules);
  work.quietUntil = Number.POSITIVE_INFINITY;
  const input = { kind: 'readings', isLate: false, at: at(5) } as const;
  const first = stepCell(work, condition, { ...input, readings: [readingOf({ t: 5, v: 1 }, 5)] });
  expect(first.verdict?.severities[0]?.when).toBe(true);
  expect(work.transitions).toEqual([first.transition]);
  expect(work.quietUntil).toBe(at(35));
  const quiet = stepCell(work, condition, { ...input, readings: [readingOf({ t: 6, v: 1 }, 6)] });
  expect([quiet.transition, toldIn(work), work.quietUntil]).toEqual([
    undefined,
    ['ch4: raised orange firing @5'],
    at(35),
  ]);
});

test('a step catches up with the calm readings before it', () => {
  const slow = boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, clearForS: 0 }] }));
  const work = workOn(slow);
  const readings = [readingOf({ t: 60, v: 0 }, 60)];
  stepCell(
    work,
    firstCondition(slow),
    { kind: 'readings', isLate: false, at: at(60), readings },
    sensorWith(calm),
  );
  expect(work.cells?.[0]?.machines[0]?.spans).toEqual([spanKinds.isFalse, at(5), at(60)]);
});

test('a step of readings asks what is around them, time does not unless told to', () => {
  const work = workOn(linked, {
    sensors: [newSensorCell(), sensorWith({ recent: withReading(nothingRecent, at(10), false, 'good') })],
  });
  const readings = [readingOf({ t: 20, v: 1 }, 20)];
  stepCell(work, firstCondition(linked), { kind: 'readings', isLate: false, at: at(20), readings });
  expect(toldIn(work)).toEqual(['ch4: raised orange firing @20']);
  const time = { kind: 'time', event: 'silence', at: at(60), index: 0, value: 1, quality: 'good' } as const;
  stepCell(work, firstCondition(linked), time);
  expect(toldIn(work)[1]).toBe('ch4: stale orange stale @60');
  expect(JSON.parse(work.transitions?.[1]?.because ?? '').asked).toBeUndefined();
});

const context = { at: at(61), phenomenonAt: at(60), value: 3, quality: 'good' };

test('an alert on data is changed on a copy, and told of the sensor', () => {
  const before = state();
  const work = startWork(rules, before, false);
  const input = {
    ...context,
    kind: 'raise',
    trigger: 'quality',
    rank: 2,
    silentAfterMs: 1,
    causes: [],
  } as const;
  stepOwnAlert(work, bound, 'fault', input);
  const raised = { ...newBuiltInCell(), phase: phases.active, rank: 2, since: at(60), lastAt: at(60) };
  expect(sensorOf(work, bound)).toMatchObject({ fault: raised, notEvaluable: newBuiltInCell() });
  expect(before.sensors[0]?.fault).toEqual(newBuiltInCell());
  expect(work.transitions).toHaveLength(1);
  expect(work.transitions?.[0]).toMatchObject({ ruleId: builtInRules.fault.ruleId, sensorId: 'ch4' });
  stepOwnAlert(work, bound, 'fault', input);
  expect(work.transitions).toHaveLength(1);
});

test('semantics 3: rules that are unknown for too long are told together, as grave as the gravest says', () => {
  const both = bindDevice(
    bookOf(ruleOf({ notEvaluable: 'blue' }), linkedRule({ notEvaluable: 'orange' }), {
      ...linkedRule(),
      notEvaluable: 'red',
    }),
    withFan,
  );
  const over = cellWith({ isUnknownOver: true });
  const work = workOn(both, { cells: [over, over, cellWith({})] });
  raiseNotEvaluable(work, sensorNamed(both, 'ch4'), context);
  expect(toldIn(work)).toEqual(['ch4: data.not-evaluable raised orange firing @60']);
  expect(JSON.parse(work.transitions?.[0]?.because ?? '').input).toEqual({
    ...context,
    ...{ kind: 'raise', trigger: 'unknown', rank: 3, silentAfterMs: seconds(30) },
    causes: [
      { rule: 'test.rule', inputs: [{ cause: 'quality none', input: 'value' }] },
      { rule: 'test.linked', inputs: [{ cause: 'quality none', input: 'value' }] },
    ],
  });
});

test('semantics 3: where every rule can be answered nothing is told', () => {
  const work = workOn(rules);
  raiseNotEvaluable(work, bound, context);
  expect([work.transitions, work.sensors]).toEqual([undefined, undefined]);
});
