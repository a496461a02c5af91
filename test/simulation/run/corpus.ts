import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { registerCity } from '../city/registered.ts';
import { trySeed } from './try-seed.ts';

/** A world that once failed, and the one-line story of what was wrong. */
const Entry = z.strictObject({
  seed: z.int().nonnegative(),
  story: z.string().min(20),
  /** It is the shortened world of its seed that failed. */
  isShortened: z.boolean().default(false),
});

const file = new URL('../corpus.json', import.meta.url);

/** The worlds that once failed. @throws ZodError when the file is none */
export const readCorpus = () => z.array(Entry).parse(JSON.parse(readFileSync(file, 'utf8')));

/** Tries each world that once failed. @returns whether all hold now */
export async function tryCorpus(): Promise<boolean> {
  const registered = await registerCity();
  const corpus = readCorpus();
  let failed = 0;
  for (const { seed, story, isShortened } of corpus) {
    const { violations } = await trySeed(registered, { seed, isWhole: !isShortened });
    const [first] = violations;
    if (first === undefined) continue;
    failed += 1;
    console.log(`seed ${seed} (${story}): ${first.law}: ${first.what}`);
  }
  console.log(`${corpus.length} worlds that once failed: ${failed} failed`);
  return failed === 0;
}
