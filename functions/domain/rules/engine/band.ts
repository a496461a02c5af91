/** What this room knows: what a rule means. This file: between which readings nothing happens to a sensor's rules. */
import { appended } from '../../appended.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { Verdict } from '../expression.ts';
import type { Frame } from '../frame.ts';
import { frameAsking } from './asking.ts';
import type { BoundSensor, BoundSeverity, Condition } from './bind.ts';
import { calmGapMs, calmUntil, forEver } from './calm.ts';
import {
  type Answer,
  answers,
  type Cell,
  never,
  newestValueOf,
  noBand,
  phases,
  type SensorCell,
} from './cell.ts';
import { bandAt } from './plain.ts';
import { nextEvent } from './timers.ts';
import { cellOf, ownSensor, sensorOf, type Work } from './work.ts';

/**
 * True when the reading says what the last one said: no condition on the sensor alone has another answer, and no timer is
 * reached.
 *
 * Plain conditions are asked all together by two comparisons, the others one by one; no cell is looked at.
 */
export function isInBand(sensor: SensorCell, bound: BoundSensor, reading: Reading): boolean {
  const { band, at } = sensor;
  const { phenomenonAt, value } = reading;
  if (phenomenonAt >= band.until || phenomenonAt - at > band.gapMs) return false;
  // Written so that what is not a number, on either side, lies in no band.
  if (!(typeof value === 'number' ? value > band.low && value < band.high : value === newestValueOf(sensor)))
    return false;
  return bound.watchful.length === 0 || saysTheSame(sensor, bound, reading);
}

function saysTheSame({ band, rings }: SensorCell, { watchful }: BoundSensor, reading: Reading): boolean {
  let next = 0;
  for (const condition of watchful) {
    const frame = frameAsking(condition, rings, reading);
    for (const severity of condition.severities) {
      const wanted = band.answers[next];
      next += 1;
      if (wanted === undefined || !isAnswer(severity, frame, wanted)) return false;
    }
  }
  return true;
}

function isAnswer({ when, clear }: BoundSeverity, frame: Frame, wanted: Answer): boolean {
  const verdict = when(frame);
  switch (wanted) {
    case answers.isTrue:
      return verdict === true;
    case answers.isUnknown:
      return verdict === undefined;
    case answers.isFalse:
      return verdict === false;
    case answers.clears:
      return verdict === false && (clear === undefined || clear(frame) === true);
    default:
      return verdict === false && clear !== undefined && clear(frame) !== true;
  }
}

/**
 * Asks every condition on the sensor alone about a good reading, newer than all before: those that must take it.
 *
 * `undefined` when there is none, and nothing is to be said of the sensor's data: then the sensor remembers what all say and
 * until when they rest.
 */
export function movedBy(work: Work, bound: BoundSensor, reading: Reading): readonly Condition[] | undefined {
  const before = sensorOf(work, bound);
  const t = reading.phenomenonAt;
  let until = forEver;
  let gapMs = forEver;
  let dueAt = forEver;
  let isClearAsked = false;
  let said: Answer[] | undefined;
  let moved: Condition[] | undefined;
  for (const condition of bound.alone) {
    const cell = cellOf(work, condition);
    const isPlain = condition.edges !== undefined;
    const frame = isPlain ? reading : frameAsking(condition, before.rings, reading);
    const rests = calmUntil(condition, cell, frame);
    const gap = calmGapMs(condition, cell);
    if (t >= rests || t - (before.isCalm ? before.at : cell.evaluatedAt) > gap) {
      moved = appended(moved, condition);
      continue;
    }
    if (moved !== undefined) continue;
    if (rests < until) until = rests;
    if (gap < gapMs) gapMs = gap;
    // Without proof of absence silence is left out.
    dueAt = nextEvent(condition, cell, undefined, never, dueAt)?.at ?? dueAt;
    if (isPlain) isClearAsked ||= asksClear(cell);
    else {
      said ??= [];
      for (let i = 0; i < condition.severities.length; i++) said.push(answerOf(condition, cell, i, frame));
    }
  }
  if (moved !== undefined) return moved;
  if (!isDataCalm(work, bound, before)) return none;
  const edges = isClearAsked ? bound.edges : bound.whenEdges;
  const { low, high } = typeof reading.value === 'number' ? bandAt(edges, reading.value) : noBand;
  ownSensor(work, bound).band = { low, high, until, gapMs, dueAt, answers: said ?? noBand.answers };
  return undefined;
}

const none: readonly Condition[] = [];

/** Nothing is known against the sensor's data, or what is raised stays: a rule goes on without an answer. */
function isDataCalm(work: Work, { alone }: BoundSensor, { fault, notEvaluable }: SensorCell): boolean {
  const isOver = alone.some((condition) => cellOf(work, condition).isUnknownOver);
  return fault.phase === phases.idle && notEvaluable.phase === (isOver ? phases.active : phases.idle);
}

/** What is raised may end by what `clear` says; what is not raised never asks it. */
const asksClear = ({ machines }: Cell): boolean => {
  for (const { phase } of machines) if (phase === phases.active || phase === phases.clearing) return true;
  return false;
};

function answerOf({ severities }: Condition, { machines }: Cell, index: number, frame: Frame): Answer {
  const severity = severities[index];
  const verdict: Verdict = severity?.when(frame);
  if (verdict !== false) return verdict === true ? answers.isTrue : answers.isUnknown;
  const phase = machines[index]?.phase;
  if (phase !== phases.active && phase !== phases.clearing) return answers.isFalse;
  const clears = severity?.clear === undefined || severity.clear(frame) === true;
  return clears ? answers.clears : answers.staysInBand;
}
