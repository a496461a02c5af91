import { availableParallelism } from 'node:os';
import { createTeller, inShares } from './shares.ts';
import { perWorld, type TruncationResult } from './truncations.ts';

export interface TruncateOptions {
  /** How many restores to try; rounded up to whole worlds. */
  readonly truncations: number;
  readonly from: number;
  readonly workers?: number;
}

const toldFailures = 10;

/** Tears and mends tables many times, with progress, and tells what was not mended. @returns whether all was */
export async function truncateMany({
  truncations,
  from,
  workers = availableParallelism(),
}: TruncateOptions): Promise<boolean> {
  const startedAt = performance.now();
  const worlds = Math.ceil(truncations / perWorld);
  const failures: TruncationResult['failures'][number][] = [];
  const sum = { tried: 0, torn: 0, written: 0, alive: 0, failures };
  const tell = createTeller();
  let given = 0;
  await inShares<number, TruncationResult>({
    module: new URL('./truncate-worker.ts', import.meta.url),
    workers,
    next: () => (given < worlds ? from + given++ : undefined),
    done: ({ tried, torn, written, alive, failures }) => {
      sum.tried += tried;
      sum.torn += torn;
      sum.written += written;
      sum.alive += alive;
      sum.failures.push(...failures);
      tell(() => `${sum.tried} of ${worlds * perWorld} restores, ${sum.failures.length} not mended`);
    },
  });
  for (const { seed, nth, violations } of sum.failures.slice(0, toldFailures))
    console.log(`seed ${seed}, restore ${nth}: ${violations[0]?.law}: ${violations[0]?.what}`);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(
    `${sum.tried} partial restores, ${sum.torn} of them inconsistent, mended with ${sum.written} writes, and ${sum.alive} runs beside living worlds in ${seconds} s: ${sum.failures.length} failed`,
  );
  return sum.failures.length === 0;
}
