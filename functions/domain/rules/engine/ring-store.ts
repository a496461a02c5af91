/** What this room knows: what a rule means. This file: the windows of a sensor in stored state, found again by what they are (semantics 23). */
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from '../../bytes.ts';
import type { Ring } from '../windows/ring.ts';
import { newRing } from '../windows/ring.ts';
import { readRing, writeRing } from '../windows/ring-codec.ts';
import type { BoundSensor, DeviceRules } from './bind.ts';
import type { SensorCell } from './cell.ts';

/** Rings as they were stored, by the key of their window. */
export type RawRings = ReadonlyMap<number, Uint8Array>;

/** The distinct windows of a device, by key: named once, so that a sensor refers to them by a small number. */
export const windowKeys = ({ sensors }: DeviceRules): readonly number[] => [
  ...new Set(sensors.flatMap(({ windows }) => windows.map(({ key }) => key))),
];

export const hasRings = ({ rings }: SensorCell): boolean => rings.some(({ newest }) => newest >= 0);

/** Writes those rings that hold something, each with its length, so that one nobody asks any more can be passed over. */
export function writeRings(
  writer: ByteWriter,
  keys: readonly number[],
  { windows }: BoundSensor,
  { rings, at }: SensorCell,
): void {
  const filled = windows.flatMap((window, i) => {
    const ring = rings[i];
    return ring && ring.newest >= 0 ? [{ window, ring }] : [];
  });
  writer.uint(filled.length);
  for (const { window, ring } of filled) {
    const bytes = byteWriter();
    writeRing(bytes, window.shape, ring, Math.max(at, 0));
    writer.uint(keys.indexOf(window.key));
    writer.bytes(bytes.finish());
  }
}

export function readRings(reader: ByteReader, keys: readonly number[]): RawRings {
  const raw = new Map<number, Uint8Array>();
  const count = reader.uint();
  for (let i = 0; i < count; i++) {
    const key = keys[reader.uint()] ?? -1;
    raw.set(key, reader.bytes());
  }
  return raw;
}

/** The stored rings in the order of what the sensor feeds now; a window that is new begins empty. */
export function placeRings({ windows }: BoundSensor, raw: RawRings, at: number): readonly Ring[] {
  if (raw.size === 0) return [];
  return windows.map(({ key, shape }) => {
    const bytes = raw.get(key);
    return bytes === undefined ? newRing() : readRing(byteReader(bytes), shape, Math.max(at, 0));
  });
}
