import { type Instant, instant, seconds } from '../../domain/time.ts';
import { canaryEvery } from '../../domain/watermark.ts';
import type { Queue } from '../ports/messaging.ts';
import type { TickStore } from '../ports/ticks.ts';
import type { Clock } from '../ports/time.ts';

/** How far ahead ticks are planned: the schedule may be 119 s late and still leaves no hole. */
export const planAhead = seconds(240);

/** A tick planned with less lead than this has most likely been planned a minute ago as well: it is a spare. */
export const spareWithin = seconds(180);

/** A spare comes this much later, when its twin has left a marker: then it costs one read and no work. */
export const spareAfter = seconds(2);

/** A tick is due at every instant that is a multiple of this; each sends the canary of its instant. */
export const tickEvery = canaryEvery;

export interface PlanDeps {
  readonly ticks: TickStore;
  readonly queue: Queue;
  readonly clock: Clock;
}

/** The instants of the ticks from `now` to `now + planAhead`. @example tickInstants(instant(1)).at(0) // 5000 */
export function tickInstants(now: Instant): Instant[] {
  const first = Math.ceil(now / tickEvery) * tickEvery;
  const count = Math.floor((now + planAhead - first) / tickEvery) + 1;
  return Array.from({ length: count }, (_, position) => instant(first + position * tickEvery));
}

/**
 * Enqueues a tick for every coming instant that has no marker yet. Every instant is planned about four times, so that
 * late or skipped minutes leave no hole; a tick that finds its marker has nothing to do.
 *
 * @returns how many were enqueued
 * @throws AdapterError when markers cannot be read; Error when the queue refused some
 */
export const planTicks =
  ({ ticks, queue, clock }: PlanDeps) =>
  async (): Promise<number> => {
    const now = clock.now();
    const instants = tickInstants(now);
    const done = await ticks.done(instants);
    const due = instants.filter((at) => !done.has(at));
    const sent = await queue.send(
      due.map((at) => ({
        body: JSON.stringify({ kind: 'tick', at }),
        delaySeconds: delaySeconds(at - now),
      })),
    );
    const refused = sent.filter((outcome) => !outcome.ok);
    const [first] = refused;
    if (first !== undefined && !first.ok)
      throw new Error(`${refused.length} of ${due.length} ticks were not enqueued: ${first.problem}`);
    return due.length;
  };

/** Never before the instant itself. */
const delaySeconds = (leadMs: number): number =>
  Math.ceil((leadMs + (leadMs < spareWithin ? spareAfter : 0)) / 1000);
