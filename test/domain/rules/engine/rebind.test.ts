import { rebind } from '../../../../functions/domain/rules/engine/rebind.ts';
import { at, benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';

const two = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'ch4' }]));
const one = boundTo(ruleOf());

test('a state stays the same one under the rules that made it', () => {
  const bench = benchOf(two);
  feed(bench, [0, 1]);
  expect(rebind(bench.state(), two)).toBe(bench.state());
});

test('semantics 23: under other rules what is known of a sensor finds its new place', () => {
  const bench = benchOf(one);
  feed(bench, [0, 1]);
  const moved = rebind(bench.state(), two);
  expect(moved.rules).toBe(two);
  expect(moved.seenAt).toBe(at(0));
  expect(moved.sensors.map((sensor) => sensor.at)).toEqual([-1, at(0)]);
  expect(moved.cells.map(({ toldRank }) => toldRank)).toEqual([-1, 3]);
  expect(bench.state().rules).toBe(one);
});
