/** What the sensors of the workload measure, and what goes wrong on the way: a function of the seed. */
import { createRandom } from '../../../sensors-sim/random.ts';
import { kindIndexOf } from './fleet.ts';
import { kindOf } from './kinds.ts';
import { seriesOf } from './series.ts';
import { type BookSize, deviceCount, period, seed, sensorsPerDevice, startAt, stepCount } from './size.ts';

export interface Sample {
  readonly device: number;
  /** Of the sensor on its device. */
  readonly place: number;
  readonly step: number;
  readonly value: number;
  readonly quality: 'good' | 'calibrating' | 'maintenance' | 'fault' | 'over-range';
}

/** Instant of a step on a device, which are some milliseconds apart. */
export const instantOf = (device: number, step: number): number => startAt + step * period + device * 5;

/** Part of samples whose device says something against them. */
const badShare = 0.01;
/** Part of samples after which a sensor pauses, and for how many steps: longer than `silent.after`. */
const pauseShare = 0.0005;
const pauseSteps = 8;

const bad = ['calibrating', 'maintenance', 'fault', 'over-range'] as const;

/** All samples by step, device and sensor. `hasTrouble`: with bad quality and pauses. */
export function samplesOf(size: BookSize, hasTrouble: boolean): readonly Sample[] {
  const bySensor: Sample[][] = [];
  for (let device = 0; device < deviceCount; device++)
    for (let place = 0; place < sensorsPerDevice; place++)
      bySensor.push(samplesOfSensor(device, place, size, hasTrouble));
  const samples: Sample[] = [];
  const at = bySensor.map(() => 0);
  for (let step = 0; step < stepCount; step++)
    for (const [sensor, own] of bySensor.entries()) {
      const sample = own[at[sensor] ?? 0];
      if (sample?.step !== step) continue;
      at[sensor] = (at[sensor] ?? 0) + 1;
      samples.push(sample);
    }
  return samples;
}

function samplesOfSensor(device: number, place: number, size: BookSize, hasTrouble: boolean): Sample[] {
  const sensor = device * sensorsPerDevice + place;
  const random = createRandom(seed).split(`trouble-${sensor}`);
  const samples: Sample[] = [];
  let pauseUntil = 0;
  for (const [step, value] of seriesOf(sensor, kindOf(kindIndexOf(device, place, size)).scale).entries()) {
    const chance = random.next();
    if (hasTrouble && chance > 1 - pauseShare) pauseUntil = step + pauseSteps;
    if (step < pauseUntil) continue;
    const isBad = hasTrouble && chance < badShare;
    const quality = isBad ? (bad[Math.floor(random.next() * bad.length)] ?? 'fault') : 'good';
    samples.push({ device, place, step, value, quality });
  }
  return samples;
}
