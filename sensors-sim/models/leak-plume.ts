import { hash32, wander } from '../random.ts';
import { relaxed } from './steps.ts';
import { hourSeconds, type Signal, type World } from './world.ts';

export interface LeakPlumeParams {
  /** Channel `leak:<source>`: concentration that the leak would reach beside it, in the sensor's unit; 0 is tight. */
  readonly source: string;
  /** Concentration without a leak (traces, cross-sensitivity). */
  readonly background: number;
  /** Distance from the leak along the draught. */
  readonly distanceM: number;
  /** Time in which the compartment's air is changed once. */
  readonly airChangeSeconds: number;
}

/** Draught along a utility tunnel. */
const draughtMps = 0.6;
/** Distance over which the plume thins to 1/e. */
const dilutionM = 25;

/**
 * Gas beside and behind a leak: it builds toward a balance, arrives later and thinner with the
 * distance, and is purged with the same time constant once the leak is shut.
 */
export const leakPlume = (world: World, params: LeakPlumeParams): Signal => {
  const steps = world.steps(`leak:${params.source}`);
  const key = hash32(`${world.seed}/leak/${params.source}/${params.distanceM}`);
  const delay = params.distanceM / draughtMps;
  const share = Math.exp(-params.distanceM / dilutionM);
  return (at) => {
    const plume = relaxed(steps, at - delay, (rate) => ({ target: rate, tau: params.airChangeSeconds }));
    const trace = params.background * (1 + 0.5 * wander(key, at, hourSeconds / 4));
    return Math.max(0, trace + share * plume * (1 + 0.04 * wander(key, at, 15)));
  };
};
