import { hash32, wander } from '../random.ts';
import { dailyWave, daySeconds, hourSeconds, type Signal, type World } from './world.ts';

export interface ClimateParams {
  /** Mean in the quantity's unit. */
  readonly mean: number;
  /** Half of the daily swing; 0 underground. */
  readonly swing: number;
  /** Local hour of the daily crest. @default 15 */
  readonly crestHour?: number;
  /** How far weather moves it over days. */
  readonly weather: number;
}

/** Temperature of air or product, wind in the open, traces of carbon monoxide: a mean, a day, a weather. */
export const climate = (world: World, key: string, params: ClimateParams): Signal => {
  const bits = hash32(`${world.seed}/climate/${key}`);
  return (at) =>
    params.mean +
    params.swing * dailyWave(at, params.crestHour ?? 15) +
    params.weather * (0.7 * wander(bits, at, daySeconds) + 0.3 * wander(bits ^ 1, at, hourSeconds / 2));
};
