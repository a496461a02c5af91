import { minutes } from '../../../../functions/domain/time.ts';
import { benchOf, feed, secondOf, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, type GivenSeverity, ruleOf } from '../../../support/engine/rules.ts';

const bench = (...levels: readonly GivenSeverity[]): TestBench =>
  benchOf(boundTo(ruleOf({ levels, silent: { afterMs: minutes(60), severity: 'orange' } })));

const phasesOf = (on: TestBench) => on.state().cells[0]?.machines.map(({ phase }) => phase);
const lateCountOf = (on: TestBench) => on.state().cells[0]?.lateCount;
const sinceOf = (on: TestBench, index = 0) =>
  secondOf(on.state().cells[0]?.machines[index]?.since ?? Number.NaN);

test('semantics 9, 14: with a late graver breach a lower severity that is true becomes active, whatever its `for`', () => {
  const on = bench({ severity: 'orange', at: 1, forS: 60 }, { severity: 'red', at: 2 });
  feed(on, [10, 0]);
  expect(on.send([{ t: 5, v: 2 }], 11)).toEqual(['raised red firing @5 late']);
  expect(phasesOf(on)).toEqual([2, 2]);
});

test('semantics 9, 14: with a late graver breach a lower severity that is false stays as it is', () => {
  const on = bench({ severity: 'orange', at: 30 }, { severity: 'red', at: 20 });
  feed(on, [10, 0]);
  expect(on.send([{ t: 5, v: 25 }], 11)).toEqual(['raised red firing @5 late']);
  expect(phasesOf(on)).toEqual([0, 2]);
});

test('semantics 9, 14: a late lower breach raises no graver severity before its `for`', () => {
  const on = bench({ severity: 'orange', at: 1 }, { severity: 'red', at: 2, forS: 60 });
  feed(on, [0, 0]);
  on.send([{ t: 10, q: 'unknown' }]);
  expect(on.send([{ t: 5, v: 2 }], 11)).toEqual(['raised orange firing @5 late']);
  expect(phasesOf(on)).toEqual([2, 1]);
});

test('semantics 9: a late breach of the lower severity alone is counted in the record of an open episode', () => {
  const on = bench({ severity: 'orange', at: 1 }, { severity: 'red', at: 2 });
  feed(on, [0, 1], [10, 1]);
  on.send([{ t: 5, v: 1 }], 11);
  expect(lateCountOf(on)).toBe(1);
});

test('semantics 9: a late normal is not counted in the record of an open episode', () => {
  const on = bench({ severity: 'orange', at: 1 });
  feed(on, [0, 1], [10, 1]);
  on.send([{ t: 5, v: 0 }], 11);
  expect(lateCountOf(on)).toBe(0);
});

test('semantics 9: a late graver breach in a closed lower episode raises', () => {
  const on = bench({ severity: 'orange', at: 1 }, { severity: 'red', at: 2 });
  feed(on, [0, 1], [10, 0], [20, 0]);
  expect(on.send([{ t: 5, v: 2 }], 21)).toEqual(['raised red firing @5 late']);
});

test('semantics 9: a late breach inside a closed episode lets the open one begin no earlier', () => {
  const on = bench({ severity: 'orange', at: 1 });
  feed(on, [0, 1], [5, 0], [15, 0], [30, 1]);
  on.send([{ t: 2, v: 1 }], 31);
  expect(sinceOf(on)).toBe(30);
});

test('semantics 9, 24: a late breach in the clear run of a closed episode is where the open one begins', () => {
  const on = bench({ severity: 'orange', at: 1, forS: 10 });
  feed(on, [0, 1], [10, 1], [15, 0], [25, 0], [40, 1], [50, 1]);
  on.send([{ t: 20, v: 1 }], 51);
  expect(sinceOf(on)).toBe(20);
});

test('semantics 7, 9: a late breach whose run was too short lets an open episode begin no earlier', () => {
  const on = bench({ severity: 'orange', at: 1, forS: 10 });
  feed(on, [5, 0], [10, 0], [20, 1], [30, 1]);
  on.send([{ t: 7, v: 1 }], 31);
  expect(sinceOf(on)).toBe(20);
});

test('semantics 9: an episode that a late breach completes begins where its run began', () => {
  const on = bench({ severity: 'orange', at: 1, forS: 10 });
  feed(on, [0, 1], [5, 1], [15, 0]);
  expect(on.send([{ t: 10, v: 1 }], 16)).toEqual(['raised orange firing @10 late']);
  expect(sinceOf(on)).toBe(0);
});

test('semantics 7, 10: a run that waits begins at a late trusted breach, not at an untrusted one before', () => {
  const on = bench({ severity: 'orange', at: 1, forS: 60 });
  feed(on, [0, 0], [20, 1]);
  on.send([{ t: 5, v: 1, trusted: false }], 21);
  on.send([{ t: 10, v: 1 }], 22);
  expect(sinceOf(on)).toBe(10);
});

test('semantics 9: a late normal shortens no run that waits, whatever comes late after it', () => {
  const on = bench({ severity: 'orange', at: 1, forS: 15 });
  feed(on, [10, 1], [20, 1]);
  on.send([{ t: 15, v: 0 }], 21);
  on.send([{ t: 18, v: 1 }], 22);
  expect(feed(on, [25, 1])).toEqual(['raised orange firing @25']);
});
