/** What this room knows: what a rule means. This file: copies of what is changed, and cells that catch up with their sensor. */
import {
  type BuiltInCell,
  type Calm,
  type Cell,
  type Machine,
  never,
  noBand,
  nobody,
  type Owner,
  phases,
  type SensorCell,
} from './cell.ts';
import { type Spans, spanKinds } from './spans.ts';

/** A copy for `owner`; the alerts and the windows of the sensor are shared. */
export const ownCopy = (sensor: SensorCell, owner: Owner): SensorCell => ({
  owner,
  at: sensor.at,
  number: sensor.number,
  other: sensor.other,
  quality: sensor.quality,
  lastGood: sensor.lastGood,
  fault: sensor.fault,
  notEvaluable: sensor.notEvaluable,
  isCalm: sensor.isCalm,
  calmFrom: sensor.calmFrom,
  lifeAt: sensor.lifeAt,
  lifeSetAt: sensor.lifeSetAt,
  band: sensor.band,
  rings: sensor.rings,
  ringsOwner: sensor.ringsOwner,
  recent: sensor.recent,
});

/** The alert on rules that nobody can answer, with the calm readings that went on without an answer. */
export const settledNotEvaluable = ({ isCalm, at, notEvaluable }: SensorCell): BuiltInCell =>
  isCalm && notEvaluable.phase !== phases.idle && at > notEvaluable.lastAt
    ? { ...notEvaluable, lastAt: at }
    : notEvaluable;

/** From here on the conditions on the sensor speak for themselves: they have caught up. Changes `sensor`. */
export function wake(sensor: SensorCell): void {
  sensor.notEvaluable = settledNotEvaluable(sensor);
  sensor.isCalm = false;
  sensor.band = noBand;
}

/**
 * Writes the calm readings of its sensor into `cell`, which is changed.
 *
 * A calm reading moves only the newest instant, the sign of life and the end of each newest stretch; so it is noted once
 * for the sensor, and written here, when somebody looks.
 */
export function catchUp(cell: Cell, calm: Calm | undefined): void {
  if (calm !== undefined) {
    cell.evaluatedAt = calm.at;
    if (calm.lifeAt > cell.lifeAt) {
      cell.lifeAt = calm.lifeAt;
      cell.lifeSetAt = calm.lifeSetAt;
    }
  } else if (!cell.isCalm) return;
  cell.isCalm = false;
  const from = blankFrom(cell, calm);
  for (const machine of cell.machines) reach(machine.spans, from, cell.evaluatedAt);
}

/**
 * Since when the severities of `cell` that had heard nothing before the calm readings of its sensor are known false;
 * `never` where there are none, and where some severity has no answer: nothing is known of that one then.
 */
export const blankFrom = ({ unknownAt }: Cell, calm: Calm | undefined): number =>
  calm !== undefined && unknownAt === never ? calm.calmFrom : never;

/** Lets the newest stretch reach to `to`, or begins the first one. Changes `spans`. */
function reach(spans: Spans, blankFrom: number, to: number): void {
  if (spans.length > 0) spans[spans.length - 1] = to;
  else if (blankFrom !== never) spans.push(spanKinds.isFalse, blankFrom, to);
}

/**
 * `catchUp` on a copy for `owner`, which shares nothing that is changed in place.
 *
 * Field by field: a spread of so many fields takes twice as long.
 */
export function settled(cell: Cell, calm: Calm | undefined, owner: Owner = nobody): Cell {
  const isCalm = cell.isCalm || calm !== undefined;
  const evaluatedAt = calm === undefined ? cell.evaluatedAt : calm.at;
  const isAlive = calm !== undefined && calm.lifeAt > cell.lifeAt;
  return {
    owner,
    evaluatedAt,
    isCalm: false,
    lifeAt: isAlive ? calm.lifeAt : cell.lifeAt,
    lifeSetAt: isAlive ? calm.lifeSetAt : cell.lifeSetAt,
    isStale: cell.isStale,
    holdAt: cell.holdAt,
    holdReceivedAt: cell.holdReceivedAt,
    isHoldOver: cell.isHoldOver,
    unknownAt: cell.unknownAt,
    unknownReceivedAt: cell.unknownReceivedAt,
    isUnknownOver: cell.isUnknownOver,
    silence: cell.silence,
    silenceClearSince: cell.silenceClearSince,
    toldRank: cell.toldRank,
    wasToldStale: cell.wasToldStale,
    lateCount: cell.lateCount,
    limitsKey: cell.limitsKey,
    machines: settledMachines(cell.machines, isCalm ? evaluatedAt : never, blankFrom(cell, calm)),
    hint: cell.hint,
  };
}

function settledMachines(machines: readonly Machine[], calmTo: number, from: number): Machine[] {
  const own: Machine[] = [];
  for (const machine of machines) own.push(settledMachine(machine, calmTo, from));
  return own;
}

function settledMachine(machine: Machine, calmTo: number, from: number): Machine {
  const spans = machine.spans.slice();
  if (calmTo !== never) reach(spans, from, calmTo);
  return {
    phase: machine.phase,
    since: machine.since,
    deadlineAt: machine.deadlineAt,
    isHeld: machine.isHeld,
    clearSince: machine.clearSince,
    spans,
    forgottenTo: machine.forgottenTo,
    closed: machine.closed,
    gaps: machine.gaps,
    counting: machine.counting,
  };
}
