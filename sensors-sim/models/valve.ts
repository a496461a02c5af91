import { stepAt } from './steps.ts';
import type { Signal, World } from './world.ts';

export interface ValveParams {
  /** The channel that the valve feeds, such as `inflow:src-tank-101`. */
  readonly feeds: string;
}

/** 1 while the valve is open, that is while its channel is not at zero. */
export const valveState = (world: World, params: ValveParams): Signal => {
  const steps = world.steps(params.feeds);
  return (at) => (stepAt(steps, at) === 0 ? 0 : 1);
};
