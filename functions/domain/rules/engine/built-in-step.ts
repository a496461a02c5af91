/** What this room knows: what a rule means. This file: the alerts on a sensor's data, raised and ended (semantics 3, 5). */
import type { RuleId } from '../../ids.ts';
import { rankOf, severities } from '../../severity.ts';
import type { Value } from '../../telemetry/reading.ts';
import type { Instant } from '../../time.ts';
import type { Change, TransitionDraft } from '../transition.ts';
import { builtInRules, builtInVersion } from './built-in.ts';
import { type BuiltInCell, never, phases } from './cell.ts';
import { builtInCellJson, recordFormat, recordText, withRecord } from './record.ts';

/** What one instant, or time, says of a sensor's data. */
export interface BuiltInInput {
  /** `bad` breaks the run of good readings and raises nothing. */
  readonly kind: 'raise' | 'good' | 'bad';
  readonly trigger: 'quality' | 'unknown' | 'reading';
  readonly at: Instant;
  readonly phenomenonAt: Instant;
  /** Severity to raise at, as its rank. */
  readonly rank: number;
  /** A longer stretch without a reading starts the good run again. Milliseconds. */
  readonly silentAfterMs: number;
  readonly value: Value | undefined;
  readonly quality: string;
  /** What raised it: the quality, or the rules and inputs that could not be answered. */
  readonly causes: readonly unknown[];
}

export const faultRank = rankOf(builtInRules.fault.severity);

/**
 * Applies `input` to the alert `ruleId` on a sensor and tells of what has changed. Changes `cell`.
 *
 * It ends like any severity without a `clearFor`: with a second good reading after a first one, without a gap.
 */
export function stepBuiltIn(
  ruleId: RuleId,
  sensorId: string,
  cell: BuiltInCell,
  input: BuiltInInput,
): TransitionDraft | undefined {
  const before = { ...cell };
  const change = apply(cell, input);
  if (change === undefined) return undefined;
  const draft = {
    ruleId,
    ruleVersion: builtInVersion,
    sensorId,
    change,
    condition: change === 'recovered' ? ('recovered' as const) : ('firing' as const),
    severity: severities[change === 'recovered' ? before.rank : cell.rank] ?? 'yellow',
    phenomenonAt: input.phenomenonAt,
    at: input.at,
    trigger: input.trigger,
    marks: [],
    value: input.value,
    quality: input.quality,
  };
  const after = { ...cell };
  const record = (): string =>
    recordText({
      format: recordFormat,
      rule: ruleId,
      ruleVersion: builtInVersion,
      sensor: sensorId,
      change,
      condition: draft.condition,
      severity: draft.severity,
      trigger: input.trigger,
      marks: [],
      phenomenonAt: input.phenomenonAt,
      now: input.at,
      input,
      before: builtInCellJson(before),
      after: builtInCellJson(after),
    });
  return withRecord(draft, record);
}

function apply(cell: BuiltInCell, input: BuiltInInput): Change | undefined {
  const { kind, rank, phenomenonAt: t } = input;
  if (kind === 'raise') return raise(cell, rank, t);
  if (cell.phase === phases.idle) return undefined;
  const isAfterGap = t - cell.lastAt > input.silentAfterMs;
  cell.lastAt = t;
  if (kind === 'bad') {
    cell.phase = phases.active;
    cell.clearSince = never;
    return undefined;
  }
  if (cell.phase === phases.active || isAfterGap) {
    cell.phase = phases.clearing;
    cell.clearSince = t;
    return undefined;
  }
  cell.phase = phases.idle;
  cell.rank = never;
  cell.since = never;
  cell.clearSince = never;
  cell.lastAt = never;
  return 'recovered';
}

function raise(cell: BuiltInCell, rank: number, t: number): Change | undefined {
  const isNew = cell.phase === phases.idle;
  const isGraver = rank > cell.rank;
  cell.phase = phases.active;
  cell.clearSince = never;
  cell.lastAt = Math.max(cell.lastAt, t);
  if (isNew) cell.since = t;
  if (isGraver) cell.rank = rank;
  return isNew ? 'raised' : isGraver ? 'severity-up' : undefined;
}
