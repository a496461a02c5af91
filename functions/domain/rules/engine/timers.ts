/** What this room knows: what a rule means. This file: what time alone causes in one rule on one sensor (semantics 3, 5, 8, 12). */
import type { Instant } from '../../time.ts';
import { isOpenAt, nextBoundary } from '../schedule.ts';
import type { Condition } from './bind.ts';
import { type Calm, type Cell, never, phases } from './cell.ts';
import { nextEra } from './eras.ts';
import { admitsAtDeadline, endAtClosing, lookAgainAt } from './gate.ts';
import { raiseStanding } from './in-order.ts';
import { applyLimitChange, type LimitChange } from './limit-change.ts';
import { borrow, holdEndsAt, isOpen, raise, raiseLower, rankNow, rankRed, stopClearing } from './machine.ts';

/** Over so much age of the watermark verdicts of absence wait: our own lag is no silence (semantics 13). Milliseconds. */
export const watermarkAgeMaxMs = 30_000;

/** Something that time alone causes. `index`: of the severity whose deadline or closing it is, or the key of the era that begins. */
export interface DueEvent {
  readonly kind: 'deadline' | 'schedule-ended' | 'hold-ended' | 'silence' | 'unknown' | 'limit-changed';
  readonly at: number;
  readonly index: number;
}

/** Up to where absence is proven: `never` when the watermark is missing or too old. */
export const provenUntil = (now: Instant, watermark: Instant | undefined): number =>
  watermark === undefined || now - watermark > watermarkAgeMaxMs ? never : watermark;

/** The newest sign of life and when it was told: the cell's own, or of the calm readings of its sensor. */
type Life = Pick<Calm, 'lifeAt' | 'lifeSetAt'>;

/** When silence falls due: past the life sign by `silent.after`, not before the message that told it (semantics 8, 12). */
const silentAt = ({ silentAfterMs }: Condition, life: Life): number =>
  Math.max(life.lifeAt + silentAfterMs, life.lifeSetAt);

/** Receive time of what the sensor said last. */
const lifeSetAt = (cell: Cell, calm: Calm | undefined): number =>
  Math.max(cell.lifeSetAt, calm?.lifeSetAt ?? never);

/** True unless silence is already told: raised, and shown stale if there is anything to show. */
const mayFallSilent = (condition: Condition, cell: Cell): boolean =>
  cell.silence !== phases.active || (!cell.isStale && rankNow(condition, cell) !== never);

/**
 * The earliest event of the cell before `before`; `undefined` when time alone changes nothing until then.
 *
 * @param calm readings that only the sensor has noted
 * @param absenceUntil silence falls only if the watermark has passed it; `Infinity` asks for what is due at all
 */
export function nextEvent(
  condition: Condition,
  cell: Cell,
  calm: Calm | undefined,
  absenceUntil: number,
  before: number,
): DueEvent | undefined {
  let at = before;
  let kind: DueEvent['kind'] = 'deadline';
  let index = 0;
  // From the gravest down: of two deadlines at one instant the gravest raises, and raises the lower ones with it.
  for (let i = cell.machines.length - 1; i >= 0; i--) {
    const machine = cell.machines[i];
    if (!machine || machine.deadlineAt === never || machine.deadlineAt >= at) continue;
    at = machine.deadlineAt;
    kind = isOpen(machine) ? 'schedule-ended' : 'deadline';
    index = i;
  }
  const holdEnd = holdEndsAt(condition, cell);
  if (holdEnd !== never && holdEnd < before && holdEnd <= at) {
    at = holdEnd;
    kind = 'hold-ended';
  }
  if (mayFallSilent(condition, cell)) {
    const life = calm !== undefined && calm.lifeAt > cell.lifeAt ? calm : cell;
    const silent = silentAt(condition, life);
    if (silent < at && life.lifeAt + condition.silentAfterMs < absenceUntil) {
      at = silent;
      kind = 'silence';
    }
  }
  if (cell.unknownAt !== never && !cell.isUnknownOver) {
    const lapses = cell.unknownReceivedAt + (condition.isNeverKnown ? 0 : condition.unknownForMs);
    if (lapses < at) {
      at = lapses;
      kind = 'unknown';
    }
  }
  // A change of limits comes first: what else is due at its instant is due under the new ones.
  const era = nextEra(condition.eras, cell.limitsKey, lifeSetAt(cell, calm), Math.min(before, at + 1));
  if (era) return { kind: 'limit-changed', at: era.at, index: era.key };
  if (at === before) return undefined;
  return { kind, at, index: kind === 'deadline' || kind === 'schedule-ended' ? index : 0 };
}

/** Applies an event to the cell. Changes `cell`. */
export function applyEvent(
  condition: Condition,
  cell: Cell,
  event: DueEvent & Pick<LimitChange, 'last' | 'around'>,
): void {
  switch (event.kind) {
    case 'deadline':
      raiseAtDeadline(condition, cell, event);
      break;
    case 'schedule-ended':
      passClosing(condition, cell, event);
      break;
    case 'hold-ended':
      endHold(condition, cell, event.at);
      break;
    case 'silence':
      fallSilent(cell);
      break;
    case 'limit-changed':
      applyLimitChange(condition, cell, event);
      break;
    default:
      cell.isUnknownOver = true;
  }
}

function raiseAtDeadline(condition: Condition, cell: Cell, { index, at }: DueEvent): void {
  const machine = cell.machines[index];
  const severity = condition.severities[index];
  if (!machine || !severity) return;
  if (!admitsAtDeadline(condition, severity, machine, { evaluatedAt: cell.evaluatedAt, at })) {
    machine.deadlineAt = lookAgainAt(severity, at);
    return;
  }
  const { rank } = severity;
  raise(severity, machine, machine.since, at, at);
  borrow(severity, machine);
  raiseLower(
    { condition, cell },
    { since: machine.since, t: at, receivedAt: at },
    (i) => (condition.severities[i]?.rank ?? rank) < rank && cell.machines[i]?.phase === phases.pending,
  );
}

/** A closing of the schedule, told in time; the rule may have another schedule by now (semantics 16, 23). */
function passClosing(condition: Condition, cell: Cell, { index, at }: DueEvent): void {
  const machine = cell.machines[index];
  const severity = condition.severities[index];
  if (!machine || !severity) return;
  const schedule = severity.endsAtClosing ? severity.rule.schedule : undefined;
  if (schedule && !isOpenAt(schedule, at)) endAtClosing(severity, machine, at, at);
  else machine.deadlineAt = (schedule && nextBoundary(schedule, at)) ?? never;
}

function endHold(condition: Condition, cell: Cell, at: number): void {
  cell.isHoldOver = true;
  for (let i = 0; i < cell.machines.length; i++) {
    const machine = cell.machines[i];
    const severity = condition.severities[i];
    if (machine && severity && severity.rank < rankRed) raiseStanding(machine, severity, at, at);
  }
  // What a deadline raises at the same instant is one news with it, the gravest first.
  for (let index = cell.machines.length - 1; index >= 0; index--) {
    const machine = cell.machines[index];
    if (machine?.phase === phases.pending && machine.deadlineAt === at)
      raiseAtDeadline(condition, cell, { kind: 'deadline', at, index });
  }
}

/** Silence ignores `for`, makes a firing alert stale, and breaks every clear run (semantics 7, 12). */
function fallSilent(cell: Cell): void {
  cell.silence = phases.active;
  cell.silenceClearSince = never;
  cell.isStale = true;
  for (const machine of cell.machines) stopClearing(machine);
}
