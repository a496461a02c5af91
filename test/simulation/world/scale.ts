import type { Random } from '../../../sensors-sim/random.ts';

/** How large a world is and how long its parts last. */
export interface Scale {
  readonly deviceCount: number;
  readonly warmUpMs: number;
  readonly faultsMs: number;
  /** From the end of the faults until everything must have come right. */
  readonly healMs: number;
}

/** Ticks are back within 135 s, what they find due has two minutes more, and the rest is calm. */
const healMs = 285_000;

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
    healMs,
  };
}
