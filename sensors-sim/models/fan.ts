import { stepAt } from './steps.ts';
import type { Signal, World } from './world.ts';

export interface FanParams {
  /** Channel `fan:<fan>`: 1 runs, 0 stands. */
  readonly fan: string;
}

/** 1 while the fan runs, 0 while it stands: what its contactor reports. */
export const fanState = (world: World, params: FanParams): Signal => {
  const steps = world.steps(`fan:${params.fan}`);
  return (at) => (stepAt(steps, at) > 0 ? 1 : 0);
};
