import { registerCity } from '../city/registered.ts';
import type { Failure, ShareDone } from './share.ts';
import { trySeed } from './try-seed.ts';

/** Registers the city once; tries the seeds of each share one after the other, and says which it begins. */
export function openShares(
  begins: (seed: number) => void,
): (seeds: readonly number[], isWhole: boolean) => Promise<ShareDone> {
  const registered = registerCity();
  return async (seeds, isWhole) => {
    const injected = new Map<string, number>();
    const failures: Failure[] = [];
    let messages = 0;
    let simulatedMs = 0;
    for (const seed of seeds) {
      begins(seed);
      const result = await trySeed(await registered, { seed, isWhole, isHashed: false });
      if (result.violations.length > 0) failures.push({ seed, violations: result.violations });
      for (const [key, count] of result.injected) injected.set(key, (injected.get(key) ?? 0) + count);
      messages += result.messages;
      simulatedMs += result.simulatedMs;
    }
    return { seeds: seeds.length, failures, injected: [...injected], messages, simulatedMs };
  };
}
