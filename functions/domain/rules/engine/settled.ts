/** What this room knows: what a rule means. This file: copies of what is changed, and cells that catch up with their sensor. */
import {
  type BuiltInCell,
  type Calm,
  type Cell,
  type Machine,
  never,
  noBand,
  type Owner,
  phases,
  type SensorCell,
} from './cell.ts';

/** A copy for `owner`; the alerts and the windows of the sensor are shared. */
export const ownCopy = (sensor: SensorCell, owner: Owner): SensorCell => ({
  owner,
  at: sensor.at,
  value: sensor.value,
  quality: sensor.quality,
  fault: sensor.fault,
  notEvaluable: sensor.notEvaluable,
  isCalm: sensor.isCalm,
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
 * A copy that shares nothing that is changed in place, with the calm readings of its sensor written into it.
 *
 * A calm reading moves only the newest instant, the sign of life and the end of each newest stretch; so it is noted once
 * for the sensor, and written here, when somebody looks. Field by field: it runs for every breach of a city, and a spread
 * of so many fields takes twice as long.
 */
export function settled(cell: Cell, calm: Calm | undefined): Cell {
  const isCalm = cell.isCalm || calm !== undefined;
  const evaluatedAt = calm === undefined ? cell.evaluatedAt : calm.at;
  const isAlive = calm !== undefined && calm.lifeAt > cell.lifeAt;
  return {
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
    machines: settledMachines(cell.machines, isCalm ? evaluatedAt : never),
    hint: cell.hint,
  };
}

function settledMachines(machines: readonly Machine[], calmTo: number): Machine[] {
  const own: Machine[] = [];
  for (const machine of machines) own.push(settledMachine(machine, calmTo));
  return own;
}

function settledMachine(machine: Machine, calmTo: number): Machine {
  const spans = machine.spans.slice();
  if (calmTo !== never && spans.length > 0) spans[spans.length - 1] = calmTo;
  return {
    phase: machine.phase,
    since: machine.since,
    deadlineAt: machine.deadlineAt,
    isHeld: machine.isHeld,
    clearSince: machine.clearSince,
    spans,
    closed: machine.closed,
    gaps: machine.gaps,
    counting: machine.counting,
  };
}
