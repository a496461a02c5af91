import { askWorker, violationsOf } from '../run/asked-worker.ts';
import { hasStorm } from '../world/storm.ts';
import type { SeededBug } from './bug.ts';

/** Seeds within which every bug must be found. */
export const seedsMax = 1_000;

/** A line of progress for a bug that hides, every so many seeds. */
const tellEvery = 50;

/** What became of the hunt for one bug. */
export interface Hunted {
  readonly bug: SeededBug;
  /** The first seed whose world shows it, how many were tried until then, and the law that says so; absent: none does. */
  readonly found?: {
    readonly seed: number;
    readonly tries: number;
    readonly law: string;
    readonly what: string;
  };
}

/** Laws that the product as it is breaks in the world of a seed: none, where it is sound. */
export type BrokenAnyway = (seed: number) => Promise<ReadonlySet<string>>;

/** Asks each seed once, whoever hunts. */
export function healthy(): { readonly brokenAnyway: BrokenAnyway; close(): Promise<unknown> } {
  const worker = askWorker({});
  const known = new Map<number, Promise<ReadonlySet<string>>>();
  // One after the other: a worker tries one world at a time.
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (seed: number, before: Promise<unknown>): Promise<ReadonlySet<string>> => {
    await before;
    return new Set((await violationsOf(worker, seed)).map(({ law }) => law));
  };
  return {
    brokenAnyway: (seed) => {
      const asked = known.get(seed) ?? ask(seed, last);
      known.set(seed, asked);
      last = asked;
      return asked;
    },
    close: worker.close,
  };
}

/**
 * Tries seeds 1, 2, 3, ... with the bug until a world breaks a law that the product without the bug keeps there; of a bug of
 * storms only the seeds that have one.
 *
 * @throws Error when the bug no longer applies
 */
export async function hunt(bug: SeededBug, seeds: number, brokenAnyway: BrokenAnyway): Promise<Hunted> {
  const worker = askWorker({ bug: bug.name });
  try {
    for (let seed = 1, tries = 0; tries < seeds; seed++) {
      if (bug.isOfStorms === true && !hasStorm(seed)) continue;
      tries += 1;
      if (tries % tellEvery === 0) process.stderr.write(`${bug.name}: ${tries} seeds, not found yet\n`);
      const violations = await violationsOf(worker, seed);
      if (violations.length === 0) continue;
      const anyway = await brokenAnyway(seed);
      const [first] = violations.filter(({ law }) => !anyway.has(law));
      if (first !== undefined) return { bug, found: { seed, tries, law: first.law, what: first.what } };
    }
    return { bug };
  } finally {
    await worker.close();
  }
}
