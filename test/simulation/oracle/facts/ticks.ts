import type { History, Span } from '../../history.ts';
import { hungTickMs, tickGapMs, ticksBackWithinMs } from '../bounds.ts';
import { countUpTo } from './sorted.ts';

type TicksOf = Pick<History, 'accepted' | 'phases' | 'delayedUntil' | 'bygone'>;

/** When the broker took canaries, in order. */
const canaryTimes = ({ accepted, bygone }: TicksOf): readonly number[] =>
  (bygone?.canaries ?? [])
    .map(({ receivedAt }) => receivedAt)
    .concat(accepted.flatMap(({ sender, receivedAt }) => (sender === 'canary' ? [receivedAt] : [])))
    .toSorted((a, b) => a - b);

/**
 * From when on ticks run without a hole after faults that ended at `from`, by the canaries that the broker took, one from each
 * tick; nothing failed again until `end`. At the latest when schedules that come 119 s apart must have brought them back:
 * whoever sends none gains no time by it.
 */
function backAfter(from: number, canaries: readonly number[], end: number): number {
  const latest = from + ticksBackWithinMs;
  let back = from + hungTickMs;
  let last = from;
  for (let place = countUpTo(canaries, (at) => at < from); ; place += 1) {
    const at = canaries[place];
    if (at === undefined || at >= end) break;
    if (at - last > tickGapMs) back = Math.max(back, at);
    last = at;
    if (last > latest + tickGapMs) return Math.min(back, latest);
  }
  const goOn = end - last <= tickGapMs;
  return goOn ? Math.min(back, latest) : latest;
}

/**
 * From when on what was due at an instant can be asked for: from then, while nothing fails; else from when ticks are back after
 * the trouble that it fell into, or came just before.
 */
export function askableOf(history: TicksOf): (at: number) => number {
  const { phases } = history;
  const canaries = canaryTimes(history);
  const troubles: readonly Span[] = phases.troubles ?? [
    { from: phases.faults, until: Math.max(phases.heal, history.delayedUntil) },
  ];
  const troubled = troubles.map(({ from, until }, place) => {
    const next = troubles[place + 1]?.from ?? phases.end;
    return { from: from - ticksBackWithinMs, backAt: backAfter(until, canaries, next) };
  });
  return (at) => {
    const place = countUpTo(troubled, ({ backAt }) => backAt <= at);
    const next = troubled[place];
    return next === undefined || at < next.from ? at : next.backAt;
  };
}
