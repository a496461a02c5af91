import type { History } from '../../history.ts';
import { hungTickMs, tickGapMs, ticksBackWithinMs } from '../bounds.ts';

/**
 * From when on ticks run without a hole after the faults, by the canaries that the broker took, one from each tick. At the
 * latest when schedules that come 119 s apart must have brought them back: whoever sends none gains no time by it.
 */
export function ticksBackAt({
  accepted,
  phases,
  delayedUntil,
}: Pick<History, 'accepted' | 'phases' | 'delayedUntil'>): number {
  const from = Math.max(phases.heal, delayedUntil);
  const latest = from + ticksBackWithinMs;
  const canaries = accepted
    .flatMap(({ sender, receivedAt }) => (sender === 'canary' && receivedAt >= from ? [receivedAt] : []))
    .toSorted((a, b) => a - b);
  let back = from + hungTickMs;
  let last = from;
  for (const at of canaries) {
    if (at - last > tickGapMs) back = Math.max(back, at);
    last = at;
  }
  const goOn = phases.end - last <= tickGapMs;
  return goOn ? Math.min(back, latest) : latest;
}
