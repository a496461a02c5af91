/** What this room knows: what devices say. This file: the bytes of which an ordinary SenML pack is made. */

/** Stands for a position when something is not ordinary. */
export const odd = -1;

const codesOf = (text: string): readonly number[] => [...Buffer.from(text)];
export const bootKey = codesOf('boot":');
export const seqKey = codesOf('seq":');
export const sentKey = codesOf('sent":');

export const quote = 0x22;
export const comma = 0x2c;
export const minus = 0x2d;
export const point = 0x2e;
export const zero = 0x30;
export const nine = 0x39;
export const colon = 0x3a;
export const backslash = 0x5c;

/** Whether the bytes of `key` stand at `at`. */
export function isKey(bytes: Uint8Array, at: number, key: readonly number[]): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false;
  return true;
}

/** Behind a text of printable ASCII without escapes. */
export function textEnd(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== quote) return odd;
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return at + 1;
    if (byte < 0x20 || byte > 0x7e || byte === backslash) return odd;
  }
  return odd;
}
