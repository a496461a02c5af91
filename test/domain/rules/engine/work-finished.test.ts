import { emptyRuleState } from '../../../../functions/domain/rules/engine/state.ts';
import {
  finish,
  ownCell,
  ownSensor,
  startWork,
  stepCell,
  tell,
} from '../../../../functions/domain/rules/engine/work.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { firstCondition } from '../../../support/engine/bound.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';
import { sensorNamed, workOn } from '../../../support/engine/under-way.ts';

const rules = boundTo(ruleOf());
const condition = firstCondition(rules);
const bound = sensorNamed(rules, 'ch4');
const state = () => emptyRuleState(rules, at(0));

const draft = () => {
  const work = workOn(rules);
  stepCell(work, condition, {
    kind: 'readings',
    isLate: false,
    at: at(5),
    readings: [readingOf({ t: 5, v: 1 }, 5)],
  });
  const [one] = work.transitions ?? [];
  if (one === undefined) throw new Error('nothing was told');
  return one;
};

test('work that has touched nothing ends with the state before, under other rules with the one that it was on', () => {
  const before = state();
  const other = { ...before, rules: boundTo(ruleOf()) };
  expect(finish(startWork(rules, before, false), before, at(9))).toEqual({ state: before, transitions: [] });
  expect(finish(startWork(rules, before, false), before, at(9)).state).toBe(before);
  expect(finish(startWork(rules, before, false), other, at(9)).state).toBe(before);
  const same = { ...before };
  expect(finish(startWork(rules, before, false), same, at(9)).state).toBe(same);
  const work = startWork(rules, before, false);
  tell(work, draft());
  expect(finish(work, same, at(9)).state).toBe(before);
  expect(finish(work, same, at(9)).transitions).toHaveLength(1);
});

test.each([
  ['newer', at(9), at(9)],
  ['as old', at(0), at(0)],
  ['older', at(-9), at(0)],
  ['none', undefined, at(0)],
])('a state has seen the newest message: the one that was judged is %s', (_, receivedAt, seenAt) => {
  const [before, mine] = [state(), state()];
  const work = startWork(rules, before, false);
  ownCell(work, condition);
  work.quietUntil = 70;
  const { state: after } = finish(work, before, receivedAt);
  expect(after).toEqual({ ...before, owner: work.owner, seenAt, quietUntil: 70, cells: work.cells });
  expect([after.owner === work.owner, after.cells === work.cells]).toEqual([true, true]);
  expect(after.sensors).not.toBe(before.sensors);
  const inPlace = startWork(rules, mine, true);
  inPlace.quietUntil = 70;
  expect(finish(inPlace, mine, receivedAt).state).toBe(mine);
  expect(mine).toMatchObject({ seenAt, quietUntil: 70 });
});

test('a state whose sensors alone were touched keeps its cells, in a list of its own', () => {
  const before = state();
  const work = startWork(rules, before, false);
  const own = ownSensor(work, bound);
  const { state: after } = finish(work, before, at(9));
  expect(after.sensors[0]).toBe(own);
  expect(after.cells).toEqual(before.cells);
  expect(after.cells).not.toBe(before.cells);
});
