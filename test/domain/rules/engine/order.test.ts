import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';

test('semantics 6: the readings of one message are judged by their instants', () => {
  const bench = benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 10 }] })));
  const lines = bench.send([
    { t: 10, v: 1 },
    { t: 0, v: 1 },
    { t: 5, v: 1 },
  ]);
  expect(lines).toEqual(['raised orange firing @10']);
});

test('semantics 6: of two values of one instant the graver counts, whatever their order', () => {
  for (const values of [
    [0, 1],
    [1, 0],
  ]) {
    const bench = benchOf(boundTo(ruleOf()));
    expect(bench.send(values.map((v) => ({ t: 0, v })))).toEqual(['raised orange firing @0']);
  }
});

test('semantics 6: of two values of one instant one that is bad keeps the other from clearing', () => {
  const bench = benchOf(boundTo(ruleOf()));
  feed(bench, [0, 1], [5, 0.5]);
  expect(
    bench.send([
      { t: 15, v: 0.5 },
      { t: 15, v: 0.5, q: 'unknown' },
    ]),
  ).toEqual([]);
});

test('semantics 6: five hundred values of one instant make one small record', () => {
  const bench = benchOf(boundTo(ruleOf()));
  bench.send(Array.from({ length: 500 }, (_, i) => ({ t: 0, v: i === 321 ? 1 : 0 })));
  expect(bench.drafts.map(({ value }) => value)).toEqual([1]);
  expect(bench.drafts[0]?.because.length).toBeLessThan(2_000);
});

test('semantics 6: a second value of an instant that was already evaluated is late', () => {
  const bench = benchOf(boundTo(ruleOf()));
  feed(bench, [0, 0]);
  expect(bench.send([{ t: 0, v: 1 }], 1)).toEqual(['raised orange firing @0 late']);
});

test('readings of a sensor that is not registered are left out', () => {
  const bench = benchOf(boundTo(ruleOf()));
  const before = bench.state();
  expect(bench.send([{ t: 0, v: 9, sensor: 'nobody' }])).toEqual([]);
  expect(bench.state()).toBe(before);
});

test('each sensor of a device has its own timers', () => {
  const bench = benchOf(boundTo(ruleOf(), device([{}, { sensorId: 'ch4-2' }])));
  const lines = bench.send([
    { t: 0, v: 1 },
    { t: 0, v: 0, sensor: 'ch4-2' },
    { t: 5, v: 0 },
    { t: 5, v: 1, sensor: 'ch4-2' },
  ]);
  expect(lines).toEqual(['raised orange firing @0', 'raised orange firing @5']);
  expect(bench.drafts.map(({ sensorId }) => sensorId)).toEqual(['ch4', 'ch4-2']);
});
