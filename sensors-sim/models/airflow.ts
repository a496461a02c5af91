import { hash32, wander } from '../random.ts';
import { relaxed } from './steps.ts';
import type { Signal, World } from './world.ts';

export interface AirflowParams {
  readonly fan: string;
  /** Air speed in m/s while the fan runs. */
  readonly speedMps: number;
}

/** Natural draught that is left when the fan stands, as a share of the full flow. */
export const naturalDraught = 0.12;
/** A main fan of some tonnes runs down in about 20 s. */
const runDownSeconds = 20;

/** Air speed in a roadway in m/s: it follows the fan as the rotor runs up and down. */
export const airflow = (world: World, params: AirflowParams): Signal => {
  const steps = world.steps(`fan:${params.fan}`);
  const key = hash32(`${world.seed}/airflow/${params.fan}`);
  return (at) => {
    const share = relaxed(steps, at, (runs) => ({
      target: runs > 0 ? 1 : naturalDraught,
      tau: runDownSeconds,
    }));
    return params.speedMps * share * (1 + 0.05 * wander(key, at, 90));
  };
};
