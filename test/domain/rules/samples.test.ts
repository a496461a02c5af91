import type { Axis } from '../../../functions/domain/rules/axes.ts';
import { everyState, possibleStates } from '../../../functions/domain/rules/samples.ts';
import { axisOf as axis } from '../../support/engine/axes.ts';

const many = (make: (at: number) => readonly (readonly [string, Axis])[]): ReadonlyMap<string, Axis> =>
  new Map(Array.from({ length: 13 }, (_, at) => make(at)).flat());

test('of more states than are looked at none is taken to be possible', () => {
  const free = many((at) => [[`sensor.${at}.value`, axis('boolean', `sensor.${at}`)]]);
  expect(everyState(free)).toBeUndefined();
  expect(possibleStates(free)).toEqual([]);
  const tied = many((at) => [
    [`sensor.${at}.value`, axis('number', `sensor.${at}`, [1])],
    [`window.${at}.avg`, axis('number', `sensor.${at}`, [2])],
  ]);
  expect(possibleStates(tied)).toEqual([]);
});

test('a source has one of four grades, whatever figures a condition compares it with', () => {
  const states = everyState(new Map([['source.grade', axis('number', 'source.grade', [9])]]));
  expect(states?.map((state) => state.get('source.grade'))).toEqual([1, 2, 3, 4]);
});

test('a window of a steady sensor shows what the sensor shows', () => {
  const axes = new Map([
    ['value', axis('number', 'value', [1])],
    ['window.0.avg', axis('number', 'value', [1])],
    ['window.0.delta', axis('number', 'value', [5])],
  ]);
  for (const state of possibleStates(axes)) {
    expect(state.get('window.0.avg')).toBe(state.get('value'));
    expect(state.get('window.0.delta')).toBe(0);
  }
  expect(possibleStates(axes)).toHaveLength(3);
});
