import { AlertId } from '../../../../functions/domain/ids.ts';
import { builtInRules } from '../../../../functions/domain/rules/engine/built-in.ts';
import {
  type BuiltInCell,
  type Cell,
  type Machine,
  never,
  newBuiltInCell,
  newCell,
  newMachine,
  newSensorCell,
  noBand,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { emptyRuleState, type RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { type Told, toldOf, withTold } from '../../../../functions/domain/rules/engine/told.ts';
import { rankOf } from '../../../../functions/domain/severity.ts';
import { at } from '../../../support/engine/bench.ts';
import { boundTo, device, ruleOf } from '../../../support/engine/rules.ts';

const levels = [
  { severity: 'blue', at: 1 },
  { severity: 'orange', at: 2 },
  { severity: 'red', at: 3 },
] as const;
const [blue, yellow, orange, red] = [rankOf('blue'), rankOf('yellow'), rankOf('orange'), rankOf('red')];
const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 2 };
/** Slot 0 is of sensor a, slot 1 of sensor b. */
const two = boundTo(ruleOf({ levels }), device([{ sensorId: 'a' }, { sensorId: 'b' }]));
const { idle, pending, active, clearing } = phases;

function stateWith(
  cell: Partial<Cell> = {},
  fault: Partial<BuiltInCell> = {},
  more: Partial<RuleState> = {},
) {
  const band = { ...noBand, low: 1 };
  return {
    ...emptyRuleState(two, at(0)),
    cells: [{ ...newCell(3, at(0)) }, { ...newCell(3, at(0)), ...cell }],
    sensors: [
      { ...newSensorCell(), band },
      { ...newSensorCell(), band, fault: { ...newBuiltInCell(), ...fault } },
    ],
    ...more,
  };
}
const ofRule = (more: Partial<Told> = {}): Told => ({
  ...{ ruleId: 'test.rule', sensorId: 'b', rank: 3, isStale: false, hint: undefined },
  ...more,
});
const ofFault = (more: Partial<Told> = {}) => ofRule({ ruleId: builtInRules.fault.ruleId, ...more });

test('of what never was told, and has no name kept for it, there is nothing', () => {
  expect(toldOf(emptyRuleState(two, at(0)))).toEqual([]);
  expect(toldOf({ ...stateWith(), cells: [], sensors: [] })).toEqual([]);
});

test.each<[string, Partial<Cell>, Partial<Told>]>([
  ['it stands', { toldRank: 3 }, { rank: 3 }],
  ['it is stale', { toldRank: 2, wasToldStale: true, hint }, { rank: 2, isStale: true, hint }],
  ['it is over and has a name', { hint }, { rank: never, hint }],
])('an alert of a rule is told where %s', (_, cell, told) => {
  expect(toldOf(stateWith(cell))).toEqual([ofRule(told)]);
});

test.each<[string, Partial<BuiltInCell>, Partial<Told>]>([
  ['it stands', { phase: active, rank: 2 }, { rank: 2 }],
  ['it is about to end', { phase: clearing, rank: 2, hint }, { rank: 2, hint }],
  ['it is over and has a name', { hint }, { rank: never, hint }],
])('an alert on the data of a sensor is told where %s', (_, fault, told) => {
  expect(toldOf(stateWith({}, fault))).toEqual([ofFault(told)]);
});

test('that nobody can answer a rule is told of the sensor too, after the alerts of rules', () => {
  const state = stateWith({ toldRank: 3 });
  const notEvaluable = { ...newBuiltInCell(), phase: active, rank: 1 };
  const [a, b] = state.sensors;
  const sensors = a && b ? [{ ...a, notEvaluable }, b] : [];
  const { ruleId } = builtInRules.notEvaluable;
  expect(toldOf({ ...state, sensors })).toEqual([ofRule(), ofRule({ ruleId, sensorId: 'a', rank: 1 })]);
});

test('what is kept of a rule that is gone is told last, stale or not', () => {
  const kept = { ruleId: 'test.gone', sensorId: 'x', since: 0, hint };
  const orphans = [
    { ...kept, toldRank: 2, wasToldStale: true },
    { ...kept, ruleId: 'test.old', toldRank: never, wasToldStale: false },
  ];
  const gone = ofRule({ ruleId: 'test.gone', sensorId: 'x', rank: 2, isStale: true, hint });
  expect(toldOf(stateWith({ toldRank: 3 }, {}, { orphans }))).toEqual([
    ofRule(),
    gone,
    { ...gone, ruleId: 'test.old', rank: never, isStale: false },
  ]);
});

const machine = (phase: Machine['phase']): Machine => ({
  ...newMachine(),
  ...{ phase, since: at(1), deadlineAt: at(90), clearSince: phase === clearing ? at(5) : never },
  spans: [spanKinds.isTrue, at(1), at(9)],
});
const machinesOf = (...of: readonly Machine['phase'][]): Partial<Cell> => ({ machines: of.map(machine) });
const told = (cell: Partial<Cell>, change: Partial<Told>) =>
  withTold(stateWith(cell), ofRule(change), at(50));

test('an alert that is over is idle, severity by severity; a run that waits goes on', () => {
  const before = { ...machinesOf(pending, active, clearing), silence: active, silenceClearSince: at(7) };
  const cell = told({ ...before, toldRank: 4, isStale: true }, { rank: never, hint }).cells[1];
  expect(cell).toMatchObject({ toldRank: never, wasToldStale: false, isStale: false, hint });
  expect(cell).toMatchObject({ silence: idle, silenceClearSince: never });
  expect(cell?.machines[0]).toEqual(machine(pending));
  for (const one of cell?.machines.slice(1) ?? [])
    expect(one).toMatchObject({ phase: idle, since: never, deadlineAt: never, clearSince: never });
});

test('an alert that stands is raised and goes on: graver severities are over, none is about to end', () => {
  const cell = told(machinesOf(clearing, active, active), { rank: orange, isStale: true, hint }).cells[1];
  expect(cell).toMatchObject({ toldRank: orange, wasToldStale: true, isStale: true, hint });
  expect(cell?.machines.map(({ phase, clearSince }) => [phase, clearSince])).toEqual([
    [active, never],
    [active, never],
    [idle, never],
  ]);
  expect(cell?.machines.map(({ spans }) => spans.length)).toEqual([3, 0, 3]);
  expect(cell?.machines[1]?.since).toBe(at(1));
});

test('a severity that was told and does not stand is raised since then; a graver run that waits goes on', () => {
  const cell = told(machinesOf(idle, idle, pending), { rank: orange }).cells[1];
  expect(cell?.machines[0]).toEqual(machine(idle));
  expect(cell?.machines[1]).toMatchObject({ phase: active, since: at(50), deadlineAt: never });
  expect(cell?.machines[2]).toEqual(machine(pending));
  const graver = told(machinesOf(idle, idle, idle), { rank: yellow }).cells[1];
  expect(graver?.machines.map(({ phase }) => phase)).toEqual([idle, active, idle]);
});

test.each([
  [active, blue, idle],
  [clearing, blue, idle],
  [idle, blue, idle],
  [active, orange, active],
  [clearing, orange, clearing],
  [active, red, active],
])('a silence in phase %i at orange, with an alert of rank %i, is in phase %i', (silence, rank, expected) => {
  expect(told({ silence }, { rank }).cells[1]?.silence).toBe(expected);
});

test('a severity that the cell has and its rule has not is no graver than what is told', () => {
  const cell = told(machinesOf(idle, active, idle, active), { rank: orange }).cells[1];
  expect(cell?.machines[3]?.phase).toBe(active);
});

test('the state before is not changed, nor is what other sensors say; the sensor is asked again', () => {
  const before = stateWith(machinesOf(clearing, active, active));
  const copy = structuredClone(before.cells);
  const after = withTold(before, ofRule({ rank: never }), at(50));
  expect(before.cells).toEqual(copy);
  expect(after.cells[0]).toBe(before.cells[0]);
  expect(after.sensors[0]).toBe(before.sensors[0]);
  expect(after.sensors[1]).toEqual({ ...before.sensors[1], band: noBand });
  expect([after.rules, after.orphans]).toEqual([before.rules, before.orphans]);
});

test('an alert on data stands since then, or is over and keeps its name', () => {
  const before = stateWith({}, { phase: active, rank: 2, since: at(1), lastAt: at(2) });
  const stands = withTold(before, ofFault({ rank: 2, hint }), at(50));
  expect(stands.sensors[1]?.fault).toEqual({
    ...newBuiltInCell(),
    ...{ phase: active, rank: 2, since: at(50), lastAt: at(50), hint },
  });
  expect(stands.sensors[0]).toBe(before.sensors[0]);
  expect(stands.cells).toBe(before.cells);
  expect(stands.sensors[1]).toMatchObject({ band: before.sensors[1]?.band });
  const over = withTold(before, ofFault({ rank: never, hint }), at(50));
  expect(over.sensors[1]?.fault).toEqual({ ...newBuiltInCell(), hint });
  const { ruleId } = builtInRules.notEvaluable;
  const other = withTold(before, ofRule({ ruleId, rank: 1 }), at(50)).sensors[1];
  expect([other?.fault, other?.notEvaluable.rank]).toEqual([before.sensors[1]?.fault, 1]);
});

test('of a rule or a sensor that is not there it is kept, instead of what was kept of it before', () => {
  const kept = { toldRank: 1, wasToldStale: false, since: 0, hint: undefined };
  const others = [
    { ...kept, ruleId: 'test.gone', sensorId: 'a' },
    { ...kept, ruleId: 'test.old', sensorId: 'b' },
  ];
  const orphans = [...others, { ...kept, ruleId: 'test.gone', sensorId: 'b' }];
  const before = stateWith({}, {}, { orphans });
  const after = withTold(before, ofRule({ ruleId: 'test.gone', rank: 2, isStale: true, hint }), at(50));
  const now = {
    ...{ toldRank: 2, wasToldStale: true, since: at(50), hint },
    ruleId: 'test.gone',
    sensorId: 'b',
  };
  expect(after.orphans).toEqual([...others, now]);
  expect([after.cells, after.sensors]).toEqual([before.cells, before.sensors]);
  const nowhere = withTold(before, ofFault({ sensorId: 'x' }), at(50));
  expect(nowhere.orphans.at(-1)).toMatchObject({ ruleId: builtInRules.fault.ruleId, sensorId: 'x' });
  expect(nowhere.sensors).toBe(before.sensors);
});
