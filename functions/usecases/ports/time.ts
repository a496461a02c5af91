import type { Instant } from '../../domain/time.ts';

/** The only source of "now" in a use case. */
export interface Clock {
  now(): Instant;
}
