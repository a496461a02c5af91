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
const healMs = 300_000;

/** Mostly one to three devices for two minutes: small worlds find as much as large ones and are many more. */
export function drawScale(random: Random, deviceMax: number): Scale {
  const chance = random.next();
  const most = chance < 0.7 ? 3 : chance < 0.95 ? 7 : deviceMax;
  return {
    deviceCount: Math.min(deviceMax, chance >= 0.95 ? deviceMax : 1 + Math.floor(random.next() * most)),
    warmUpMs: 30_000,
    faultsMs: Math.round(40_000 + random.next() * 80_000),
    healMs,
  };
}
