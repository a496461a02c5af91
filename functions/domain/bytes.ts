/** What this room knows: how stored state is laid out in bytes, so that a twin stays within one write unit. */
import { AssertionError } from 'node:assert';

/** Appends numbers and texts to a growing buffer; every `write…` has its `read…` in `ByteReader`. */
export interface ByteWriter {
  /** Unsigned integer below 2^53, seven bits a byte. */
  uint(value: number): void;
  /** Signed integer, zigzag: small magnitudes of either sign stay short. */
  int(value: number): void;
  /** IEEE double, 8 bytes. */
  double(value: number): void;
  /** UTF-8 with its length in bytes in front. */
  text(value: string): void;
  /** Raw bytes with their length in front. */
  bytes(value: Uint8Array): void;
  /** Raw bytes as they are: the reader knows what they can be. */
  raw(value: Uint8Array): void;
  /** Puts the length in bytes of all that was written since `start` in front of it. */
  measure(start: number): void;
  /** So many bytes were written. */
  length(): number;
  finish(): Uint8Array;
}

export interface ByteReader {
  uint(): number;
  /** How many things follow, each of a byte at least: damaged bytes must not ask for more room than they fill. */
  count(): number;
  int(): number;
  double(): number;
  text(): string;
  /** Passes over what has its length in front; where it begins. */
  pass(): number;
  /** Reads once more what was passed over at `start`, then goes on where it was. */
  again<T>(start: number, read: () => T): T;
  /** Passes over `bytes` when exactly these come next; says whether they did. */
  takes(bytes: Uint8Array): boolean;
  /** A view of what is read from, not a copy: neither is ever changed. */
  bytes(): Uint8Array;
  /** True when nothing is left. */
  done(): boolean;
}

export function byteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(256);
  let length = 0;
  const room = (more: number): void => {
    if (length + more <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + more));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  const uint = (value: number): void => {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new AssertionError({ message: `not a uint: ${value}` });
    room(8);
    if (value < 0x80) {
      buffer[length++] = value;
      return;
    }
    let rest = value;
    while (rest >= 0x80) {
      buffer[length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    buffer[length++] = rest;
  };
  const raw = (value: Uint8Array): void => {
    room(value.length);
    buffer.set(value, length);
    length += value.length;
  };
  return {
    uint,
    int: (value) => uint(value < 0 ? -value * 2 - 1 : value * 2),
    double: (value) => {
      room(8);
      length = buffer.writeDoubleLE(value, length);
    },
    text: (value) => {
      const size = Buffer.byteLength(value);
      uint(size);
      room(size);
      length += buffer.write(value, length, size);
    },
    bytes: (value) => {
      uint(value.length);
      raw(value);
    },
    raw,
    length: () => length,
    measure: (start) => {
      const end = length;
      uint(end - start);
      const size = length - end;
      const front = Buffer.from(buffer.subarray(end, length));
      buffer.copyWithin(start + size, start, end);
      buffer.set(front, start);
    },
    finish: () => Uint8Array.prototype.slice.call(buffer, 0, length),
  };
}

/** @throws AssertionError when the bytes end early: stored state is ours, so that is a broken invariant. */
export function byteReader(source: Uint8Array): ByteReader {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.length);
  let at = 0;
  const need = (count: number): void => {
    if (at + count > buffer.length) throw new AssertionError({ message: `state ends early at byte ${at}` });
  };
  const uint = (): number => {
    // Most numbers of a state are one byte.
    const first = buffer[at] ?? 0x80;
    if (first < 0x80) {
      at++;
      return first;
    }
    let value = 0;
    let unit = 1;
    for (;;) {
      need(1);
      const byte = buffer[at++] ?? 0;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      unit *= 0x80;
    }
  };
  const count = (): number => {
    const things = uint();
    need(things);
    return things;
  };
  /** Passes over so many bytes as the number in front of them says. */
  const skip = (): number => {
    const size = count();
    at += size;
    return at - size;
  };
  return {
    uint,
    count,
    int: () => {
      const zigzag = uint();
      return zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
    },
    double: () => {
      need(8);
      at += 8;
      return buffer.readDoubleLE(at - 8);
    },
    text: () => {
      const start = skip();
      return buffer.toString('utf8', start, at);
    },
    pass: skip,
    again: (start, read) => {
      const behind = at;
      at = start;
      const found = read();
      at = behind;
      return found;
    },
    takes: (bytes) => {
      if (at + bytes.length > buffer.length) return false;
      if (buffer.compare(bytes, 0, bytes.length, at, at + bytes.length) !== 0) return false;
      at += bytes.length;
      return true;
    },
    bytes: () => {
      const start = skip();
      return buffer.subarray(start, at);
    },
    done: () => at === buffer.length,
  };
}
