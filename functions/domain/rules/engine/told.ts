/** What this room knows: what a rule means. This file: what a device's rules have told of their alerts, read and put right from outside. */
import type { Condition } from './bind.ts';
import { builtInRules } from './built-in.ts';
import {
  type AlertHint,
  type BuiltInCell,
  type Cell,
  never,
  newBuiltInCell,
  noBand,
  phases,
} from './cell.ts';
import { isOpen, stopClearing, toIdle } from './machine.ts';
import type { RuleState } from './state.ts';
import { reopen } from './stored/place.ts';

/** What was told last of one (rule, sensor). */
export interface Told {
  readonly ruleId: string;
  readonly sensorId: string;
  /** As its rank; -1 when the alert is over or never was. */
  readonly rank: number;
  readonly isStale: boolean;
  readonly hint: AlertHint | undefined;
}

const builtInFields = ['fault', 'notEvaluable'] as const;

/** Everything that a device's rules have told, or hold an alert's name for. */
export function toldOf(state: RuleState): readonly Told[] {
  const { rules } = state;
  const ofRules = rules.conditions.flatMap(({ slot, rule, sensor }) => {
    const cell = state.cells[slot];
    if (cell === undefined || (cell.toldRank === never && cell.hint === undefined)) return [];
    const { toldRank: rank, wasToldStale: isStale, hint } = cell;
    return [{ ruleId: String(rule.id), sensorId: String(sensor.sensorId), rank, isStale, hint }];
  });
  const ofData = rules.sensors.flatMap(({ slot, sensor }) =>
    builtInFields.flatMap((field) => {
      const cell = state.sensors[slot]?.[field];
      if (cell === undefined || (cell.phase === phases.idle && cell.hint === undefined)) return [];
      const { rank, hint } = cell;
      const { ruleId } = builtInRules[field];
      return [{ ruleId: String(ruleId), sensorId: String(sensor.sensorId), rank, isStale: false, hint }];
    }),
  );
  const gone = state.orphans.map(({ ruleId, sensorId, toldRank, wasToldStale, hint }) => ({
    ruleId,
    sensorId,
    rank: toldRank,
    isStale: wasToldStale,
    hint,
  }));
  return [...ofRules, ...ofData, ...gone];
}

/** The state in which `told` is what was told last: what stands is raised and goes on until its own `clear`, what is over is idle. */
export function withTold(state: RuleState, told: Told, since: number): RuleState {
  const { ruleId, sensorId } = told;
  const condition = state.rules.bySensor.get(sensorId)?.conditions.find(({ rule }) => rule.id === ruleId);
  if (condition !== undefined)
    return {
      ...state,
      cells: state.cells.map((cell, slot) =>
        slot === condition.slot ? cellTold(condition, cell, told, since) : cell,
      ),
      // Nothing of it is calm: the next reading asks every condition.
      sensors: state.sensors.map((sensor, slot) =>
        slot === state.rules.bySensor.get(sensorId)?.slot ? { ...sensor, band: noBand } : sensor,
      ),
    };
  const bound = state.rules.bySensor.get(sensorId);
  const field = builtInFields.find((one) => builtInRules[one].ruleId === ruleId);
  if (bound !== undefined && field !== undefined)
    return {
      ...state,
      sensors: state.sensors.map((sensor, slot) =>
        slot === bound.slot ? { ...sensor, [field]: builtInTold(told, since) } : sensor,
      ),
    };
  const others = state.orphans.filter((one) => one.ruleId !== ruleId || one.sensorId !== sensorId);
  const { rank: toldRank, isStale: wasToldStale, hint } = told;
  return { ...state, orphans: [...others, { ruleId, sensorId, toldRank, wasToldStale, since, hint }] };
}

function cellTold(condition: Condition, before: Cell, { rank, isStale, hint }: Told, since: number): Cell {
  const machines = before.machines.map((machine) => ({ ...machine }));
  const cell: Cell = { ...before, machines, toldRank: rank, wasToldStale: isStale, isStale, hint };
  if (rank === never) {
    for (const machine of machines) if (isOpen(machine)) toIdle(machine);
    cell.silence = phases.idle;
    cell.silenceClearSince = never;
    return cell;
  }
  for (const [i, machine] of machines.entries()) {
    stopClearing(machine);
    if (isOpen(machine) && (condition.severities[i]?.rank ?? never) > rank) toIdle(machine);
  }
  if (cell.silence >= phases.active && condition.silenceRank > rank) cell.silence = phases.idle;
  reopen(condition, cell, rank, since);
  return cell;
}

const builtInTold = ({ rank, hint }: Told, since: number): BuiltInCell =>
  rank === never
    ? { ...newBuiltInCell(), hint }
    : { ...newBuiltInCell(), phase: phases.active, rank, since, lastAt: since, hint };
