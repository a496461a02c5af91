/** 32 well-mixed bits of a text and up to two numbers: the root of everything random here. */
export function hash32(text: string, first = 0, second = 0): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(mix(hash ^ Math.imul(first | 0, 0x9e3779b1)) ^ Math.imul(second | 0, 0x85ebca6b));
}

/** The finaliser of MurmurHash3: every input bit moves about half of the output bits. */
export function mix(bits: number): number {
  let hash = bits | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A source of numbers that is fully determined by its seed. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A source of its own for `name`: drawing from it never shifts what this one gives. */
  split(name: string): Random;
  /** The first 32 bits of the seed, for noise that is a function of time. */
  readonly key: number;
}

/**
 * A seeded source, one per device by `split`.
 *
 * The counter goes through `mix` (splitmix with a 32-bit state): small, fast, good enough for noise.
 *
 * @example createRandom('42').split('mine-face-3102').next()
 */
export function createRandom(seed: string): Random {
  const key = hash32(seed);
  let counter = key;
  return {
    key,
    next() {
      counter = (counter + 0x9e3779b9) | 0;
      return mix(counter) / 0x1_0000_0000;
    },
    split: (name) => createRandom(`${seed}/${name}`),
  };
}

/** 0 ≤ x < 1, the same for the same key and index for ever. */
export const uniformAt = (key: number, index: number): number =>
  mix(key ^ Math.imul(index | 0, 0x9e3779b1) ^ mix(Math.floor(index / 0x1_0000_0000))) / 0x1_0000_0000;

/** About normal with mean 0 and standard deviation 1 (sum of four uniforms, so never beyond ±3.47). */
export function normalAt(key: number, index: number): number {
  const sum =
    uniformAt(key, index) +
    uniformAt(key ^ 0x1b873593, index) +
    uniformAt(key ^ 0x2c1b3c6d, index) +
    uniformAt(key ^ 0x297a2d39, index);
  return (sum - 2) * Math.sqrt(3);
}

/** A slow, smooth wander between −1 and 1: one independent knot every `knotSeconds`, eased between them. */
export function wander(key: number, atSeconds: number, knotSeconds: number): number {
  const position = atSeconds / knotSeconds;
  const knot = Math.floor(position);
  const part = position - knot;
  const eased = part * part * (3 - 2 * part);
  return 2 * (uniformAt(key, knot) * (1 - eased) + uniformAt(key, knot + 1) * eased) - 1;
}
