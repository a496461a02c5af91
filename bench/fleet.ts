/** The devices that figures are for: gas compartments under the real rule book, packs of 25 readings. */
import type { DeviceRegistration } from '../functions/domain/telemetry/registration.ts';
import { placedDevices } from '../sensors-sim/city.ts';
import { scenarioOf } from '../sensors-sim/cli/scenario.ts';
import { encodePack, type LoggedReading } from '../sensors-sim/device/pack.ts';
import { createSampler } from '../sensors-sim/device/sampler.ts';
import { stageOf } from '../sensors-sim/scenario/stage.ts';
import { registrationOf } from '../sensors-sim/virtual/registrations.ts';

/** Readings in one pack: what the cost goal is for. */
export const readingsPerPack = 25;

const modelId = 'gas-corridor-1';
const found = placedDevices().find(({ device }) => device.deviceId === modelId);
if (found === undefined)
  throw new Error(`the seed city has no ${modelId}: the bench needs its twenty sensors`);
const placed = found;

const [firstSensor] = placed.device.sensors;

/** How a device fills a pack. */
export interface Make {
  readonly sensorCount: number;
  /** Readings at one instant. */
  readonly atOnce: number;
  /** A pack is full after so long. */
  readonly packEveryMs: number;
}

/** Twenty sensors that report in turn, each once a period: what weighs most in a twin and moves deadlines most often. */
export const wide: Make = {
  sensorCount: placed.device.sensors.length,
  atOnce: 1,
  packEveryMs: (readingsPerPack / placed.device.sensors.length) * (firstSensor?.periodMs ?? 0),
};

/** Five sensors that are sampled together, five times a pack. */
export const sampled: Make = { sensorCount: 5, atOnce: 5, packEveryMs: wide.packEveryMs };

/** One of many devices of a make; a sensor that is sampled more often than sent reports with each pack. */
export const benchRegistration = (
  deviceId: string,
  registeredAt: number,
  { sensorCount, atOnce, packEveryMs }: Make = wide,
): DeviceRegistration => {
  const sensors = placed.device.sensors
    .slice(0, sensorCount)
    .map((sensor) => (atOnce === 1 ? sensor : { ...sensor, periodMs: packEveryMs }));
  return registrationOf({ ...placed, device: { ...placed.device, deviceId, sensors } }, registeredAt);
};

export interface PackSource {
  /** The next pack's bytes, its newest reading at `sentAt`; every reading is new and calm. */
  next(sentAt: number): Uint8Array;
  /** As `next`, with the first detector's last reading at `value` %LEL. */
  breach(sentAt: number, value: number): Uint8Array;
}

/** What the device `deviceId` sends on an ordinary day after `startAt`, its instants evenly in time. */
export function packSource(
  deviceId: string,
  startAt: number,
  { sensorCount, atOnce, packEveryMs }: Make = wide,
): PackSource {
  const sampler = createSampler(stageOf(scenarioOf('normal-day'), startAt), placed.device);
  const boot = `bench-${startAt.toString(36)}`;
  let seq = 0;
  let taken = 0;
  let clock = startAt;
  const readings = (sentAt: number): LoggedReading[] => {
    const instantCount = readingsPerPack / atOnce;
    const stepMs = Math.min(packEveryMs, sentAt - clock) / instantCount;
    clock = sentAt;
    return Array.from({ length: readingsPerPack }, (_, position) => {
      const at = Math.ceil(sentAt - (instantCount - 1 - Math.floor(position / atOnce)) * stepMs);
      const reading = sampler(at)[taken % sensorCount];
      taken += 1;
      if (reading === undefined) throw new RangeError(`${modelId} is silent on an ordinary day`);
      return reading;
    });
  };
  const encode = (sentAt: number, logged: readonly LoggedReading[]): Uint8Array => {
    seq += 1;
    return encodePack({ deviceId, boot, seq, sent: sentAt }, logged);
  };
  return {
    next: (sentAt) => encode(sentAt, readings(sentAt)),
    breach: (sentAt, value) => {
      const logged = readings(sentAt);
      const at = logged.findLastIndex(({ sensorId }) => sensorId === firstSensor?.sensorId);
      return encode(
        sentAt,
        logged.map((reading, position) => (position === at ? { ...reading, value } : reading)),
      );
    },
  };
}
