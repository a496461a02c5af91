import type { Random } from '../../../sensors-sim/random.ts';

/** How large a world is and how long its parts last. */
export interface Scale {
  readonly deviceCount: number;
  readonly warmUpMs: number;
  readonly faultsMs: number;
  /** From the end of the faults until everything must have come right. */
  readonly healMs: number;
}

/**
 * Healing. Short: a redelivery comes after two minutes, and what it causes has one more. Long: ticks are back within 135 s, what
 * they find due has two minutes more, and the rest is calm.
 */
const healMs = { short: 185_000, long: 285_000 } as const;
/** Share of worlds that heal for long: time is what worlds cost. */
const longShare = 0.3;

/** Shares of the worlds: few devices, some, all of them. Small worlds find as much as large ones and are many more. */
const shares = { few: 0.8, some: 0.97 } as const;

/** Mostly one or two devices for one or two minutes. */
export function drawScale(random: Random, deviceMax: number): Scale {
  const chance = random.next();
  const most = chance < shares.few ? 2 : 6;
  return {
    deviceCount: chance >= shares.some ? deviceMax : 1 + Math.floor(random.next() * most),
    warmUpMs: 20_000,
    faultsMs: Math.round(40_000 + random.next() * 80_000),
    healMs: random.next() < longShare ? healMs.long : healMs.short,
  };
}
