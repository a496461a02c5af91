/** Clocks of devices that are set while the devices live. */
import type { LoggedReading } from '../../../sensors-sim/device/pack.ts';
import type { Sampler } from '../../../sensors-sim/device/sampler.ts';
import type { Random } from '../../../sensors-sim/random.ts';
import type { Span } from '../history.ts';

/** Clocks that are wrong: by seconds, by minutes, by decades. */
export const skews = [
  -40_000,
  -4_000,
  4_000,
  290_000,
  -290_000,
  600_000,
  -600_000,
  2_208_988_800_000 - 1_772_323_200_000,
] as const;

/** From `at` on, by the world's clock, that of the device is off by `skewMs`. */
export interface ClockStep {
  readonly at: number;
  readonly skewMs: number;
}

/** How far a clock is set while its device runs: readings that lie in a step forward are made up for at once. */
const strides = [-40_000, -4_000, 4_000, 40_000] as const;
/** Such steps of one device: fewer than this. */
const stridesBelow = 3;
/** Share of the starts at which the clock comes up otherwise, right or wrong. */
const otherAtBootShare = 0.5;

export interface StepParts {
  readonly random: Random;
  /** Share of the devices whose clock is set at all, from 0 to 1. */
  readonly share: number;
  /** How far the clock is off at first, in milliseconds. */
  readonly skewMs: number;
  /** When the device starts again. */
  readonly reboots: readonly number[];
  readonly within: Span;
}

/** When the clock of a device is set, and how far it is off then; in order. */
export function drawSteps({ random, share, skewMs, reboots, within }: StepParts): readonly ClockStep[] {
  if (random.next() >= share) return [];
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random.next() * all.length)] as T;
  const atBoots = reboots
    .filter(() => random.next() < otherAtBootShare)
    .map((at) => ({ at, next: pick([0, ...skews]), isStride: false }));
  const running = Array.from({ length: Math.floor(random.next() * stridesBelow) }, () => ({
    at: Math.round(within.from + random.next() * (within.until - within.from)),
    next: pick(strides),
    isStride: true,
  }));
  let now = skewMs;
  return [...atBoots, ...running]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, next, isStride }) => {
      now = isStride ? now + next : next;
      return { at, skewMs: now };
    });
}

/** How far a clock is off at an instant of the world. */
export const skewAt = (skewMs: number, steps: readonly ClockStep[], at: number): number =>
  steps.findLast((step) => step.at <= at)?.skewMs ?? skewMs;

/** What a device sees does not depend on its clock, only when it says that it saw it. */
export const shifted =
  (sampler: Sampler, byMs: () => number): Sampler =>
  (at) => {
    const by = byMs();
    return sampler(at - by).map((one): LoggedReading => ({ ...one, at: one.at + by }));
  };
