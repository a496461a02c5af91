import { advance, dueAt } from '../../../../functions/domain/rules/engine.ts';
import { at, benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';

/** `for` of 10 s; a period of 5 s, so a grace of 30 s: the deadline of a breach at 0 lies at 40. Silence is far. */
const rule = ruleOf({
  levels: [{ severity: 'orange', at: 1, forS: 10 }],
  silent: { ...ruleOf().silent, severity: 'blue', afterMs: ruleOf().maxHoldMs },
});
const rules = boundTo(rule);
const bench = () => benchOf(rules);

test.each([
  [39.999, []],
  [40, []],
  [40.001, ['raised orange firing @40']],
])('semantics 8: a deadline at 40 s, swept at %s s', (now, expected) => {
  const on = bench();
  feed(on, [0, 1]);
  expect(on.wait(now)).toEqual(expected);
});

test('semantics 8: the grace is two reporting periods where that is more than 30 s', () => {
  const on = benchOf(boundTo(rule, device([{ period: 60_000 }])));
  feed(on, [0, 1]);
  expect(on.wait(130)).toEqual([]);
  expect(on.wait(130.001)).toEqual(['raised orange firing @130']);
});

test('semantics 8: a deadline counts from the receive time of the first breach', () => {
  const on = bench();
  on.send([{ t: 0, v: 1 }], 100);
  expect(on.wait(140)).toEqual([]);
  expect(on.wait(140.001)).toEqual(['raised orange firing @140']);
});

test('semantics 8: only a later known-false reading contradicts a deadline', () => {
  const on = bench();
  feed(on, [0, 1]);
  on.send([{ t: 5, q: 'unknown' }]);
  on.send([{ t: 5, v: 0 }], 6);
  on.send([{ t: 6, v: 0, trusted: false }]);
  on.send([{ t: 7, v: 0, q: 'calibrating' }]);
  expect(on.wait(41)).toEqual(['raised orange firing @40']);
  const contradicted = bench();
  feed(contradicted, [0, 1], [5, 0]);
  expect(contradicted.wait(1000)).toEqual([]);
});

test('semantics 8: before a message the deadlines before its receive time are applied, each at its own time', () => {
  const on = bench();
  feed(on, [0, 1]);
  expect(on.send([{ t: 45, v: 0 }])).toEqual(['raised orange firing @40']);
  expect(on.drafts.map(({ at: decided, trigger }) => [decided, trigger])).toEqual([[at(40), 'deadline']]);
  const punctual = bench();
  feed(punctual, [0, 1]);
  expect(punctual.send([{ t: 40, v: 0 }])).toEqual([]);
});

test('semantics 8: the deadlines of several sensors are applied in the order of their times', () => {
  const on = benchOf(boundTo(rule, device([{}, { sensorId: 'ch4-2' }])));
  on.send([{ t: 1, v: 1 }]);
  on.send([{ t: 0, v: 1, sensor: 'ch4-2' }], 3);
  expect(on.wait(100)).toEqual(['raised orange firing @41', 'raised orange firing @43']);
});

test('semantics 8: a message without readings applies what fell due and changes nothing else', () => {
  const on = bench();
  feed(on, [0, 1]);
  const before = on.state();
  expect(on.send([], 40)).toEqual([]);
  expect(on.state()).toBe(before);
  expect(on.send([], 41)).toEqual(['raised orange firing @40']);
});

test('what is due is due a millisecond after its deadline, and time that changes nothing gives back the same state', () => {
  const on = bench();
  expect(dueAt(rules, on.state())).toBe(at(1800.001));
  feed(on, [0, 1]);
  expect(dueAt(rules, on.state())).toBe(at(40.001));
  const before = on.state();
  on.wait(40);
  expect(on.state()).toBe(before);
  on.wait(40.001);
  expect(on.state()).not.toBe(before);
  on.wait(2_000);
  expect(dueAt(rules, on.state())).toBeUndefined();
});

test('time can be applied to some sensors first and to the others later, with the same verdicts', () => {
  const two = boundTo(rule, device([{}, { sensorId: 'ch4-2' }]));
  const on = benchOf(two);
  on.send([
    { t: 0, v: 1 },
    { t: 0, v: 1, sensor: 'ch4-2' },
  ]);
  const first = advance(two, on.state(), at(50), at(50), ['ch4-2']);
  expect(first.transitions.map(({ sensorId }) => sensorId)).toEqual(['ch4-2']);
  on.set(first.state);
  on.wait(50);
  expect(on.drafts.map(({ sensorId, at: decided }) => [sensorId, decided])).toEqual([['ch4', at(40)]]);
});
