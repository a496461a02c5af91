/** What this room knows: what a rule means. This file: how a value lies in bytes. */
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import type { Value } from '../../../telemetry/reading.ts';
import type { LastGood } from '../cell.ts';
import { readAt, writeAt } from './at-codec.ts';

/** A decimal of at most three places as one small integer: digits, then the count of places in the last two bits. */
export function scaledOf(value: Value | undefined): number | undefined {
  if (typeof value !== 'number' || Object.is(value, -0)) return undefined;
  for (let places = 0; places <= 3; places++) {
    const digits = Math.round(value * 10 ** places);
    if (Math.abs(digits) < 2 ** 40 && digits / 10 ** places === value) return digits * 4 + places;
  }
  return undefined;
}

export function unscaled(coded: number): number {
  const places = ((coded % 4) + 4) % 4;
  return (coded - places) / 4 / 10 ** places;
}

export function writeValue(writer: ByteWriter, value: Value): void {
  if (typeof value === 'boolean') writer.uint(value ? 1 : 0);
  else if (typeof value === 'number') {
    writer.uint(2);
    writer.double(value);
  } else {
    writer.uint(3);
    writer.text(value);
  }
}

export function readValue(reader: ByteReader): Value {
  const kind = reader.uint();
  if (kind < 2) return kind === 1;
  return kind === 2 ? reader.double() : reader.text();
}

/** Missing; a decimal of few places; any other. */
const kinds = { missing: 0, scaled: 1, other: 2 } as const;

export function writeLastGood(writer: ByteWriter, base: number, { at, value }: LastGood): void {
  writeAt(writer, base, at);
  const scaled = scaledOf(value);
  writer.uint(value === undefined ? kinds.missing : scaled === undefined ? kinds.other : kinds.scaled);
  if (scaled !== undefined) writer.int(scaled);
  else if (value !== undefined) writeValue(writer, value);
}

export function readLastGood(reader: ByteReader, base: number): LastGood {
  const at = readAt(reader, base);
  const kind = reader.uint();
  if (kind === kinds.scaled) return { at, value: unscaled(reader.int()) };
  return { at, value: kind === kinds.other ? readValue(reader) : undefined };
}
