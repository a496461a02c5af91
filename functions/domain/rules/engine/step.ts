/** What this room knows: what a rule means. This file: one step of one rule on one sensor, and the transition it causes. */
import { type Severity, severities } from '../../severity.ts';
import type { Quality, Reading, Value } from '../../telemetry/reading.ts';
import type { Change, Mark, Condition as Standing, TransitionDraft, Trigger } from '../transition.ts';
import type { Condition } from './bind.ts';
import { type Cell, never } from './cell.ts';
import { applyInOrder } from './in-order.ts';
import { applyLate } from './late.ts';
import { isOpen, rankNow } from './machine.ts';
import { recordOf, withRecord } from './record.ts';
import { cellOfSnapshot, note, noted, type Snapshot } from './snapshot.ts';
import { lastOf, type StepInput } from './step-input.ts';
import type { Surroundings } from './surroundings.ts';
import { applyEvent } from './timers.ts';
import { type InstantVerdict, judgeInstant } from './verdict.ts';

export interface Stepped {
  readonly verdict: InstantVerdict | undefined;
  readonly transition: TransitionDraft | undefined;
}

/**
 * What `input` says to `cell`, which is changed, and what it causes; the same cell and input say the same again.
 *
 * The decision record is written when somebody reads it: most of the cost of a transition is the text of its reasons, and
 * a backtest of a year asks for few of them.
 *
 * @param cell the caller's to change, and caught up with its sensor
 * @param around what the condition may ask beyond its readings; absent: nothing
 */
export function step(condition: Condition, cell: Cell, input: StepInput, around?: Surroundings): Stepped {
  note(cell);
  const last = input.kind === 'time' ? lastOf(condition, input) : undefined;
  const verdict = apply(condition, cell, input, around, last);
  const rank = rankNow(condition, cell);
  if (rank === never) cell.lateCount = 0;
  const change = changeOf(cell, rank);
  if (change === undefined) return { verdict, transition: undefined };
  return {
    verdict,
    transition: transitionOf(condition, cell, input, { change, rank, verdict, last, around }),
  };
}

/** What a step has come to. */
interface News {
  readonly change: Change;
  /** The highest severity that stands now. */
  readonly rank: number;
  readonly verdict: InstantVerdict | undefined;
  readonly last: Reading | undefined;
  readonly around: Surroundings | undefined;
}

/** Notes in `cell` what is told, and tells it. */
function transitionOf(
  condition: Condition,
  cell: Cell,
  input: StepInput,
  { change, rank, verdict, last, around }: News,
): TransitionDraft {
  const before = noted();
  const rankTold = rank === never ? cell.toldRank : rank;
  cell.toldRank = rank;
  cell.wasToldStale = rank !== never && cell.isStale;
  const standing: Standing = rank === never ? 'recovered' : cell.isStale ? 'stale' : 'firing';
  const first = input.kind === 'readings' ? input.readings[0] : undefined;
  const draft = {
    ruleId: condition.rule.id,
    ruleVersion: condition.rule.version,
    sensorId: condition.sensor.sensorId,
    change,
    condition: standing,
    severity: severityOf(rankTold),
    phenomenonAt: first?.phenomenonAt ?? input.at,
    at: input.at,
    trigger: triggerOf(condition, before, cell, input),
    marks: marksOf(before, input, verdict, change),
    ...valueToTell(input, verdict),
  };
  note(cell);
  const after = noted();
  // The windows go on; what they said is kept.
  const asked = around && (verdict?.readings ?? (last && [last]))?.map((reading) => around.askedAt(reading));
  const record = (): string =>
    recordOf(condition, cellOfSnapshot(before), cellOfSnapshot(after), input, { draft, verdict, asked });
  return withRecord(draft, record);
}

const severityOf = (rank: number): Severity => severities[rank] ?? 'red';

