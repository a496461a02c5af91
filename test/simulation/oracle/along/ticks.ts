import type { Accepted, City, History } from '../../history.ts';
import { viewOf } from '../facts/view.ts';
import { instantOf } from '../facts/watermark.ts';
import type { Violation } from '../law.ts';
import { canarySent } from '../laws/canary-sent.ts';
import { nothingHappened } from '../nothing.ts';
import { foundBy } from '../oracle.ts';

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
     * What does not hold at `at`, of ticks that were asked for once before: at any other time their canary may be on its
     * way. Forgets `ticks.planned` that need not be asked for again.
     */
    judge({ planned, left }: Tickets, at: number, isLast: boolean): Violation[] {
      const view = viewOf({
        ...nothingHappened,
        city,
        phases: { ...nothingHappened.phases, end: at },
        ticks: { planned, left },
        bygone: {
          canaries: [...planned].filter((one) => sent.has(one)).map((one) => ({ ...seen, instant: one })),
          watermark: [],
        },
      });
      const violations = foundBy([canarySent], view);
      const again = violations.filter((one) => isLast || missing.has(one.at ?? 0));
      const toldOf = new Set(again.map((one) => one.at));
      missing = new Set(violations.flatMap((one) => one.at ?? []));
      for (const one of planned) if (sent.has(one) || toldOf.has(one)) planned.delete(one);
      for (const one of sent) if (one < at - rememberedMs) sent.delete(one);
      return again;
    },
  };
}

const seen = { receivedAt: 0, taken: 0, done: 0 };

interface Tickets {
  readonly planned: Set<number>;
  readonly left: History['ticks']['left'];
}
