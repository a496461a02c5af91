/** What this room knows: what a rule means. This file: how the recent values of a sensor lie in bytes. */
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import type { Recent, Stretch } from '../recent.ts';
import { readValue, scaledOf, unscaled, writeValue } from './value-codec.ts';

const kinds = { none: 0, scaled: 1, other: 2 } as const;

/** Writes what a sensor said lately, newest first: each stretch by its distance from the one after it. */
export function writeRecent(writer: ByteWriter, base: number, { stretches, isCut }: Recent): void {
  writer.uint(stretches.length * 2 + (isCut ? 1 : 0));
  let next = base;
  for (const { value, quality, from, to } of stretches.toReversed()) {
    const scaled = scaledOf(value);
    const kind = value === undefined ? kinds.none : scaled === undefined ? kinds.other : kinds.scaled;
    const isGood = quality === 'good';
    writer.uint(kind + (isGood ? 0 : 4));
    if (scaled !== undefined) writer.int(scaled);
    else if (value !== undefined) writeValue(writer, value);
    if (!isGood) writer.text(quality);
    writer.int(next - to);
    writer.uint(to - from);
    next = from;
  }
}

export function readRecent(reader: ByteReader, base: number): Recent {
  const coded = reader.uint();
  const stretches: Stretch[] = [];
  let next = base;
  for (let count = Math.floor(coded / 2); count > 0; count--) {
    const flags = reader.uint();
    const kind = flags & 3;
    const value =
      kind === kinds.scaled ? unscaled(reader.int()) : kind === kinds.other ? readValue(reader) : undefined;
    const quality = (flags & 4) === 0 ? 'good' : reader.text();
    const to = next - reader.int();
    const from = to - reader.uint();
    stretches.unshift({ value, quality, from, to });
    next = from;
  }
  return { stretches, isCut: coded % 2 === 1 };
}
