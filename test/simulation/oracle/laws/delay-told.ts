import {
  canaryEveryMs,
  canaryLostAfterMs,
  foundWithinMs,
  hostClockErrorMaxMs,
  watermarkAgeMaxMs,
} from '../bounds.ts';
import { matterKey } from '../facts/episodes.ts';
import type { View } from '../facts/view.ts';
import { judgeableBy } from '../facts/watermark.ts';
import type { Finding, Law } from '../law.ts';

const matter = matterKey('system.telemetry-delayed', 'platform');

/** How it stood at an instant, by what had been written. */
const isToldAt = ({ matters }: View, at: number): boolean => {
  const last = matters.get(matter)?.told.findLast(({ writtenAt }) => writtenAt <= at);
  return last !== undefined && last.condition !== 'recovered';
};

/** Each stretch in which the watermark was surely too old, and nobody was told in time. */
function untold(view: View): Finding[] {
  const { canaries, history, askableFrom } = view;
  const { first, times } = canaries.passable;
  return times.flatMap((from, place) => {
    const instant = first + place * canaryEveryMs;
    // It stands here at the most until the next one has come, or is given up.
    const next = times[place + 1] ?? Number.POSITIVE_INFINITY;
    const until = Math.min(next, instant + canaryEveryMs + canaryLostAfterMs);
    const due = Math.max(from, instant + watermarkAgeMaxMs + hostClockErrorMaxMs);
    const by = askableFrom(due) + foundWithinMs;
    if (by >= until || by > history.phases.end || isToldAt(view, by)) return [];
    return [{ what: `the watermark stood at ${instant} since ${due} and nobody was told`, at: by }];
  });
}

/** Each time that it was told and still is although the watermark has long been young again. */
function unended(view: View): Finding[] {
  const { canaries, history, askableFrom } = view;
  return (view.matters.get(matter)?.told ?? []).flatMap(({ id, condition, writtenAt }) => {
    if (condition === 'recovered') return [];
    const by = judgeableBy(canaries, askableFrom(writtenAt), foundWithinMs);
    if (by > history.phases.end || !isToldAt(view, by)) return [];
    return [{ what: `${id} stands although the watermark has been young again`, at: by }];
  });
}

/**
 * When our own telemetry lags, people are told: while the watermark is over 30 s old, `system.telemetry-delayed` stands, from 15 s
 * after; and it ends once the watermark is young again (semantics 13, design 4).
 */
export const delayTold: Law = {
  name: 'delay-told',
  check: (view) => [...untold(view), ...unended(view)],
};
