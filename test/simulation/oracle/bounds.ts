/** How late something may be before the oracle calls it lost; each with its reason. All in milliseconds. */

const second = 1_000;
const minute = 60 * second;

/** What time alone must cause is caused by then: a tick every 5 s, a canary every 5 s, and the way of both (design 9). */
export const foundWithinMs = 15 * second;

/** From the end of the faults until ticks run again: schedules may come 119 s apart (design 2.3), and one run of a tick. */
export const ticksBackWithinMs = 135 * second;

/** A tick that hung as the faults ended is over: the longest that `sweep` may run, and the next tick. */
export const hungTickMs = 35 * second;

/** Two ticks that are farther apart than this have one missing between them; each sends a canary. */
export const tickGapMs = 12 * second;

/** A canary that is missing stops the watermark for so long (design 2.3). */
export const canaryLostAfterMs = 10 * minute;

/** A canary is due at every multiple of this (semantics 13). */
export const canaryEveryMs = 5 * second;

/** A plan that was made reaches so far: ticks are planned four minutes ahead, one every 5 s (design 2.3). */
export const plannedAheadLeastMs = 4 * minute - 10 * second;

/** A canary that was under way by some time was due at most so long after it (design 2.3: ticks are planned so far ahead). */
export const canaryAheadMaxMs = 4 * minute;

/** Verdicts of absence wait when the watermark is older (semantics 13). */
export const watermarkAgeMaxMs = 30 * second;

/** The longest that a call of a service takes and is answered: from a read to what is done with it. */
export const callMaxMs = 5 * second;

/** Farthest that the clock of a function's host is off. */
export const hostClockErrorMaxMs = second;

/** From reading the watermark to the commit that rests on it: the longest that an invocation may take, and its tick. */
export const verdictAgeMaxMs = 60 * second;

/** The stream has 30 s for a transition, then the next tick takes it (design 6); each has one invocation to do it in. */
export const decidedWithinMs = 60 * second;

/** A subscriber has what was published by then: SNS tries again for so long without back-off. */
export const deliveredWithinMs = 60 * second;

/** What is due is looked at by the next tick; a lost race leaves it to the one after. */
export const overdueMaxMs = 60 * second;

/** A change of limits has reached every device: its second pass follows 60 s after the first (design 3.2). */
export const limitReachesWithinMs = 2 * minute;

/** Farthest that `sent` may lie from receive time for the device's clock to be believed (semantics 10). */
export const clockErrorMaxMs = 5 * minute;

/** How far the offset of a wrong clock may move and still be the same (semantics 10: "stable"). */
export const offsetJitterMaxMs = 30 * second;

/** Packs over which an offset must have held still before it is trusted (semantics 10). */
export const stablePackCount = 3;

/** Records older than this are quarantined (semantics 10). */
export const backlogAgeMaxMs = 31 * 24 * 60 * minute;

/** Grace of a deadline: two reporting periods, at least so long (semantics 8). */
const graceMinMs = 30 * second;

/** From receiving the first breach of a run until its deadline: `for` and the grace, all in milliseconds (semantics 8). */
export const waitsForMs = (forMs: number, periodMs: number): number =>
  forMs + Math.max(2 * periodMs, graceMinMs);

/** A hold ends by itself after so long (semantics 5). */
export const holdMaxMs = 30 * minute;

/** Calm readings for so long end every severity of a rule, however short its times are. */
export const surelyOverLeastMs = 2 * minute;

/** So many breaches are counted at most; what comes late from before them is taken for enough (semantics 9, 15). */
export const countedMax = 64;

/** So many recoveries within an hour are no flapping (semantics 26). */
export const flapFreeCount = 3;

/** Recoveries are counted over so long a time (semantics 26). */
export const flapWithinMs = 60 * minute;

/** Episodes of its own that a correlation keeps (semantics 20: its memory is bounded). */
export const episodeCountMax = 8;

/** Alerts that a correlation keeps, and the bytes of their list (docs/decisions/correlation.md). */
export const memberCountMax = 48;
export const memberBytesMax = 5_500;

/** A stretch of versions in that list takes at most so many bytes; so does an alert beside its names and its stretches. */
export const runBytes = 25;
