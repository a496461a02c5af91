/** What this room knows: what a rule means. This file: a severity that comes and goes takes longer to clear (semantics 26). */
import { hours, minutes } from '../../time.ts';

/** Recoveries are counted over so long a time. */
export const flapWithinMs = hours(1);
/** So many of them are no flapping; each further one doubles `clearFor`. */
export const flapFreeCount = 3;
/** Flapping never makes `clearFor` longer than this; a rule may. */
export const dampedClearForMaxMs = minutes(30);
/** Recoveries kept: even a `clearFor` of a second has reached its maximum with them. */
export const recoveriesMax = 16;

/**
 * `clearFor` at `t`, given the instants at which the severity has recovered.
 *
 * One without a `clearFor` of its own doubles a reporting period. Only clearing takes longer: a raise is never later.
 */
export function dampedClearForMs(
  clearForMs: number,
  periodMs: number,
  recoveries: readonly number[],
  t: number,
): number {
  if (recoveries.length <= flapFreeCount) return clearForMs;
  let recent = 0;
  for (const at of recoveries) if (at > t - flapWithinMs) recent += 1;
  const doublings = recent - flapFreeCount;
  if (doublings <= 0) return clearForMs;
  const damped = Math.max(clearForMs, periodMs) * 2 ** doublings;
  return Math.max(clearForMs, Math.min(damped, dampedClearForMaxMs));
}

/** `recoveries` with `t`, without those that count no more. */
export const withRecovery = (recoveries: readonly number[], t: number): readonly number[] =>
  [...recoveries.filter((at) => at > t - flapWithinMs), t].slice(-recoveriesMax);
