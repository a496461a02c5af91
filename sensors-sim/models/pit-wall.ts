import { hash32, wander } from '../random.ts';
import type { Steps } from './steps.ts';
import { dailyWave, daySeconds, type Signal, type World } from './world.ts';

export interface PitWallParams {
  /** Channel `creep:<source>`: hours from the onset to failure while accelerating, 0 while creeping. */
  readonly source: string;
  /** Displacement since excavation began, in mm, at the start of the run. */
  readonly startMm: number;
  /** Share of the movement that this point of the wall sees. */
  readonly share: number;
}

/** Steady creep of a braced wall in clay. */
const creepMmPerDay = 0.12;
/** The wall leans with the sun on its bracing. */
const thermalMm = 0.25;
/** Scale of the accelerating movement. */
const accelerationMm = 9;
/** The law has no end of its own: props or collapse come before its last twentieth. */
const spentMax = 0.95;

/**
 * Horizontal displacement of a pit wall in mm: steady creep, a daily thermal swing, and tertiary
 * creep whose inverse velocity falls linearly to zero at failure.
 *
 * Source: Fukuzono 1985, Voight 1988 (inverse velocity): d = −A ln(1 − t/tf). Propping stops it.
 */
export const pitWall = (world: World, params: PitWallParams): Signal => {
  const steps = world.steps(`creep:${params.source}`);
  const key = hash32(`${world.seed}/pit/${params.source}`);
  return (at) => {
    const steady = creepMmPerDay * wander(key, at, 2 * daySeconds);
    const thermal = thermalMm * dailyWave(at, 15);
    return params.startMm + steady + thermal + params.share * accelerated(steps, at);
  };
};

function accelerated(steps: Steps, at: number): number {
  let moved = 0;
  for (const [index, step] of steps.entries()) {
    if (step.value === 0 || step.from > at) continue;
    const elapsedHours = (Math.min(steps[index + 1]?.from ?? at, at) - step.from) / 3600;
    moved += -accelerationMm * Math.log(1 - Math.min(spentMax, elapsedHours / step.value));
  }
  return moved;
}
