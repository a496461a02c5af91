import type { Instant } from '../../domain/time.ts';
import type { Observer } from '../ports/observer.ts';
import type { TickStore } from '../ports/ticks.ts';
import type { Clock } from '../ports/time.ts';

/** What a tick does, each part idempotent and on its own. */
export interface SweepParts {
  /** Devices and matters that are due. */
  devices(): Promise<unknown>;
  /** Transitions without a decision. */
  notifications(): Promise<unknown>;
  /** What waits for the archive. */
  archive(): Promise<unknown>;
  /** Whether the city is watched. */
  telemetry(): Promise<unknown>;
  /** The message that travels the whole way, for one instant. */
  canary(at: Instant): Promise<unknown>;
}

export interface RunDeps {
  readonly ticks: TickStore;
  readonly parts: SweepParts;
  readonly observer: Observer;
  readonly clock: Clock;
}

/**
 * Does the work of these ticks, once for all that have no marker, then writes their markers: after the work, so that
 * a crash repeats it instead of leaving a hole.
 *
 * One part that fails stops no other.
 *
 * @throws AggregateError of the parts that failed; no marker is written then
 */
export const runTicks =
  ({ ticks, parts, observer, clock }: RunDeps) =>
  async (instants: readonly Instant[]): Promise<void> => {
    const done = await ticks.done(instants);
    const due = [...new Set(instants)].filter((at) => !done.has(at)).toSorted((a, b) => a - b);
    if (due.length === 0) return;
    const errors: unknown[] = [];
    const run = async (part: string, work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        observer.metric('SweepPartFailed', 1);
        observer.error(`sweep failed: ${part}`, error);
        errors.push(error);
      }
    };
    await Promise.all([
      ...due.map((at) => run('canary', () => parts.canary(at))),
      run('devices', () => parts.devices()),
      run('notifications', () => parts.notifications()),
      run('archive', () => parts.archive()),
      run('telemetry', () => parts.telemetry()),
    ]);
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} parts of a tick failed`);
    const now = clock.now();
    await Promise.all(due.map((at) => ticks.mark(at, now)));
  };
