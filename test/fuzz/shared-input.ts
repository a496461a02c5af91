/** The input that a thread is at, seen by another one: it cannot be asked while it runs for ever. */

/** Longest input that is passed on. Bytes. */
const sharedBytesMax = 256 * 1024;

export interface SharedInput {
  /** How many inputs were begun, and the length of the present one. */
  readonly head: Int32Array;
  readonly bytes: Uint8Array;
}

export const createSharedInput = (): SharedInput => ({
  head: new Int32Array(new SharedArrayBuffer(8)),
  bytes: new Uint8Array(new SharedArrayBuffer(sharedBytesMax)),
});

export function writeInput({ head, bytes }: SharedInput, input: Uint8Array): void {
  const some = input.length > sharedBytesMax ? input.subarray(0, sharedBytesMax) : input;
  bytes.set(some);
  head[1] = some.length;
  head[0] = (head[0] ?? 0) + 1;
}

export const begun = ({ head }: SharedInput): number => Atomics.load(head, 0);

export const readInput = ({ head, bytes }: SharedInput): Buffer =>
  Buffer.from(bytes.slice(0, Atomics.load(head, 1)));
