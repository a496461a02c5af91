/** The smallest input that still shows the same trouble. */
import { type Finding, judge } from './finding.ts';
import type { FuzzTarget } from './target.ts';

/** Most tries: a slow input costs 50 ms each time. */
const triesMax = 3_000;

const isSame = (found: Finding | undefined, wanted: Finding): boolean =>
  found?.kind === wanted.kind && found.signature === wanted.signature;

/** Takes pieces away, from halves down to single bytes, for as long as `wanted` is still found. */
export async function shrink(target: FuzzTarget, input: Buffer, wanted: Finding): Promise<Buffer> {
  let smallest = input;
  let tries = 0;
  for (let size = Math.ceil(input.length / 2); size >= 1 && tries < triesMax; size = Math.floor(size / 2)) {
    let hasShrunk = true;
    while (hasShrunk && tries < triesMax) {
      hasShrunk = false;
      for (let from = 0; from < smallest.length && tries < triesMax; ) {
        const without = Buffer.concat([smallest.subarray(0, from), smallest.subarray(from + size)]);
        tries++;
        if (without.length < smallest.length && isSame(await judge(target, without), wanted)) {
          smallest = without;
          hasShrunk = true;
        } else from += size;
      }
    }
  }
  return smallest;
}
