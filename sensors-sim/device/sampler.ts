import type { CityDevice, CitySensor } from '../city/shape.ts';
import { signalOf } from '../models/model.ts';
import type { World } from '../models/world.ts';
import { hash32, normalAt } from '../random.ts';
import type { LoggedQuality, LoggedReading } from './pack.ts';

/** What befalls one sensor at one time. */
export type SensorState =
  | { readonly kind: 'normal' }
  /** Its cable is cut or its board stands still: no record. */
  | { readonly kind: 'silent' }
  /** It reports its own fault and no value. */
  | { readonly kind: 'fault' }
  /** It breathes test gas of `value` in its own unit and says so. */
  | { readonly kind: 'calibrating' | 'maintenance'; readonly value: number };

/** What a sampler needs to know of the run. */
export interface Stage extends World {
  /** Physics time in seconds that belongs to a device time in milliseconds. */
  physics(atMs: number): number;
  stateOf(deviceId: string, sensorId: string, atMs: number): SensorState;
}

/** All readings of a device at one instant: a pure function of the stage's seed and the time. */
export type Sampler = (atMs: number) => LoggedReading[];

/** The sampler of a device of the city. */
export function createSampler(stage: Stage, device: CityDevice): Sampler {
  const channels = device.sensors.map((sensor) => createChannel(stage, device.deviceId, sensor));
  return (atMs) => channels.flatMap((channel) => channel(atMs) ?? []);
}

type Channel = (atMs: number) => LoggedReading | undefined;

function createChannel(stage: Stage, deviceId: string, sensor: CitySensor): Channel {
  const { sensorId, instrument } = sensor;
  const name = `${deviceId}/${sensorId}`;
  const signal = signalOf(stage, name, sensor.model);
  const noiseKey = hash32(`${stage.seed}/noise/${name}`);
  const measured = (atMs: number, truth: number): number => {
    const noisy = truth + instrument.noise * normalAt(noiseKey, Math.floor(atMs / 100));
    const steps = Math.round(noisy / instrument.resolution);
    return Number((steps * instrument.resolution).toFixed(instrument.decimals)) + 0;
  };
  return (atMs) => {
    const state = stage.stateOf(deviceId, sensorId, atMs);
    const reading = (value: LoggedReading['value'], quality?: LoggedQuality): LoggedReading => ({
      sensorId,
      unit: instrument.unit,
      at: atMs,
      value,
      ...(quality === undefined ? {} : { quality }),
    });
    if (state.kind === 'silent') return undefined;
    if (state.kind === 'fault') return reading(undefined, 'fault');
    if (state.kind !== 'normal') return reading(measured(atMs, state.value), state.kind);
    const truth = signal(stage.physics(atMs));
    if (instrument.sends === 'switch') return reading(truth > 0);
    if (instrument.sends === 'valve') return reading(truth > 0 ? 'open' : 'closed');
    return inRange(instrument.range, measured(atMs, truth), reading);
  };
}

/** A sensor beyond its range shows the end of its scale and says `over-range`; below it shows the lower end. */
function inRange(
  range: { readonly min: number; readonly max: number } | undefined,
  value: number,
  reading: (value: number, quality?: LoggedQuality) => LoggedReading,
): LoggedReading {
  if (range === undefined) return reading(value);
  if (value > range.max) return reading(range.max, 'over-range');
  return reading(Math.max(range.min, value));
}
