import { accumulated } from './steps.ts';
import { hourOfDay, hourSeconds, type Signal, type World } from './world.ts';

export interface TankParams {
  /** Channel `inflow:<source>`: extra filling in % of capacity per hour. */
  readonly source: string;
  /** Level at the low and the high end of the daily cycle, in %. */
  readonly lowPct: number;
  readonly highPct: number;
  /** Local hour at which the daily filling begins. */
  readonly fillFromHour: number;
}

/** A tank wagon train takes eight hours to unload; the process draws evenly over the other sixteen. */
const fillHours = 8;

/**
 * Level of a tank in % of its capacity: filled once a day, drained by the process in between, plus
 * whatever a valve left open adds. Never below empty nor above the overflow.
 */
export const tankLevel = (world: World, params: TankParams): Signal => {
  const steps = world.steps(`inflow:${params.source}`);
  return (at) => {
    const normal = dailyLevel(params, at);
    const perSecond = steps.map((step) => ({ from: step.from, value: step.value / hourSeconds }));
    const extra = accumulated(perSecond, at, { start: 0, min: -normal, max: 100 - normal });
    return normal + extra;
  };
};

function dailyLevel(params: TankParams, at: number): number {
  const hours = (hourOfDay(at) - params.fillFromHour + 24) % 24;
  const span = params.highPct - params.lowPct;
  return hours < fillHours
    ? params.lowPct + (span * hours) / fillHours
    : params.highPct - (span * (hours - fillHours)) / (24 - fillHours);
}
