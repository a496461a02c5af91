/** What this room knows: what devices say. This file: the memory of messages in bytes, about 300 for 64 in order. */
import type { ByteReader, ByteWriter } from '../bytes.ts';
import type { ClockSpan, Life } from './life.ts';
import type { Memory, ResetRun } from './memory.ts';
import { digestBytes } from './message-key.ts';
import type { SeqRange } from './seq-ranges.ts';

export function encodeMemory(writer: ByteWriter, { lives, digests, refused, run }: Memory): void {
  writer.uint(lives.length);
  for (const life of lives) encodeLife(writer, life);
  writer.bytes(packed(digests, digestBytes));
  writer.uint(refused.length);
  for (const { seq, hash } of refused) {
    writer.uint(seq);
    writer.uint(hash);
  }
  writer.uint(run?.count ?? 0);
  if (run === undefined) return;
  writer.text(run.boot);
  writer.uint(run.seq);
  writer.int(run.atMs);
}

export function decodeMemory(reader: ByteReader): Memory {
  const lives = times(reader.count(), () => decodeLife(reader));
  const digests = unpacked(reader.bytes(), digestBytes);
  const refused = times(reader.count(), () => ({ seq: reader.uint(), hash: reader.uint() }));
  return { lives, digests, refused, run: decodeRun(reader) };
}

function decodeRun(reader: ByteReader): ResetRun | undefined {
  const count = reader.uint();
  return count === 0 ? undefined : { count, boot: reader.text(), seq: reader.uint(), atMs: reader.int() };
}

function encodeLife(writer: ByteWriter, { boot, recent, hashes, older, clock }: Life): void {
  writer.text(boot);
  encodeSeqs(writer, recent);
  writer.bytes(hashes);
  encodeSeqs(writer, older);
  writer.uint(clock === undefined ? 0 : 1);
  if (clock === undefined) return;
  writer.int(clock.lastMs);
  writer.uint(clock.lastMs - clock.firstMs);
  writer.int(clock.newestMs - clock.lastMs);
}

function decodeLife(reader: ByteReader): Life {
  const boot = reader.text();
  const recent = decodeSeqs(reader);
  const hashes = reader.bytes();
  const older = decodeSeqs(reader);
  return { boot, recent, hashes, older, clock: decodeClock(reader) };
}

function decodeClock(reader: ByteReader): ClockSpan | undefined {
  if (reader.uint() === 0) return undefined;
  const lastMs = reader.int();
  return { lastMs, firstMs: lastMs - reader.uint(), newestMs: lastMs + reader.int() };
}

/** Ranges as steps from the end of the one before: a device that counts without gaps needs three numbers. */
function encodeSeqs(writer: ByteWriter, ranges: readonly SeqRange[]): void {
  writer.uint(ranges.length);
  let end = 0;
  for (const { from, to } of ranges) {
    writer.uint(from - end);
    writer.uint(to - from);
    end = to;
  }
}

function decodeSeqs(reader: ByteReader): SeqRange[] {
  let end = 0;
  return times(reader.count(), () => {
    const from = end + reader.uint();
    end = from + reader.uint();
    return { from, to: end };
  });
}

function packed(numbers: readonly number[], width: number): Uint8Array {
  const buffer = Buffer.alloc(numbers.length * width);
  for (const [at, value] of numbers.entries()) buffer.writeUIntBE(value, at * width, width);
  return buffer;
}

function unpacked(bytes: Uint8Array, width: number): number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return times(Math.floor(buffer.length / width), (at) => buffer.readUIntBE(at * width, width));
}

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
