import { createRandom, type Random } from '../../../sensors-sim/random.ts';
import { stormDeviceCount } from '../city/enterprises.ts';
import type { Excursion } from './weather.ts';

/**
 * How a storm goes. All go: each is over soon, so a correlation forgets those that have ended. Last stay: the same, but those
 * that came last stand to the end. Crowd: all stand at once, more than a correlation keeps, and go together but for those that
 * came first, who stand to the end.
 */
export type StormKind = 'all-go' | 'last-stay' | 'crowd';

/** Many devices of one site that raise within a minute, beside what the world has anyway. */
export interface Storm {
  readonly kind: StormKind;
  readonly deviceCount: number;
}

/** One world in so many has a storm. */
const stormEvery = 1_600;
/** Faults last so long at least: the storm, and those who come back from it, lie within. */
const faultsLeastMs = 105_000;
const faultsSpanMs = 15_000;
/**
 * A correlation is over 90 s after the last of its members; so long a storm heals before it may be called calm. Where some
 * stand to the end, it must be seen that it does not end when all others have gone.
 */
export const stormHealLeastMs = { 'all-go': 115_000, 'last-stay': 150_000, crowd: 150_000 } as const;

/** The storm begins so soon after the faults. */
const beginsWithinMs = 10_000;
/** All raise within it. */
const spreadMs = 55_000;
/** Devices that stand to the end; of a crowd fewer than it is too large, so that all of them may be forgotten. */
const stayCounts = { 'all-go': 0, 'last-stay': 8, crowd: 3 } as const;
/** Share of the devices that see it coming too early to tell: their network goes before, and what they bring is late. */
const cutOffShare = 0.15;
/** Who is cut off sees the beginning of the storm. */
const cutOffSpreadMs = 20_000;
/** They are back when others have ended and may have been forgotten, while the storm goes on. */
const backFromMs = 60_000;
const backSpreadMs = 35_000;
/** An excursion lasts for one or two readings. */
const lastsLeastMs = 10_000;
const lastsSpanMs = 10_000;
/** A crowd stands until all of it is known for sure: what failed at the end of the faults has come again by then. */
const crowdGoesAfterMs = 40_000;
const crowdGoesWithinMs = 5_000;
const badQualityShare = 0.1;
/** Levels that raise: at the limit, above it, far above it, and beyond the range of the instrument. */
const levels = [25, 25, 29.9, 29.9, 29.9, 29.9, 29.9, 29.9, 50, 101] as const;

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
  /** The time of faults. */
  readonly from: number;
  readonly until: number;
}

/** What the device at `place` sees of a storm that may begin from `from` on. */
export function stormShare(
  { kind, deviceCount }: Storm,
  place: number,
  { own, all, from, until }: ShareParts,
): StormShare {
  const begins = from + all.split('storm/begins').next() * beginsWithinMs;
  const level = levels[Math.floor(own.next() * levels.length)] ?? 25;
  const isCutOff = own.next() < cutOffShare;
  // One after the other, so that their places tell who is first and who is last.
  const start = begins + ((place + own.next()) / deviceCount) * (isCutOff ? cutOffSpreadMs : spreadMs);
  const lastsMs = lastsLeastMs + own.next() * lastsSpanMs;
  const goesAt =
    kind === 'crowd' ? until + crowdGoesAfterMs + own.next() * crowdGoesWithinMs : start + lastsMs;
  const back = begins + backFromMs + own.next() * backSpreadMs;
  const stays = kind === 'crowd' ? place < stayCounts.crowd : place >= deviceCount - stayCounts[kind];
  return {
    excursions: [{ from: start, until: stays ? Number.POSITIVE_INFINITY : goesAt, level }],
    hasBadQuality: own.next() < badQualityShare,
    ...(isCutOff && { cutOff: { from: start - 5_000, until: back } }),
  };
}
