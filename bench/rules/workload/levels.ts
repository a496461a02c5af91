/** The severities of the workload's rules as plain figures: all engines are given these. */
import type { Severity } from '../../../functions/domain/severity.ts';
import { type DurationMs, seconds } from '../../../functions/domain/time.ts';
import type { BookSize } from './size.ts';

/** `value >= at` for `forMs` raises; `value < below` for `clearForMs` clears. */
export interface Level {
  readonly severity: Severity;
  readonly at: number;
  readonly below: number;
  readonly forMs: DurationMs;
  readonly clearForMs: DurationMs;
}

/** Severities of one rule, lightest first. */
export type Levels = readonly Level[];

const level = (severity: Severity, at: number, below: number, forS: number, clearForS: number): Level => ({
  severity,
  at,
  below,
  forMs: seconds(forS),
  clearForMs: seconds(clearForS),
});

/** Below this nothing is a breach, whatever the kind. */
export const calmMax = 40;

/**
 * The rules of kind number `kind`: 3 + 2 + 2 severities for even kinds, 3 + 3 + 2 for odd ones.
 *
 * Limits move a little from kind to kind, so that nothing can be shared between them.
 */
export function levelsOf(kind: number, { rulesPerKind }: BookSize): readonly Levels[] {
  const shift = (kind % 10) / 4;
  const at = (limit: number): number => limit + shift;
  const all: readonly Levels[] = [
    [
      level('yellow', at(calmMax), at(36), 20, 30),
      level('orange', at(50), at(46), 10, 30),
      level('red', at(60), at(50), 0, 40),
    ],
    [
      ...(kind % 2 === 1 || rulesPerKind < 3 ? [level('blue', at(42), at(38), 30, 20)] : []),
      level('orange', at(52), at(47), 20, 20),
      level('red', at(64), at(56), 10, 20),
    ],
    [level('yellow', at(45), at(41), 0, 60), level('orange', at(57), at(50), 30, 30)],
  ];
  return all.slice(0, rulesPerKind);
}