function apply(
  condition: Condition,
  cell: Cell,
  input: StepInput,
  around: Surroundings | undefined,
  last: Reading | undefined,
): InstantVerdict | undefined {
  if (input.kind === 'time') {
    applyEvent(condition, cell, { ...input, kind: input.event, last, around });
    return undefined;
  }
  const reading = input.readings[0];
  if (input.isLate) return reading && applyLate(condition, cell, reading, around);
  const verdict = judgeInstant(condition, input.readings, around);
  if (verdict) applyInOrder(condition, cell, verdict, input.at);
  return verdict;
}

/** The change that is told when the highest severity is `rank` now; the gravest news gives the name. */
function changeOf(cell: Cell, rank: number): Change | undefined {
  if (cell.toldRank === never) return rank === never ? undefined : 'raised';
  if (rank === never) return 'recovered';
  if (rank > cell.toldRank) return 'severity-up';
  if (rank < cell.toldRank) return 'severity-down';
  if (cell.isStale === cell.wasToldStale) return undefined;
  return cell.isStale ? 'stale' : 'firing-again';
}

function triggerOf(condition: Condition, before: Snapshot, cell: Cell, input: StepInput): Trigger {
  if (input.kind === 'time') return input.event;
  if (!input.isLate && wasEndedByClosing(condition, before, cell)) return 'schedule-ended';
  if (cell.isHoldOver && isEndOfHold(condition, cellOfSnapshot(before), cell)) return 'hold-ended';
  return input.readings.some(({ quality }) => isBad(quality)) ? 'quality' : 'reading';
}

/** The hold ended with this step, and raised something. */
const isEndOfHold = (condition: Condition, before: Cell, cell: Cell): boolean =>
  !before.isHoldOver && rankNow(condition, cell) > rankNow(condition, before);

/** The gravest severity that stood has ended, and its schedule is why: without a clear run, on a reading after the closing. */
function wasEndedByClosing(condition: Condition, before: Snapshot, cell: Cell): boolean {
  if (!condition.severities.some(({ endsAtClosing }) => endsAtClosing)) return false;
  const at = cellOfSnapshot(before).machines.findLastIndex(isOpen);
  const machine = cell.machines[at];
  const severity = condition.severities[at];
  if (!machine || !severity?.endsAtClosing || isOpen(machine)) return false;
  const [, clearSince, to] = machine.closed.slice(-3);
  return clearSince === to;
}

/** A state of the sensor that says something by itself; under a hold the value still speaks. */
const isBad = (quality: Quality): boolean =>
  quality === 'fault' || quality === 'over-range' || quality === 'unknown';

function marksOf(
  before: Snapshot,
  input: StepInput,
  verdict: InstantVerdict | undefined,
  change: Change,
): readonly Mark[] {
  if (input.kind === 'time') {
    const wasHeld =
      input.event === 'deadline' && cellOfSnapshot(before).machines[input.index]?.isHeld === true;
    return wasHeld || input.event === 'hold-ended' ? ['held'] : [];
  }
  const marks: Mark[] = [];
  const states = new Set(input.readings.map(({ quality }) => quality));
  const isUntrusted = input.readings.some(({ trusted }) => !trusted);
  if (input.isLate && !isUntrusted) marks.push('late');
  if (verdict?.hasHeld && change !== 'recovered') marks.push('held');
  if (isUntrusted) marks.push('untrusted');
  if (states.has('over-range')) marks.push('over-range');
  if (states.has('fault') || states.has('unknown')) marks.push('quality');
  return marks;
}

/** The value that people are told: of the reading that decided the gravest severity. */
function valueToTell(
  input: StepInput,
  verdict: InstantVerdict | undefined,
): { readonly value: Value | undefined; readonly quality: string } {
  if (input.kind === 'time') return { value: input.value, quality: input.quality };
  const reading = verdict?.shown ?? input.readings[0];
  return { value: reading?.value, quality: reading?.quality ?? 'good' };
}
