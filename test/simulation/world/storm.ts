import { createRandom, type Random } from '../../../sensors-sim/random.ts';
import { stormDeviceCount } from '../city/enterprises.ts';
import type { Excursion } from './weather.ts';

/**
 * How a storm goes. All come and go: each is over within half a minute, so a correlation forgets those that have ended. Last
 * stay: of the same, those that came last stand to the end. Crowd: all stand at once, more than a correlation keeps, and those
 * that came first stand to the end.
 */
export type StormKind = 'all-go' | 'last-stay' | 'crowd';

/** Many devices of one site that raise within a minute, beside what the world has anyway. */
export interface Storm {
  readonly kind: StormKind;
  readonly deviceCount: number;
}

/** One world in so many has a storm. */
const stormEvery = 150;
/** Faults last so long at least: the storm, and those who come back from it, lie within. */
const faultsLeastMs = 105_000;
const faultsSpanMs = 15_000;
/** Of what went as it came the correlation is over 90 s later; so long a storm heals before it may be called calm. */
export const stormHealLeastMs = 65_000;

/** The storm begins so soon after the faults. */
const beginsWithinMs = 10_000;
/** All raise within it. */
const spreadMs = 55_000;
const stayCount = 8;
/** Share of the devices that see it coming too early to tell: their network goes before, and what they bring is late. */
const cutOffShare = 0.25;
/** Who is cut off sees the beginning of the storm, and is back when it is nearly over. */
const cutOffSpreadMs = 20_000;
const backFromMs = 60_000;
const backSpreadMs = 35_000;
/** An excursion lasts for one or two readings; in a crowd so long after all have come. */
const lastsLeastMs = 10_000;
const lastsSpanMs = 10_000;
const badQualityShare = 0.1;
/** Levels that raise: at the limit, above it, far above it, and beyond the range of the instrument. */
const levels = [25, 29.9, 29.9, 29.9, 50, 101] as const;

/** The storm of a world, by chance of its own: none in nearly all of them. */
export function drawStorm(random: Random): Storm | undefined {
  const own = random.split('world/storm');
  if (own.next() >= 1 / stormEvery) return undefined;
  const chance = own.next();
  const kind = chance < 0.5 ? 'all-go' : chance < 0.75 ? 'last-stay' : 'crowd';
  return { kind, deviceCount: stormDeviceCount };
}

export const hasStorm = (seed: number): boolean => drawStorm(createRandom(String(seed))) !== undefined;

/** How long faults last in the storm that `chance` gives. */
export const stormFaultsMs = (random: Random): number =>
  Math.round(faultsLeastMs + random.split('storm/faults').next() * faultsSpanMs);

/** What one device has of a storm. */
export interface StormShare {
  readonly excursions: readonly Excursion[];
  /** When it is without its network, by the world's clock. */
  readonly cutOff?: { readonly from: number; readonly until: number };
  /** It has its share of bad readings: few have, since they are many. */
  readonly hasBadQuality: boolean;
}

interface ShareParts {
  readonly own: Random;
  /** The same for all devices of the storm. */
  readonly all: Random;
  readonly from: number;
}

/** What the device at `place` sees of a storm that may begin from `from` on. */
export function stormShare(
  { kind, deviceCount }: Storm,
  place: number,
  { own, all, from }: ShareParts,
): StormShare {
  const begins = from + all.split('storm/begins').next() * beginsWithinMs;
  const level = levels[Math.floor(own.next() * levels.length)] ?? 25;
  const isCutOff = own.next() < cutOffShare;
  // One after the other, so that their places tell who is first and who is last.
  const start = begins + ((place + own.next()) / deviceCount) * (isCutOff ? cutOffSpreadMs : spreadMs);
  const until = backFromMs + own.next() * backSpreadMs;
  const lastsMs = lastsLeastMs + own.next() * lastsSpanMs;
  const stays =
    kind === 'last-stay' ? place >= deviceCount - stayCount : kind === 'crowd' && place < stayCount;
  const goesAt = kind === 'crowd' ? begins + spreadMs + lastsMs : start + lastsMs;
  return {
    excursions: [{ from: start, until: stays ? Number.POSITIVE_INFINITY : goesAt, level }],
    hasBadQuality: own.next() < badQualityShare,
    ...(isCutOff && { cutOff: { from: start - 5_000, until: begins + until } }),
  };
}
