/**
 * What this room knows: what devices say. This file: 32 bits of a message's bytes, fast. Source: MurmurHash3_x86_32,
 * Austin Appleby, public domain.
 *
 * It tells apart what a device sent under one sequence number. Four bytes of any hash are found by trying, so what is
 * kept of a message never protected against intent, and SHA-256 costs more than reading the message does.
 */

const c1 = 0xcc9e2d51;
const c2 = 0x1b873593;

/** The hash of `bytes` with seed 0, from 0 to 2^32 - 1. */
export function murmur32(bytes: Uint8Array): number {
  const { length } = bytes;
  const wordsEnd = length & ~3;
  let hash = 0;
  for (let at = 0; at < wordsEnd; at += 4) {
    const word =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    hash ^= mixed(word);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let at = length - 1; at >= wordsEnd; at--) rest = (rest << 8) | (bytes[at] ?? 0);
  hash ^= mixed(rest) ^ length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(word: number): number {
  const first = Math.imul(word, c1);
  return Math.imul((first << 15) | (first >>> 17), c2);
}
