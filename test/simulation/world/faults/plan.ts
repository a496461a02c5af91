import type { Random } from '../../../../sensors-sim/random.ts';
import { type FaultKind, faultNames } from './kinds.ts';

/** How often a kind of fault happens in a world. */
export type Rate = 'none' | 'low' | 'high';

/** Which faults a world has; a function of the seed. */
export interface FaultPlan {
  readonly rates: Readonly<Record<FaultKind, Rate>>;
}

/** Half of the kinds are off, the others rare or frequent. Every tenth world has none at all: it must be perfectly calm. */
export function drawFaults(random: Random): FaultPlan {
  const isCalm = random.next() < 0.1;
  const rateOf = (): Rate => {
    const chance = random.next();
    if (isCalm || chance < 0.5) return 'none';
    return chance < 0.75 ? 'low' : 'high';
  };
  const rates = Object.fromEntries(faultNames.map((name) => [name, rateOf()])) as Record<FaultKind, Rate>;
  return { rates };
}

/** The plan without the kinds of `off`. */
export const without = (plan: FaultPlan, off: ReadonlySet<FaultKind>): FaultPlan => ({
  rates: Object.fromEntries(
    Object.entries(plan.rates).map(([name, rate]) => [name, off.has(name as FaultKind) ? 'none' : rate]),
  ) as Record<FaultKind, Rate>,
});
