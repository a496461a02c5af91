import type { Steps } from './steps.ts';

/** What a model may know besides the time: its seed and what people and accidents switch. */
export interface World {
  readonly seed: string;
  /** What stands on a named channel, such as `fan:main` or `leak:src-corridor-1`. */
  steps(channel: string): Steps;
}

/** A physical quantity as a function of physics time in seconds since 1970. */
export type Signal = (atSeconds: number) => number;

export const hourSeconds = 3600;
export const daySeconds = 86_400;

/** Hours since local midnight in China (UTC+8, no daylight saving), 0 ≤ h < 24. */
export const hourOfDay = (atSeconds: number): number =>
  ((((atSeconds + 8 * hourSeconds) % daySeconds) + daySeconds) % daySeconds) / hourSeconds;

/** A daily wave between −1 and 1 with its crest at `crestHour`. */
export const dailyWave = (atSeconds: number, crestHour: number): number =>
  Math.cos(((hourOfDay(atSeconds) - crestHour) / 24) * 2 * Math.PI);
