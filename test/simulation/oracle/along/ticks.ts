import type { Accepted, City } from '../../history.ts';
import { viewOf } from '../facts/view.ts';
import { instantOf } from '../facts/watermark.ts';
import type { Violation } from '../law.ts';
import { canarySent } from '../laws/canary-sent.ts';
import { nothingHappened } from '../nothing.ts';
import { foundBy } from '../oracle.ts';

/** A tick that nobody waits for is asked for until it is so old. */
const askedMs = 6 * 3_600_000;
/** A tick that is so old comes no more. */
const rememberedMs = 24 * 3_600_000;

/** Judges at any time whether the ticks that are done have sent their canaries. */
export function createTickJudge(city: City) {
  const sent = new Set<number>();
  /** Instants of ticks of which no canary had been seen when they were last asked for. */
  let missing: ReadonlySet<number> = new Set();
  return {
    see(accepted: readonly Accepted[]): void {
      for (const { sender, bytes } of accepted) {
        const instant = sender === 'canary' ? instantOf(bytes) : undefined;
        if (instant !== undefined) sent.add(instant);
      }
    },
    /**
     * What does not hold at `at`, of ticks that were asked for once before: the first time their canary may be on its way.
     * Forgets of `ticks` what need not be asked for again.
     */
    judge(ticks: TicksSoFar, at: number, isLast: boolean): Violation[] {
      const { planned, left, doneAt } = ticks;
      const view = viewOf({
        ...nothingHappened,
        city,
        phases: { ...nothingHappened.phases, end: at },
        ticks,
        bygone: {
          canaries: [...planned].filter((one) => sent.has(one)).map((one) => ({ ...seen, instant: one })),
          watermark: [],
        },
      });
      const violations = foundBy([canarySent], view);
      const again = violations.filter((one) => isLast || missing.has(one.at ?? 0));
      const toldOf = new Set(again.map((one) => one.at));
      missing = new Set(violations.flatMap((one) => one.at ?? []));
      // What is still in the queue may be taken up once more; what is not asked for by now is late, and need not be.
      for (const one of planned)
        if (!left.has(one) && (sent.has(one) || toldOf.has(one) || one < at - askedMs)) planned.delete(one);
      for (const one of sent) if (one < at - rememberedMs) sent.delete(one);
      for (const one of doneAt.keys()) if (one < at - rememberedMs) doneAt.delete(one);
      return again;
    },
  };
}

const seen = { receivedAt: 0, taken: 0, done: 0 };

/** The ticks of a world: those that were planned and not judged for good, those in the queue, and when it let go of them. */
export interface TicksSoFar {
  readonly planned: Set<number>;
  readonly left: ReadonlySet<number>;
  readonly doneAt: Map<number, number>;
}
