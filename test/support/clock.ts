import { type Instant, instant } from '../../functions/domain/time.ts';
import type { Clock } from '../../functions/usecases/ports/time.ts';

export interface TestClock extends Clock {
  /** Moves the clock to `ms`. */
  set(ms: number): void;
  advance(ms: number): void;
}

/** A clock that stands until it is moved. */
export function testClock(ms: number): TestClock {
  let now: Instant = instant(ms);
  return {
    now: () => now,
    set: (to) => {
      now = instant(to);
    },
    advance: (by) => {
      now = instant(now + by);
    },
  };
}
