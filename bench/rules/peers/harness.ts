/**
 * Timers for engines that have none: `for`, `clear` with `clearFor`, several severities, deadlines.
 *
 * Made for readings that come in order, as lean as they allow: no memory for late readings, no record of why. What it
 * says must be what our engine says, line by line.
 */
import { rankOf, severities } from '../../../functions/domain/severity.ts';
import type { Told } from '../transitions.ts';
import { ruleIdOf } from '../workload/book.ts';
import { kindIndexOf, sensorIdOf } from '../workload/fleet.ts';
import { type Level, type Levels, levelsOf } from '../workload/levels.ts';
import { type BookSize, deviceCount, period, sensorsPerDevice } from '../workload/size.ts';

const idle = 0;
const pending = 1;
const active = 2;
const clearing = 3;
const none = -1;

/** Two reporting periods, at least 30 s: as semantics 8 has it. */
const graceMs = Math.max(2 * period, 30_000);

interface Timer {
  readonly level: Level;
  readonly rank: number;
  phase: number;
  since: number;
  deadlineAt: number;
}

/** One rule on one sensor. */
interface Cell {
  readonly ruleId: string;
  /** Of its first severity among the bits of the kind. */
  readonly firstBit: number;
  readonly timers: readonly Timer[];
  toldRank: number;
}

export interface SensorTimers {
  readonly device: number;
  readonly sensorId: string;
  readonly kind: number;
  readonly cells: readonly Cell[];
  /** Some severity stands, so what clears must be asked. */
  isOpen: boolean;
  /** Earliest deadline. */
  dueAt: number;
}

/** Blank timers of every sensor: for each device by the name of the sensor. */
export const timersOf = (size: BookSize): readonly ReadonlyMap<string, SensorTimers>[] =>
  Array.from(
    { length: deviceCount },
    (_, device) =>
      new Map(
        Array.from({ length: sensorsPerDevice }, (_, place) => [
          sensorIdOf(place),
          timersOfSensor(device, place, size),
        ]),
      ),
  );

function timersOfSensor(device: number, place: number, size: BookSize): SensorTimers {
  const kind = kindIndexOf(device, place, size);
  let firstBit = 0;
  const cells = levelsOf(kind, size).map((levels: Levels, rule): Cell => {
    const cell = { ruleId: ruleIdOf(kind, rule), firstBit, timers: levels.map(timerOf), toldRank: none };
    firstBit += levels.length;
    return cell;
  });
  return {
    device,
    sensorId: sensorIdOf(place),
    kind,
    cells,
    isOpen: false,
    dueAt: Number.POSITIVE_INFINITY,
  };
}

const timerOf = (level: Level): Timer => ({
  level,
  rank: rankOf(level.severity),
  phase: idle,
  since: none,
  deadlineAt: Number.POSITIVE_INFINITY,
});

/** One reading with its verdicts; what it changes is appended to `told`. */
export function takeVerdicts(
  sensor: SensorTimers,
  t: number,
  receivedAt: number,
  whens: number,
  clears: number,
  told: Told[],
): void {
  if (sensor.dueAt < receivedAt) raiseOverdue(sensor, receivedAt, told);
  if (whens === 0 && !sensor.isOpen && sensor.dueAt === Number.POSITIVE_INFINITY) return;
  let isOpen = false;
  let dueAt = Number.POSITIVE_INFINITY;
  for (const cell of sensor.cells) {
    let rank = none;
    let raised = none;
    for (let i = 0; i < cell.timers.length; i++) {
      const timer = cell.timers[i];
      if (timer === undefined) continue;
      const bit = 1 << (cell.firstBit + i);
      const wasOpen = timer.phase >= active;
      if ((whens & bit) !== 0) breach(timer, t, receivedAt);
      else calm(timer, t, (clears & bit) !== 0);
      if (!wasOpen && timer.phase >= active) raised = i;
    }
    for (let i = 0; i < cell.timers.length; i++) {
      const timer = cell.timers[i];
      if (timer === undefined) continue;
      // A severity that is raised takes the lower ones whose `when` is true with it (semantics 14).
      if (i < raised && timer.phase < active && (whens & (1 << (cell.firstBit + i))) !== 0) raise(timer);
      if (timer.phase >= active) rank = timer.rank;
      if (timer.deadlineAt < dueAt) dueAt = timer.deadlineAt;
    }
    isOpen ||= rank !== none;
    if (rank !== cell.toldRank) tell(sensor, cell, rank, t, told);
  }
  sensor.isOpen = isOpen;
  sensor.dueAt = dueAt;
}

function breach(timer: Timer, t: number, receivedAt: number): void {
  if (timer.phase === clearing) timer.phase = active;
  if (timer.phase === active) return;
  if (timer.phase === idle) {
    timer.phase = pending;
    timer.since = t;
    timer.deadlineAt = receivedAt + timer.level.forMs + graceMs;
  }
  if (t - timer.since >= timer.level.forMs) raise(timer);
}

function calm(timer: Timer, t: number, clears: boolean): void {
  if (timer.phase === idle) return;
  if (timer.phase === pending) toIdle(timer);
  else if (!clears) timer.phase = active;
  else if (timer.phase === active) {
    timer.phase = clearing;
    timer.since = t;
  } else if (t - timer.since >= timer.level.clearForMs) toIdle(timer);
}

function raise(timer: Timer): void {
  timer.phase = active;
  timer.deadlineAt = Number.POSITIVE_INFINITY;
}

function toIdle(timer: Timer): void {
  timer.phase = idle;
  timer.since = none;
  timer.deadlineAt = Number.POSITIVE_INFINITY;
}

/** A run that nothing has contradicted raises at its deadline, each rule at its own (semantics 8). */
function raiseOverdue(sensor: SensorTimers, now: number, told: Told[]): void {
  for (const cell of sensor.cells)
    for (const [i, timer] of cell.timers.entries()) {
      const { deadlineAt } = timer;
      if (deadlineAt >= now) continue;
      for (const lower of cell.timers.slice(0, i)) if (lower.phase === pending) raise(lower);
      raise(timer);
      const rank = Math.max(...cell.timers.map((one) => (one.phase >= active ? one.rank : none)));
      if (rank !== cell.toldRank) tell(sensor, cell, rank, deadlineAt, told);
    }
}

function tell(sensor: SensorTimers, cell: Cell, rank: number, t: number, told: Told[]): void {
  const before = cell.toldRank;
  cell.toldRank = rank;
  const change =
    before === none
      ? 'raised'
      : rank === none
        ? 'recovered'
        : rank > before
          ? 'severity-up'
          : 'severity-down';
  told.push({
    phenomenonAt: t,
    device: sensor.device,
    sensorId: sensor.sensorId,
    ruleId: cell.ruleId,
    change,
    severity: severities[rank === none ? before : rank] ?? 'red',
    condition: rank === none ? 'recovered' : 'firing',
  });
}
