import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import type { RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { differencesOf } from '../../../functions/domain/rules/shadow.ts';
import type { Severity } from '../../../functions/domain/severity.ts';
import { benchOf, feed } from '../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../support/engine/rules.ts';

const ruleAt = (severity: Severity, at: number): DeviceRules =>
  boundTo(ruleOf({ levels: [{ severity, at }] }));

function stateAfter(rules: DeviceRules, value: number): RuleState {
  const bench = benchOf(rules);
  feed(bench, [1, value]);
  return bench.state();
}

const red = ruleAt('red', 1);
const orange = ruleAt('orange', 1);
const never = ruleAt('orange', 9);

test.each([
  ['added', never, orange, undefined, 'orange'],
  ['removed', orange, never, 'orange', undefined],
  ['graver', orange, red, 'orange', 'red'],
  ['milder', red, orange, 'red', 'orange'],
] as const)(
  'where another severity stands under the candidate it is told as %s',
  (kind, before, after, live, candidate) => {
    expect(differencesOf(stateAfter(before, 2), stateAfter(after, 2))).toEqual([
      { ruleId: 'test.rule', sensorId: 'ch4', kind, live, candidate },
    ]);
  },
);

test('where both books say the same there is no difference', () => {
  expect(differencesOf(stateAfter(orange, 2), stateAfter(orange, 2))).toEqual([]);
  expect(differencesOf(stateAfter(orange, 0), stateAfter(never, 0))).toEqual([]);
});

test('the lightest severity stands too, and before any reading nothing does', () => {
  const signal = ruleAt('signal', 1);
  expect(differencesOf(benchOf(signal).state(), stateAfter(signal, 2))).toEqual([
    { ruleId: 'test.rule', sensorId: 'ch4', kind: 'added', live: undefined, candidate: 'signal' },
  ]);
});

test('of a sensor of which nothing is kept nothing stands', () => {
  const after = stateAfter(orange, 2);
  expect(differencesOf({ ...after, cells: [] }, after).map(({ kind }) => kind)).toEqual(['added']);
});
