import { AlertId, RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice, type Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { builtInRules } from '../../../../functions/domain/rules/engine/built-in.ts';
import {
  type AlertHint,
  never,
  newCell,
  newSensorCell,
} from '../../../../functions/domain/rules/engine/cell.ts';
import {
  blankCell,
  emptyRuleState,
  hintOf,
  type Orphan,
  type RuleState,
  staleHints,
  withHint,
} from '../../../../functions/domain/rules/engine/state.ts';
import { at, start } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { bookOf, boundTo, device, ruleOf, valueIs } from '../../../support/engine/rules.ts';
import { overrideOf } from '../../../support/overrides.ts';

const one = conditionOf(ruleOf());
const [orange] = ruleOf().severities;
const unanswerable = ruleOf({
  id: RuleId.parse('test.never'),
  severities: orange ? [{ ...orange, when: valueIs('ge', 'unset') }] : [],
});
const dated = { ...device(), overrides: [overrideOf({ from: start + 10_000 })] };

test('semantics 12: a cell that nothing was reported to counts its silence from its registration', () => {
  expect(blankCell(one, 5, 7)).toEqual(newCell(1, 5));
});

test('semantics 3: a cell that can never be answered is unknown since the device was seen', () => {
  expect(blankCell(conditionOf(unanswerable), 5, 7)).toEqual({
    ...newCell(1, 5),
    unknownAt: 7,
    unknownReceivedAt: 7,
  });
});

test('semantics 22: a new cell has met the era in which it begins', () => {
  const condition = conditionOf(ruleOf(), dated);
  const keys = condition.eras.map(({ key }) => key);
  expect([at(0), at(9.999), at(10), at(99)].map((t) => blankCell(condition, at(0), t).limitsKey)).toEqual([
    keys[0],
    keys[0],
    keys[1],
    keys[1],
  ]);
  const [era] = one.eras;
  const alone: Condition = { ...one, eras: era ? [{ ...era, key: 9 }] : [] };
  expect(blankCell(alone, 5, 7).limitsKey).toBe(0);
});

const two = device([{ sensorId: 'a' }, { sensorId: 'b' }]);
const graded = ruleOf({
  id: RuleId.parse('test.graded'),
  levels: [
    { severity: 'orange', at: 1 },
    { severity: 'red', at: 2 },
  ],
});

test('the state of a new device has a blank cell for each sensor and each rule on it', () => {
  const rules = bindDevice(bookOf(ruleOf(), graded, unanswerable), two);
  const state = emptyRuleState(rules, at(5));
  expect(state).toEqual({
    owner: {},
    rules,
    seenAt: at(5),
    quietUntil: never,
    sensors: [newSensorCell(), newSensorCell()],
    cells: rules.conditions.map((condition) => blankCell(condition, at(5), at(5))),
    orphans: [],
  });
  expect(state.rules).toBe(rules);
});

test('conditions of one form begin with the same cell, others with one of their own', () => {
  const { cells } = emptyRuleState(bindDevice(bookOf(ruleOf(), graded, unanswerable), two), at(5));
  const [plain, many, never0, plain1, many1, never1] = cells;
  expect([plain === plain1, many === many1, never0 === never1, plain === many]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([plain?.unknownAt, never0?.unknownAt]).toEqual([never, at(5)]);
  expect([plain?.machines.length, many?.machines.length]).toEqual([1, 2]);
});

test('semantics 22: each sensor of a device begins in the era of its registration', () => {
  const scope = { kind: 'sensor', deviceId: 'dev-1', sensorId: 'b' };
  const rules = boundTo(ruleOf(), { ...two, overrides: [overrideOf({ from: start + 10_000, scope })] });
  const [, later] = rules.conditions[1]?.eras ?? [];
  expect(emptyRuleState(rules, at(20)).cells.map(({ limitsKey }) => limitsKey)).toEqual([0, later?.key]);
});

const hint = (name: string): AlertHint => ({ alertId: AlertId.parse(name), alertVersion: 2 });
const [first, second] = [hint('alert-1'), hint('alert-2')];
const test1 = ruleOf().id;
const gone = RuleId.parse('test.gone');
const { fault, notEvaluable } = builtInRules;
const orphan = (ruleId: string, sensorId: string): Orphan => ({
  ...{ ruleId, sensorId, toldRank: 3, wasToldStale: false, since: at(0), hint: undefined },
});
const rulesOfTwo = bindDevice(bookOf(ruleOf(), graded), two);
const empty: RuleState = {
  ...emptyRuleState(rulesOfTwo, at(0)),
  orphans: [orphan(gone, 'a'), orphan(gone, 'b'), orphan('test.other', 'b')],
};
const places: [string, RuleId, string][] = [
  ['a rule', test1, 'a'],
  ['a rule', test1, 'b'],
  ['another rule', graded.id, 'b'],
  ['the fault of a sensor', fault.ruleId, 'a'],
  ['the fault of a sensor', fault.ruleId, 'b'],
  ['what nobody can answer of a sensor', notEvaluable.ruleId, 'a'],
  ['what nobody can answer of a sensor', notEvaluable.ruleId, 'b'],
  ['a rule that is gone', gone, 'a'],
  ['a rule that is gone', gone, 'b'],
  ['another rule that is gone', RuleId.parse('test.other'), 'b'],
];
const hintsIn = (state: RuleState): (AlertHint | undefined)[] =>
  places.map(([, ruleId, sensorId]) => hintOf(state, ruleId, sensorId));

test.each(places)(
  'which alert stands for %s (%s on %s) is noted there and nowhere else',
  (_, ruleId, sensorId) => {
    const noted = withHint(empty, ruleId, sensorId, first);
    const only = (of: AlertHint | undefined) =>
      places.map(([, rule, sensor]) => (rule === ruleId && sensor === sensorId ? of : undefined));
    expect(hintsIn(noted)).toEqual(only(first));
    expect(hintsIn(withHint(noted, ruleId, sensorId, second))).toEqual(only(second));
    expect(withHint(noted, ruleId, sensorId, undefined)).toEqual(empty);
    expect(hintsIn(empty)).toEqual(only(undefined));
  },
);

test('what is noted of one alert leaves that of another', () => {
  const both = withHint(withHint(empty, test1, 'a', first), gone, 'b', second);
  expect(hintsIn(both).filter((one) => one !== undefined)).toEqual([first, second]);
});

test('of a hint only the alert and its version are kept', () => {
  const wide = { ...first, more: 'x' };
  expect(hintOf(withHint(empty, test1, 'a', wide), test1, 'a')).toStrictEqual(first);
});

test('what nobody knows has no hint, and nothing is noted of it', () => {
  expect(hintOf(empty, test1, 'c')).toBeUndefined();
  expect(hintOf(empty, fault.ruleId, 'c')).toBeUndefined();
  expect(hintOf(empty, RuleId.parse('test.nowhere'), 'a')).toBeUndefined();
  for (const ruleId of [fault.ruleId, notEvaluable.ruleId, RuleId.parse('test.nowhere')])
    expect(withHint(empty, ruleId, 'c', first)).toEqual(empty);
});

test('a state without the cells of its rules knows no hint', () => {
  const bare: RuleState = { ...empty, cells: [], sensors: [] };
  expect([hintOf(bare, test1, 'a'), hintOf(bare, fault.ruleId, 'a')]).toEqual([undefined, undefined]);
});

test('the alerts that are shown stale are those that are open, told stale and known', () => {
  const cell = { ...newCell(1, 0), toldRank: 0, wasToldStale: true, hint: first };
  const cells = [
    cell,
    { ...cell, wasToldStale: false },
    { ...cell, toldRank: never },
    { ...cell, hint: undefined },
    { ...cell, hint: second },
  ];
  expect(staleHints({ ...empty, cells })).toEqual([first.alertId, second.alertId]);
});
