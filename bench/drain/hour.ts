/** An hour of an ordinary colliery: the packs that wait while something stands still. */
import { encodePack, type LoggedReading } from '../../sensors-sim/device/pack.ts';
import { collieryOf, probeSensorCount } from '../latency/probe-city.ts';

/** One pack in five seconds of each device, as loggers do: so many devices make 20,160 packs an hour. */
export const waitingDeviceCount = 28;

export const waitingEnterprise = collieryOf('waiting', waitingDeviceCount);

export const waitingDeviceIds: readonly string[] = waitingEnterprise.sites.flatMap(({ devices }) =>
  devices.map(({ deviceId }) => deviceId),
);

const hourMs = 3_600_000;

/** Calm values of every sensor at one instant: they raise nothing, and are stored like any others. */
export const readingsAt = (at: number): readonly LoggedReading[] =>
  Array.from({ length: probeSensorCount }, (_, position) => ({
    sensorId: `ch4-${String(position + 1).padStart(2, '0')}`,
    unit: '%{vol}',
    at,
    value: 0.4,
  }));

export interface WaitingPack {
  readonly deviceId: string;
  readonly seq: number;
  /** When it was measured. */
  readonly at: number;
}

/** `count` packs evenly over the hour before `until`, the devices in turn, each counting from 1. */
export const packsOfAnHour = (count: number, until: number): readonly WaitingPack[] =>
  Array.from({ length: count }, (_, position) => ({
    deviceId: waitingDeviceIds[position % waitingDeviceIds.length] ?? '',
    seq: Math.floor(position / waitingDeviceIds.length) + 1,
    at: Math.round(until - hourMs + (position * hourMs) / count),
  }));

/** How many packs each device has in an hour of `count`. */
export function seqsOfAnHour(count: number): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  for (const { deviceId, seq } of packsOfAnHour(count, hourMs)) highest.set(deviceId, seq);
  return highest;
}

/** The pack as it left its device when it was measured. */
export const bytesOf = ({ deviceId, seq, at }: WaitingPack, boot: string): Uint8Array =>
  encodePack({ deviceId, boot, seq, sent: at }, readingsAt(at));
