import { hash32, wander } from '../random.ts';
import { hourOfDay, hourSeconds, type Signal, type World } from './world.ts';

const meanKpa = 99.2;
/** Passing weather: ±1.2 kPa over about two days. */
const weatherKpa = 1.2;
const weatherSeconds = 48 * hourSeconds;
/** The atmospheric tide: two waves a day of about 1 hPa. */
const tideKpa = 0.1;

/** Barometric pressure in kPa, the same weather for the whole city. */
export const barometer = (world: World): Signal => {
  const key = hash32(`${world.seed}/barometer`);
  return (at) =>
    meanKpa +
    weatherKpa * wander(key, at, weatherSeconds) +
    tideKpa * Math.cos(((hourOfDay(at) - 10) / 12) * 2 * Math.PI);
};

/** How fast the pressure rises, in kPa per hour; negative while it falls. */
export const pressureTendency = (world: World): Signal => {
  const pressure = barometer(world);
  return (at) => pressure(at) - pressure(at - hourSeconds);
};
