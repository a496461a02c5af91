/** What every engine must say alike. */
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';

/** A transition without what only one engine can tell. */
export interface Told extends Pick<TransitionDraft, 'change' | 'condition' | 'severity' | 'sensorId'> {
  readonly ruleId: string;
  readonly phenomenonAt: number;
  readonly device: number;
}

/** One line a transition, in an order that no engine chooses. */
export const linesOf = (told: readonly Told[]): readonly string[] =>
  told
    .map(
      ({ phenomenonAt, device, sensorId, ruleId, change, severity, condition }) =>
        `${phenomenonAt} ${device}/${sensorId} ${ruleId} ${change} ${severity} ${condition}`,
    )
    .toSorted();

/** @throws Error that shows the first line in which `found` is not as `wanted` */
export function holdToSame(who: string, wanted: readonly string[], found: readonly string[]): void {
  const length = Math.max(wanted.length, found.length);
  for (let i = 0; i < length; i++)
    if (wanted[i] !== found[i])
      throw new Error(
        `${who} gives other transitions (${found.length}, not ${wanted.length}). Number ${i}: ` +
          `${found[i] ?? 'none'}; wanted: ${wanted[i] ?? 'none'}. Remedy: mend it before timing it`,
      );
}
