import type { Instant } from '../../domain/time.ts';

/** Which ticks have done their work. Markers vanish by themselves after a day. */
export interface TickStore {
  /** Those of `instants` that have a marker; consistent. At most 100 instants. @throws AdapterError */
  done(instants: readonly Instant[]): Promise<ReadonlySet<Instant>>;
  /** Puts the marker if it is absent; `now` starts its life. @throws AdapterError */
  mark(at: Instant, now: Instant): Promise<'marked' | 'already-marked'>;
}
