import type { Random } from '../../../sensors-sim/random.ts';
import { drawStorm, type Storm, stormFaultsMs } from './storm.ts';

/** How large a world is and how long its parts last. */
export interface Scale {
  readonly deviceCount: number;
  readonly warmUpMs: number;
  readonly faultsMs: number;
  /** From the end of the faults until everything must have come right. */
  readonly healMs: number;
  /**
   * Without the waiting: a message that was not done comes again after a quarter of the queue's time, and the world ends soon
   * after nothing is under way any more, instead of after all of `healMs`.
   */
  readonly isShortened: boolean;
  /** Devices beside the others, and what they do; absent in nearly all worlds. */
  readonly storm?: Storm;
}

interface Drawing {
  /** Shares of the worlds: few devices, some, all of them. Small worlds find as much as large ones and are many more. */
  readonly few: number;
  readonly some: number;
  readonly warmUpMs: number;
  readonly faultsLeastMs: number;
  readonly faultsSpanMs: number;
  /** Share of the worlds whose faults last three times as long: what is old is put aside only after a minute. */
  readonly lasting: number;
}

const brief: Drawing = {
  few: 0.92,
  some: 0.995,
  warmUpMs: 6_000,
  faultsLeastMs: 11_000,
  faultsSpanMs: 20_000,
  lasting: 0.05,
};
const whole: Drawing = {
  few: 0.8,
  some: 0.97,
  warmUpMs: 10_000,
  faultsLeastMs: 40_000,
  faultsSpanMs: 80_000,
  lasting: 0,
};

/**
 * Healing. Long: ticks are back within 135 s, what they find due has two minutes more, and the rest is calm. Short: a redelivery
 * comes after two minutes, and what it causes has one more.
 */
const healMs = { long: 285_000, short: 185_000 } as const;
/** Share of whole worlds that heal for long. */
const longShare = 0.3;
/** Share of the worlds that are shortened: time is what worlds cost. */
const shortenedShare = 0.995;

/** The scale of the world whose chance is `random`, shortened as most are or whole. */
export function scaleOf(random: Random, deviceMax: number, isWhole = false): Scale {
  const scale = (isWhole ? drawWholeScale : drawScale)(random.split('scale'), deviceMax);
  const storm = drawStorm(random);
  return storm === undefined ? scale : stormy(scale, storm, random);
}

/** Of a storm all can be said once it is calm, and the waiting would be that of sixty devices more: it is always shortened. */
const stormy = (scale: Scale, storm: Storm, random: Random): Scale => ({
  ...scale,
  faultsMs: stormFaultsMs(random),
  healMs: healMs.long,
  isShortened: true,
  storm,
});

/** Mostly one or two devices, and faults for a fifth to half of a minute. */
function drawScale(random: Random, deviceMax: number): Scale {
  const drawn = draw(random, deviceMax, brief);
  return { ...drawn, healMs: healMs.long, isShortened: random.next() < shortenedShare };
}

/** More devices, faults for up to two minutes, and all the waiting. */
function drawWholeScale(random: Random, deviceMax: number): Scale {
  const drawn = draw(random, deviceMax, whole);
  return { ...drawn, healMs: random.next() < longShare ? healMs.long : healMs.short, isShortened: false };
}

function draw(
  random: Random,
  deviceMax: number,
  { few, some, warmUpMs, faultsLeastMs, faultsSpanMs, lasting }: Drawing,
) {
  const chance = random.next();
  const lastingFactor = random.split('lasting').next() < lasting ? 3 : 1;
  const most = chance < few ? 2 : 6;
  return {
    deviceCount: chance >= some ? deviceMax : 1 + Math.floor(random.next() * most),
    warmUpMs,
    faultsMs: Math.round(lastingFactor * (faultsLeastMs + random.next() * faultsSpanMs)),
  };
}
