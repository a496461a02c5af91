import { roleSlot } from '../../../../functions/domain/rules/engine/role-slot.ts';
import { device } from '../../../support/engine/rules.ts';

const { sensors } = device([
  { sensorId: 'own', quantity: 'oxygen', position: 'T1', tags: ['inlet'] },
  { sensorId: 'a', quantity: 'oxygen', position: 'T2', tags: ['inlet', 'left'] },
  { sensorId: 'b', quantity: 'oxygen', position: 'T3', tags: ['outlet'] },
  { sensorId: 'c', quantity: 'oxygen', position: undefined },
  { sensorId: 'd', quantity: 'co', position: 'T2', tags: ['inlet'] },
]);

test.each([
  ['its quantity, when there is one', { quantity: 'co' }, 4],
  ['its quantity, when there are more', { quantity: 'oxygen' }, undefined],
  ['a quantity that nobody measures', { quantity: 'methane' }, undefined],
  ['a position of several', { quantity: 'oxygen', positions: ['T3', 'T9'] }, 2],
  ['positions of two sensors', { quantity: 'oxygen', positions: ['T2', 'T3'] }, undefined],
  ['no position at all', { quantity: 'oxygen', positions: [] }, undefined],
  ['the position of its own sensor', { quantity: 'oxygen', positions: ['T1'] }, undefined],
  ['a tag', { quantity: 'oxygen', tags: ['left'] }, 1],
  ['one tag of several', { quantity: 'oxygen', tags: ['right', 'outlet'] }, 2],
  ['a tag that its own sensor carries too', { quantity: 'oxygen', tags: ['inlet'] }, 1],
  ['no tag at all', { quantity: 'oxygen', tags: [] }, undefined],
  ['a position and a tag', { quantity: 'oxygen', positions: ['T2', 'T3'], tags: ['outlet'] }, 2],
  [
    'a position and the tag of another',
    { quantity: 'oxygen', positions: ['T2'], tags: ['outlet'] },
    undefined,
  ],
])('semantics 19: a role is played by the one other sensor that is selected by %s', (_, role, expected) => {
  expect(roleSlot(sensors, 0, role)).toBe(expected);
});

test('semantics 19: the sensor that a rule watches plays no role in it', () => {
  expect(roleSlot(sensors, 4, { quantity: 'co' })).toBeUndefined();
});
