import { aroundFrom } from '../../../../functions/domain/rules/engine/around-frame.ts';
import { othersAt, recordedOthers } from '../../../../functions/domain/rules/engine/around-others.ts';
import { nextAfter, nothingRecent, withReading } from '../../../../functions/domain/rules/engine/recent.ts';
import { roleSlot } from '../../../../functions/domain/rules/engine/role-slot.ts';
import {
  recordedLast,
  recordedSurroundings,
} from '../../../../functions/domain/rules/engine/surroundings.ts';
import { SensorRegistration } from '../../../../functions/domain/telemetry/registration.ts';
import { readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { device, ruleOf } from '../../../support/engine/rules.ts';

const reading = readingOf({ t: 1, v: 1 }, 1);

test('semantics 19: a role is played by the one other sensor that carries a tag of it', () => {
  const sensor = (sensorId: string, ...tags: readonly string[]): SensorRegistration =>
    SensorRegistration.parse({
      ...{ sensorId, quantity: 'methane', unit: '%{vol}', period: 5_000, sourceId: 'face-1', tags },
    });
  const sensors = [sensor('own', 'inlet'), sensor('a', 'inlet', 'left'), sensor('b', 'outlet'), sensor('c')];
  const slotOf = (...tags: readonly string[]) => roleSlot(sensors, 0, { quantity: 'methane', tags });
  expect([slotOf('inlet'), slotOf('outlet', 'other'), slotOf('right'), slotOf('left', 'outlet')]).toEqual([
    1,
    2,
    undefined,
    undefined,
  ]);
});

test('semantics 6: of a quantity that a condition does not name no sensor has said anything', () => {
  const { access, said } = othersAt(
    conditionOf(ruleOf(), device()),
    () => ({ value: 1, quality: 'good' }),
    0,
  );
  expect(access.peers('oxygen')).toEqual([]);
  expect(access.role('fan')).toBeUndefined();
  expect([...said.peers]).toEqual([['oxygen', []]]);
});

test('semantics 25: what a record does not hold of other sensors is unknown', () => {
  const { role, peers } = recordedOthers({});
  expect(role('fan')).toBeUndefined();
  expect(peers('methane')).toEqual([]);
  const known = recordedOthers({ roles: [['fan', true, 'good']], peers: [['methane', [[null, 'fault']]]] });
  expect(known.role('fan')).toEqual({ value: true, quality: 'good' });
  expect(known.peers('methane')).toEqual([{ value: undefined, quality: 'fault', place: 0 }]);
  expect(known.peers('oxygen')).toEqual([]);
});

test('semantics 25: of a reading of which a record notes nothing every window is unknown', () => {
  for (const around of [recordedSurroundings([], []), recordedLast([])]) {
    expect(around.aroundAt(reading).figure(0, 'avg')).toBeUndefined();
    expect(around.aroundAt(reading).reaches(0, 1, 1)).toBeUndefined();
    expect(around.askedAt(reading)).toEqual({ figures: [], reaches: [], windows: [] });
  }
});

test('semantics 1: a condition that is asked beside windows alone knows no other sensor', () => {
  const around = aroundFrom({ figure: () => 1, figureOf: () => undefined, reaches: () => true });
  expect(around.role('fan')).toBeUndefined();
  expect(around.peers('methane')).toEqual([]);
  expect(around.figure(0, 'avg')).toBe(1);
});

test('semantics 19: a sensor has said something again at the end of a stretch in which it says the same', () => {
  let recent = nothingRecent;
  for (const at of [10, 20, 30]) recent = withReading(recent, at, true, 'good');
  expect([0, 10, 29, 30].map((at) => nextAfter(recent, at))).toEqual([10, 30, 30, Number.POSITIVE_INFINITY]);
});
