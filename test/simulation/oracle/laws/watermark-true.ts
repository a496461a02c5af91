import type { WatermarkStep } from '../../history.ts';
import { canaryAheadMaxMs, canaryEveryMs, canaryLostAfterMs, hostClockErrorMaxMs } from '../bounds.ts';
import { countUpTo } from '../facts/sorted.ts';
import type { View } from '../facts/view.ts';
import { type Canaries, watermarkAt } from '../facts/watermark.ts';
import type { Finding, Law } from '../law.ts';

const hadCome = ({ byInstant }: Canaries, instant: number, at: number): boolean => {
  const canary = byInstant.get(instant);
  return canary !== undefined && canary.taken <= at;
};

/** What one write of it passed too early. */
function early({ canaries, watermark }: View): Finding[] {
  const findings: Finding[] = [];
  let passed: number | undefined;
  for (const { at, firstDueAt, until } of watermark) {
    if (until === undefined) continue;
    if (passed !== undefined && until < passed)
      findings.push({ what: `it went back from ${passed} to ${until}`, at });
    for (let one = Math.max(firstDueAt, (passed ?? 0) + canaryEveryMs); one <= until; one += canaryEveryMs)
      if (!hadCome(canaries, one, at) && at - one < canaryLostAfterMs - hostClockErrorMaxMs)
        findings.push({ what: `it passed ${one}, whose canary had not come`, at });
    passed = Math.max(passed ?? until, until);
  }
  return findings;
}

/** What it remembers of canaries that overtook others: each had come, and none that was done with is forgotten. */
function remembered({ canaries, watermark }: View): Finding[] {
  return watermark.flatMap(({ at, firstDueAt, until, early: waiting }: WatermarkStep) => {
    const invented = waiting.filter((one) => !hadCome(canaries, one, at));
    const from = until ?? firstDueAt - canaryEveryMs;
    const forgotten: number[] = [];
    for (let place = countUpTo(canaries.instants, (one) => one <= from); ; place += 1) {
      const one = canaries.instants[place];
      if (one === undefined || one > at + canaryAheadMaxMs) break;
      const isDone = (canaries.byInstant.get(one)?.done ?? at) < at;
      if (isDone && !waiting.includes(one)) forgotten.push(one);
    }
    return [
      ...invented.map((one) => ({ what: `it remembers ${one}, whose canary had not come`, at })),
      ...forgotten.map((one) => ({ what: `it has forgotten the canary of ${one}`, at })),
    ];
  });
}

/** Where it stayed behind canaries before which none is missing. */
function behind({ canaries, watermark, history }: View): Finding[] {
  // What comes before the canary with which it began is not awaited.
  const begunAt = watermark[0]?.firstDueAt ?? 0;
  const { first, times } = canaries.passed;
  return times.flatMap((by, place) => {
    const instant = first + place * canaryEveryMs;
    if (by >= history.phases.end || instant < begunAt) return [];
    const stood = watermarkAt(watermark, by);
    if (stood !== undefined && stood >= instant) return [];
    return [{ what: `it stood at ${stood ?? 'nothing'} though all canaries to ${instant} had come`, at: by }];
  });
}

/**
 * The watermark is the newest canary before which none is missing (semantics 13): each up to it had come by then, or had been
 * missing for ten minutes; it never goes back; it stays behind none that was done with, and forgets none that came early.
 */
export const watermarkTrue: Law = {
  name: 'watermark-true',
  check: (view) => [...early(view), ...remembered(view), ...behind(view)],
};
