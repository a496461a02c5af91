import { hash32, uniformAt, wander } from '../random.ts';
import { relaxed } from './steps.ts';
import { hourSeconds, type Signal, type World } from './world.ts';

export interface ToxicGasParams {
  /** Channel `release:<source>`: concentration that the release would reach here, in mg/m³; 0 is tight. */
  readonly source: string;
  readonly background: number;
  /** Share of the release that reaches this point. */
  readonly share: number;
}

/** Open-air plant: wind clears a release in about a minute. */
const clearingSeconds = 60;
/** Sampling and draining give a short whiff now and then, far below any limit. */
const whiffEverySeconds = hourSeconds;
const whiffSeconds = 180;
const whiffMgM3 = 1.2;

/** Hydrogen sulphide (or another toxic gas) around a unit, in mg/m³: traces, whiffs and releases. */
export const toxicGas = (world: World, params: ToxicGasParams): Signal => {
  const steps = world.steps(`release:${params.source}`);
  const key = hash32(`${world.seed}/toxic/${params.source}/${params.share}`);
  return (at) => {
    const release = relaxed(steps, at, (level) => ({ target: level, tau: clearingSeconds }));
    const trace = params.background * (1 + 0.5 * wander(key, at, hourSeconds / 3));
    return Math.max(0, trace + whiff(key, at) + params.share * release * (1 + 0.05 * wander(key, at, 10)));
  };
};

function whiff(key: number, at: number): number {
  const slot = Math.floor(at / whiffEverySeconds);
  const begins = slot * whiffEverySeconds + uniformAt(key, slot) * (whiffEverySeconds - 6 * whiffSeconds);
  const elapsed = at - begins;
  if (elapsed < 0) return 0;
  return (whiffMgM3 * Math.E * elapsed * Math.exp(-elapsed / whiffSeconds)) / whiffSeconds;
}
