/** What this room knows: what a rule means. This file: what a late reading changes in windows that were judged without it (semantics 9, 17). */
import type { Reading } from '../../telemetry/reading.ts';
import { type Instant, instant } from '../../time.ts';
import { type JudgedInstant, laterInstants } from '../windows/later.ts';
import type { BoundSensor, Condition } from './bind.ts';
import { type Cell, phases } from './cell.ts';
import { frameOf } from './surroundings.ts';
import { cellOf, sensorOf, stepCell, surroundings, type Work } from './work.ts';

/**
 * Judges a condition again, raise-only, at the ends of the buckets after a late reading that has entered its windows: what
 * was below its limit without that reading may be above it with it, and no other reading will come for those instants.
 *
 * A condition that asks the value finds it in the buckets, as their last one, though the window itself needs none.
 */
export function judgeLaterAgain(
  work: Work,
  bound: BoundSensor,
  condition: Condition,
  late: Reading,
  receivedAt: Instant,
): void {
  for (const { at, value } of judgedAfter(work, bound, condition, late.phenomenonAt)) {
    const reading = { ...late, phenomenonAt: instant(at), value };
    if (mayRaise(work, condition, reading))
      stepCell(work, condition, { kind: 'readings', isLate: true, at: receivedAt, readings: [reading] });
  }
}

/** The instants after `t` at which windows of the condition that `bound` feeds were judged, as far as they are remembered. */
export function judgedAfter(
  work: Work,
  bound: BoundSensor,
  condition: Condition,
  t: number,
): readonly JudgedInstant[] {
  const { rings } = sensorOf(work, bound);
  const values = new Map<number, number | undefined>();
  for (const asked of condition.feeds.flat()) {
    const ring = asked.sensorSlot === bound.slot ? rings[asked.index] : undefined;
    if (!ring) continue;
    for (const { at, value } of laterInstants(asked.shape, ring, t)) values.set(at, values.get(at) ?? value);
  }
  return [...values].map(([at, value]) => ({ at, value })).toSorted((a, b) => a.at - b.at);
}

/** A severity holds at that instant that is not active, or is active only since later: then its episode begins earlier. */
function mayRaise(work: Work, condition: Condition, reading: Reading): boolean {
  const frame = frameOf(reading, surroundings(work, condition));
  return condition.severities.some(
    ({ when }, i) => isNews(cellOf(work, condition), i, reading.phenomenonAt) && when(frame) === true,
  );
}

/** Whether a breach at `at` may change anything of the severity at `index`: inside its open episode it is only counted. */
export function isNews({ machines }: Cell, index: number, at: number): boolean {
  const machine = machines[index];
  return machine?.phase !== phases.active || at < machine.since;
}
