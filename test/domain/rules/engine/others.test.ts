import type { Seen } from '../../../../functions/domain/rules/around.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { aroundFrom } from '../../../../functions/domain/rules/engine/around-frame.ts';
import {
  byText,
  othersAt,
  othersOf,
  recordedOthers,
} from '../../../../functions/domain/rules/engine/around-others.ts';
import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { nextAfter, nothingRecent, withReading } from '../../../../functions/domain/rules/engine/recent.ts';
import { roleSlot } from '../../../../functions/domain/rules/engine/role-slot.ts';
import {
  recordedLast,
  recordedSurroundings,
} from '../../../../functions/domain/rules/engine/surroundings.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { SensorRegistration } from '../../../../functions/domain/telemetry/registration.ts';
import { readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { compare, device, either, input, literal, ruleOf } from '../../../support/engine/rules.ts';

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

const asking = (when: Expression, roles: Rule['roles'] = {}): Condition => {
  const rule = ruleOf({ roles });
  const severities = rule.severities.map((one) => ({ ...one, when }));
  const fan = { sensorId: 'fan', quantity: 'fan-state' };
  return conditionOf({ ...rule, severities }, device([{}, { sensorId: 'b' }, fan]));
};
const list: Expression = {
  ...{ op: 'peers', how: 'all', least: 1, quantity: 'methane' },
  of: compare('ge', input('peer.value'), literal(1)),
};

describe('semantics 19: what another sensor has said', () => {
  const both = () => {
    const isRunning = compare('eq', input('sensor.fan.value'), input('sensor.nobody.value'));
    return asking(either(isRunning, list), { fan: { quantity: 'fan-state' }, nobody: { quantity: 'co' } });
  };

  test('is looked up by its place, at the instant that is judged', () => {
    const seenAt = (slot: number, at: number) => ({ value: slot * 100 + at, quality: 'good' });
    const { access } = othersAt(both(), seenAt, 7);
    expect(access.role('fan')).toEqual({ value: 207, quality: 'good' });
    expect(access.role('nobody')).toBeUndefined();
    expect(access.peers('methane')).toEqual([
      { value: 7, quality: 'good', place: 0 },
      { value: 107, quality: 'good', place: 1 },
    ]);
  });

  test('is looked up once', () => {
    let asked = 0;
    const { access, said } = othersAt(both(), () => ({ value: ++asked, quality: 'good' }), 7);
    const first = [access.role('fan'), access.peers('methane')];
    expect([access.role('fan'), access.peers('methane')]).toEqual(first);
    expect(asked).toBe(3);
    expect([...said.roles.keys(), ...said.peers.keys()]).toEqual(['fan', 'methane']);
  });
});

describe('semantics 25: of other sensors a record holds', () => {
  const good = { value: 1, quality: 'good' };

  test('nothing, where none was asked', () => {
    expect(othersOf({ roles: new Map(), peers: new Map() })).toEqual({});
  });

  test('the roles by name, and what is unknown of them as null', () => {
    const roles = new Map<string, Seen | undefined>([
      ['c', undefined],
      ['a', good],
      ['b', { value: undefined, quality: 'fault' }],
    ]);
    expect(othersOf({ roles, peers: new Map() })).toEqual({
      roles: [
        ['a', 1, 'good'],
        ['b', null, 'fault'],
        ['c', null, null],
      ],
    });
  });

  test('the lists by quantity, each in the order of registration', () => {
    const peers = new Map([
      ['methane', [good, { value: undefined, quality: 'fault' }, { value: 0, quality: 'good' }]],
      ['co', []],
    ]);
    expect(othersOf({ roles: new Map(), peers })).toEqual({
      peers: [
        ['co', []],
        [
          'methane',
          [
            [1, 'good'],
            [null, 'fault'],
            [0, 'good'],
          ],
        ],
      ],
    });
  });

  test('what is given again to whoever asks by name', () => {
    const { role, peers } = recordedOthers({
      roles: [
        ['fan', true, 'good'],
        ['nobody', null, null],
        ['pump', null, 'fault'],
      ],
      peers: [
        ['co', [[0, 'good']]],
        [
          'methane',
          [
            [null, 'fault'],
            [2, 'good'],
          ],
        ],
      ],
    });
    expect([role('pump'), role('nobody'), role('fan')]).toEqual([
      { value: undefined, quality: 'fault' },
      undefined,
      { value: true, quality: 'good' },
    ]);
    expect(peers('methane')).toEqual([
      { value: undefined, quality: 'fault', place: 0 },
      { value: 2, quality: 'good', place: 1 },
    ]);
  });

  test('lists in the order of their texts', () => {
    expect([byText('a', 'b'), byText('b', 'a')]).toEqual([-1, 1]);
    expect([byText(['a', 2], ['a', 10]), byText(['b'], ['a', 1])]).toEqual([1, 1]);
  });
});
