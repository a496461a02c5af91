import { RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { newMachine, phases, type SensorCell } from '../../../../functions/domain/rules/engine/cell.ts';
import { dueOf } from '../../../../functions/domain/rules/engine/due.ts';
import { instant, seconds } from '../../../../functions/domain/time.ts';
import { bookOf, boundTo, compare, device, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { stateWith } from '../../../support/engine/states.ts';

const silentAfter = (afterS: number) => ruleOf({ silent: { afterMs: seconds(afterS), severity: 'orange' } });
const pendingUntil = (deadlineAt: number) => ({
  machines: [{ ...newMachine(), phase: phases.pending, deadlineAt }],
});
const calm = (lifeAt: number): Partial<SensorCell> => ({ isCalm: true, lifeAt, lifeSetAt: lifeAt });

/** It names another sensor, so that calm readings are no secret of its own sensor. */
const linked = (): DeviceRules => {
  const when = compare('eq', input('sensor.fan.value'), literal(false));
  const rule = ruleOf({ roles: { fan: { quantity: 'fan-state' } } });
  const severities = rule.severities.map((one) => ({ ...one, when }));
  return boundTo({ ...rule, severities }, device([{}, { sensorId: 'fan', quantity: 'fan-state' }]));
};

test('nothing falls due where no rule watches', () => {
  expect(dueOf(stateWith(bindDevice(bookOf(), device())))).toBeUndefined();
});

test('nothing falls due of a condition of which nothing is kept', () => {
  expect(dueOf({ ...stateWith(boundTo(ruleOf())), cells: [] })).toBeUndefined();
});

test('semantics 8: what is due at an instant has passed a millisecond later', () => {
  expect(dueOf(stateWith(boundTo(silentAfter(30))))).toBe(30_001);
});

test.each([
  [[10_000, 20_000], 10_001],
  [[20_000, 10_000], 10_001],
  [[10_000, 10_000], 10_001],
  [[40_000, 50_000], 30_001],
])('semantics 8: of deadlines at %j and a silence at 30 s the first is due', (deadlines, expected) => {
  const rules = boundTo(silentAfter(30), device([{}, { sensorId: 'b' }]));
  expect(dueOf(stateWith(rules, { cells: deadlines.map(pendingUntil) }))).toBe(expected);
});

test('semantics 12: calm readings that only the sensor has noted put off its silence', () => {
  const rules = boundTo(silentAfter(30));
  expect(dueOf(stateWith(rules, { sensors: [calm(5_000)] }))).toBe(35_001);
  expect(dueOf(stateWith(rules, { sensors: [{ ...calm(5_000), isCalm: false }] }))).toBe(30_001);
});

test('semantics 12: a condition that names other sensors has its own sign of life', () => {
  expect(dueOf(stateWith(linked(), { sensors: [calm(5_000)] }))).toBe(30_001);
  expect(dueOf(stateWith(linked(), { cells: [{ lifeAt: 6_000, lifeSetAt: 6_000 }] }))).toBe(36_001);
});

describe('semantics 23: an alert whose rule was retired', () => {
  const tombstone = { id: RuleId.parse('test.gone'), by: 'owner', reason: 'replaced', date: '2026-11-28' };
  const orphan = { ...{ ruleId: 'test.gone', sensorId: 'ch4', toldRank: 3, wasToldStale: false }, since: 0 };
  const dueWith = (toldRank: number, seenAt: number, cells = [pendingUntil(10_000)]) => {
    const rules = bindDevice({ ...bookOf(silentAfter(30)), retired: [tombstone] }, device());
    const orphans = [{ ...orphan, toldRank, hint: undefined }];
    return dueOf(stateWith(rules, { orphans, cells, seenAt: instant(seenAt) }));
  };

  test('ends as soon as time is judged', () => {
    expect(dueWith(3, 5_000)).toBe(5_001);
    expect(dueWith(3, 0)).toBe(1);
  });

  test('ends no later than what is due before', () => {
    expect(dueWith(3, 20_000)).toBe(10_001);
  });

  test('is not due when it has ended', () => {
    expect(dueWith(-1, 5_000)).toBe(10_001);
  });
});
