import { hash32, wander } from '../random.ts';
import { relaxed } from './steps.ts';
import { daySeconds, hourOfDay, hourSeconds, type Signal, type World } from './world.ts';

export interface DustParams {
  /** Channel `dust:<source>`: times the usual load (earth works, haze); 1 is usual. */
  readonly source: string;
  /** Daily mean in µg/m³. */
  readonly meanUgM3: number;
}

/** The site's own dust settles and disperses within minutes. */
const settlingSeconds = 240;
const weatherShare = 0.2;

/**
 * Fine dust in µg/m³: morning and evening crests under a shallow mixing layer, less at midday when
 * the layer is deep, work hours above the night, and passing weather.
 */
export const dust = (world: World, params: DustParams): Signal => {
  const steps = world.steps(`dust:${params.source}`);
  const weatherKey = hash32(`${world.seed}/haze`);
  const gustKey = hash32(`${world.seed}/gust/${params.source}`);
  return (at) => {
    const works = relaxed(steps, at, (times) => ({ target: times, tau: settlingSeconds }));
    const weather = 1 + weatherShare * wander(weatherKey, at, daySeconds);
    const gusts = 1 + 0.08 * wander(gustKey, at, hourSeconds / 6);
    return params.meanUgM3 * dailyShape(hourOfDay(at)) * weather * gusts * works;
  };
};

const hump = (hour: number, crest: number, widthHours: number): number =>
  Math.exp(-(((hour - crest) / widthHours) ** 2));

const dailyShape = (hour: number): number =>
  0.8 + 0.35 * hump(hour, 8, 2) + 0.15 * hump(hour, 13, 4) + 0.3 * hump(hour, 19.5, 2.5);
