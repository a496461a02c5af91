import { isWhole } from '../run/asked-worker.ts';
import { catalogue } from './catalogue.ts';
import { type Hunted, healthy, hunt, seedsMax } from './hunt.ts';

/** Half of the bugs must be found within so many seeds. */
const medianMax = 50;

export interface HuntOptions {
  readonly workers: number;
  /** Seeds to try for each bug, at most `seedsMax`. */
  readonly seeds: number;
  /** Names, separated by commas; absent: every bug. */
  readonly bug?: string;
  readonly json?: boolean;
}

/** Hunts for every bug of the catalogue and tells how soon each was found. @returns whether all were, soon enough */
export async function huntAll({ workers, seeds: asked, bug: names, json }: HuntOptions): Promise<boolean> {
  const wanted = names?.split(',');
  const bugs = catalogue.filter(({ name }) => wanted === undefined || wanted.includes(name));
  if (bugs.length === 0 || bugs.length < (wanted?.length ?? 1)) {
    console.error(`no such bug; there are: ${catalogue.map(({ name }) => name).join(', ')}`);
    return false;
  }
  const seeds = Math.min(asked, seedsMax);
  const startedAt = performance.now();
  const { brokenAnyway, close } = healthy();
  const hunted: Hunted[] = [];
  const waiting = [...bugs];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const one = await hunt(next, seeds, brokenAnyway);
      hunted.push(one);
      if (json !== true) console.log(lineOf(one, seeds));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, bugs.length) }, lane));
  } finally {
    await close();
  }
  const needed = hunted.flatMap(({ found }) => found?.tries ?? []).toSorted((a, b) => a - b);
  const median = needed[Math.floor((needed.length - 1) / 2)] ?? 0;
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const sum = { bugs: bugs.length, found: needed.length, median, greatest: needed.at(-1) ?? 0, seconds };
  if (json === true) console.log(JSON.stringify({ hunted, ...sum }));
  else
    console.log(
      `${sum.found} of ${sum.bugs} bugs found, median ${median} seeds (at most ${medianMax}), greatest ${sum.greatest} (at most ${seeds}), in ${seconds} s`,
    );
  return sum.found === sum.bugs && (wanted !== undefined || median <= medianMax);
}

function lineOf({ bug: { name, story }, found }: Hunted, seeds: number): string {
  const where =
    found === undefined
      ? `NOT FOUND in ${seeds} seeds`
      : `seed ${found.seed}${isWhole(found.seed) ? ' --whole' : ''}, the ${found.tries}., by ${found.law}`;
  return `${name.padEnd(38)} ${where.padEnd(52)} ${story}`;
}
