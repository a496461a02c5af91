/** What this room knows: what a rule means. This file: the windows of a sensor in stored state, found again by what they are (semantics 23). */
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import type { Ring } from '../../windows/ring.ts';
import { newRing } from '../../windows/ring.ts';
import { readRing, writeRing } from '../../windows/ring-codec.ts';
import type { BoundSensor, DeviceRules } from '../bind.ts';
import type { SensorCell } from '../cell.ts';

/** Where each ring begins in what it is read from, by the key of its window. */
export interface RawRings {
  readonly reader: ByteReader;
  readonly starts: ReadonlyMap<number, number>;
}

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
  let count = 0;
  for (const { newest } of rings) if (newest >= 0) count++;
  writer.uint(count);
  for (let i = 0; i < windows.length; i++) {
    const window = windows[i];
    const ring = rings[i];
    if (window === undefined || ring === undefined || ring.newest < 0) continue;
    writer.uint(keys.indexOf(window.key));
    const start = writer.length();
    writeRing(writer, window.shape, ring, Math.max(at, 0));
    writer.measure(start);
  }
}

export function readRings(reader: ByteReader, keys: readonly number[]): RawRings {
  const starts = new Map<number, number>();
  const count = reader.uint();
  for (let i = 0; i < count; i++) {
    const key = keys[reader.uint()] ?? -1;
    starts.set(key, reader.pass());
  }
  return { reader, starts };
}

/** The stored rings in the order of what the sensor feeds now; a window that is new begins empty. */
export function placeRings(
  { windows }: BoundSensor,
  { reader, starts }: RawRings,
  at: number,
): readonly Ring[] {
  return windows.map(({ key, shape }) => {
    const start = starts.get(key);
    return start === undefined
      ? newRing()
      : reader.again(start, () => readRing(reader, shape, Math.max(at, 0)));
  });
}
