/** What this room knows: what a rule means. This file: the state of all rules on one device. */
import type { AlertId, RuleId } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import { eraAt } from '../limits/era-at.ts';
import type { BoundSensor, Condition, DeviceRules } from './bind.ts';
import { builtInRules } from './built-in.ts';
import {
  type AlertHint,
  type Cell,
  never,
  newCell,
  newSensorCell,
  type Owner,
  type SensorCell,
} from './cell.ts';

/** An alert whose rule or sensor is gone: kept until the rule is retired or selects the sensor no longer (semantics 23). */
export interface Orphan {
  readonly ruleId: string;
  readonly sensorId: string;
  /** Severity that was last told, as its rank; -1 when it is not open. */
  readonly toldRank: number;
  readonly wasToldStale: boolean;
  readonly since: number;
  readonly hint: AlertHint | undefined;
}

/**
 * The memory of one device's rules. Opaque to everybody but the engine; only `judgeInPlace` and `advanceInPlace` change one
 * that was handed out.
 */
export interface RuleState {
  /** Carried by those of its parts that no other state shares. */
  readonly owner: Owner;
  /** The rules whose slots the arrays follow. */
  readonly rules: DeviceRules;
  /** Newest receive time of a message that was judged; the registration before that. */
  seenAt: Instant;
  /** Nothing falls due before it, whatever the watermark; a lower bound, and not stored. */
  quietUntil: number;
  readonly sensors: SensorCell[];
  readonly cells: Cell[];
  readonly orphans: readonly Orphan[];
}

/** A cell that nothing was reported to; one that can never be answered says so as soon as time is judged (semantics 3). */
export function blankCell(condition: Condition, lifeAt: number, seenAt: number): Cell {
  const cell = newCell(condition.severities.length, lifeAt);
  if (condition.eras.length > 1) cell.limitsKey = eraAt(condition.eras, seenAt).key;
  if (condition.isNeverKnown) {
    cell.unknownAt = seenAt;
    cell.unknownReceivedAt = seenAt;
  }
  return cell;
}

/** A cell is replaced, never changed, so conditions of one form begin with the same one. */
function blankCells({ conditions }: DeviceRules, registeredAt: Instant): Cell[] {
  const byCount = new Map<number, Cell>();
  return conditions.map((condition) => {
    if (condition.eras.length > 1 || condition.isNeverKnown)
      return blankCell(condition, registeredAt, registeredAt);
    const { length } = condition.severities;
    const known = byCount.get(length) ?? blankCell(condition, registeredAt, registeredAt);
    byCount.set(length, known);
    return known;
  });
}

/** The state of a device that has just been registered: one that never reports is found silent (semantics 12). */
export const emptyRuleState = (rules: DeviceRules, registeredAt: Instant): RuleState => ({
  owner: {},
  rules,
  seenAt: registeredAt,
  quietUntil: never,
  sensors: rules.sensors.map(newSensorCell),
  cells: blankCells(rules, registeredAt),
  orphans: [],
});

const conditionOf = ({ rules }: RuleState, ruleId: string, sensorId: string): Condition | undefined =>
  rules.bySensor.get(sensorId)?.conditions.find(({ rule }) => rule.id === ruleId);

/** Which of a sensor's own alerts `ruleId` names. */
function builtInOf(
  { rules }: RuleState,
  ruleId: string,
  sensorId: string,
): { readonly bound: BoundSensor; readonly field: 'fault' | 'notEvaluable' } | undefined {
  const bound = rules.bySensor.get(sensorId);
  if (!bound) return undefined;
  const { fault, notEvaluable } = builtInRules;
  if (ruleId === fault.ruleId) return { bound, field: 'fault' };
  return ruleId === notEvaluable.ruleId ? { bound, field: 'notEvaluable' } : undefined;
}

const isOrphan =
  (ruleId: string, sensorId: string) =>
  (orphan: Orphan): boolean =>
    orphan.ruleId === ruleId && orphan.sensorId === sensorId;

/** Which alert the committer has told for (rule, sensor); `undefined` when none. */
export function hintOf(state: RuleState, ruleId: string, sensorId: string): AlertHint | undefined {
  const condition = conditionOf(state, ruleId, sensorId);
  if (condition) return state.cells[condition.slot]?.hint;
  const builtIn = builtInOf(state, ruleId, sensorId);
  if (builtIn) return state.sensors[builtIn.bound.slot]?.[builtIn.field].hint;
  return state.orphans.find(isOrphan(ruleId, sensorId))?.hint;
}

/** The alerts that are shown stale, by what was told of them last. */
export const staleHints = ({ cells }: RuleState): readonly AlertId[] =>
  cells.flatMap(({ wasToldStale, toldRank, hint }) =>
    wasToldStale && toldRank !== never && hint !== undefined ? [hint.alertId] : [],
  );

/** The state that remembers which alert stands for (rule, sensor); `undefined` forgets it. */
export function withHint(
  state: RuleState,
  ruleId: RuleId,
  sensorId: string,
  hint: AlertHint | undefined,
): RuleState {
  const kept = hint && { alertId: hint.alertId, alertVersion: hint.alertVersion };
  const condition = conditionOf(state, ruleId, sensorId);
  if (condition)
    return {
      ...state,
      cells: state.cells.map((cell, slot) => (slot === condition.slot ? { ...cell, hint: kept } : cell)),
    };
  const builtIn = builtInOf(state, ruleId, sensorId);
  if (builtIn) {
    const { bound, field } = builtIn;
    return {
      ...state,
      sensors: state.sensors.map((cell, slot) =>
        slot === bound.slot ? { ...cell, [field]: { ...cell[field], hint: kept } } : cell,
      ),
    };
  }
  return {
    ...state,
    orphans: state.orphans.map((orphan) =>
      isOrphan(ruleId, sensorId)(orphan) ? { ...orphan, hint: kept } : orphan,
    ),
  };
}
