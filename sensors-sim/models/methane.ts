import { hash32, wander } from '../random.ts';
import { naturalDraught } from './airflow.ts';
import { pressureTendency } from './barometer.ts';
import { relaxed } from './steps.ts';
import { hourSeconds, type Signal, type World } from './world.ts';

export interface MethaneParams {
  readonly fan: string;
  /** Concentration in %vol with the fan running and steady weather. */
  readonly normalPct: number;
  /** Time in which running ventilation changes the air of the place once. */
  readonly airChangeSeconds: number;
}

/** A fall of 1 kPa per hour draws so much more gas from the goaf; a rise holds it back. */
const barometricGain = 0.5;
const barometricShareMax = 0.3;
/** Cutting, loading and standing of a shift move the emission by so much. */
const productionShare = 0.15;

/**
 * Methane at a place underground, in %vol.
 *
 * The balance of a ventilated volume: emission over airflow. When the fan stops the balance rises
 * to emission over natural draught and is approached slowly; after a restart it falls quickly.
 * Falling barometric pressure draws gas out of the goaf.
 */
export const methane = (world: World, params: MethaneParams): Signal => {
  const steps = world.steps(`fan:${params.fan}`);
  const tendency = pressureTendency(world);
  const key = hash32(`${world.seed}/emission/${params.fan}`);
  return (at) => {
    const mixed = relaxed(steps, at, (runs) => {
      const flow = runs > 0 ? 1 : naturalDraught;
      return { target: params.normalPct / flow, tau: params.airChangeSeconds / flow };
    });
    const weather = Math.max(
      -barometricShareMax,
      Math.min(barometricShareMax, -barometricGain * tendency(at)),
    );
    return mixed * (1 + weather + productionShare * wander(key, at, hourSeconds / 2));
  };
};
