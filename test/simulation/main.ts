/** `npm run simulate`: worlds in which everything fails that can, judged by an oracle. */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { seedsMax } from './bugs/hunt.ts';
import { huntAll } from './bugs/hunt-all.ts';
import { longDaysDefault, longSeedsDefault, runLong } from './run/long.ts';
import { runMany } from './run/many.ts';
import { nightSeeds, runNight } from './run/night.ts';
import type { OneOptions } from './run/trace-one.ts';

function whole(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0) throw new InvalidArgumentError('a whole number from 0');
  return count;
}

/** Shortest long world, in days. */
const daysMin = 0.25;

function days(text: string): number {
  const count = Number(text);
  if (!(count >= daysMin && count <= longDaysDefault))
    throw new InvalidArgumentError(`a number from ${daysMin} to ${longDaysDefault}`);
  return count;
}

/** Seeds of a run of nobody's choice: as many as `npm test` tries. */
const seedsDefault = 5_000;

const program = new Command('npm run simulate --')
  .description(
    'Worlds in which everything fails that can, judged by an oracle that knows no code of the product.',
  )
  .option(
    '--seeds <count>',
    `worlds to try; ${seedsDefault} if nothing is said, ${nightSeeds} in a night`,
    whole,
  )
  .option('--from <seed>', 'first seed', whole, 1)
  .option('--seed <seed>', 'one world only: what the oracle says of it', whole)
  .option('--trace', 'with --seed: everything that happened, line by line')
  .option('--only <kinds>', 'with --seed: these faults only, separated by commas; - for none')
  .option('--devices <count>', 'with --seed, --long: so many devices', whole)
  .option('--storm <count>', 'with --seed: so many devices in its storm, if it has one', whole)
  .option('--shrink <seed>', 'the smallest set of faults and devices with which it still fails', whole)
  .option('--crash-points', 'every call of every function struck in every way, one at a time and in pairs')
  .option('--whole', 'with --seed, --shrink, --seeds: more devices, longer faults, all the waiting')
  .option('--storms', 'with --seeds: only worlds in which sixty devices of one site raise at once')
  .option(
    '--long',
    `worlds of ${longDaysDefault} days and 100 devices, ${longSeedsDefault} if nothing is said; with --seed: one`,
  )
  .option('--reconnect', 'with --long: all devices come back at once after an hour without network')
  .option('--days <days>', 'with --long: so many days, from a quarter of one', days, longDaysDefault)
  .option('--corpus', 'the worlds that once failed')
  .option('--night', 'a night of worlds: goes on where it was stopped, and reports the bound')
  .option('--truncations <count>', 'so many partial restores, each mended by tocsin reconcile', whole)
  .option('--bugs', 'every seeded bug of the catalogue, until a world shows it')
  .option('--bug <names>', 'with --bugs: these only, separated by commas')
  .option('--workers <count>', 'worlds at a time', whole, availableParallelism())
  .option('--json', 'the result as JSON')
  .showHelpAfterError('(--help says what there is)')
  .addHelpText(
    'after',
    `
Start here
  npm run simulate -- --seeds 500            half a thousand worlds, with what failed in them
  npm run simulate -- --seeds 100 --storms   a hundred of the rare worlds in which a correlation is full
  npm run simulate -- --seed 17              one of them: 0 is calm, everything else has its own faults
  npm run simulate -- --shrink 17            what of its faults is needed for a failure
  npm run simulate -- --long --days 2        long worlds: a hundred devices, days of troubles and calm; 30 days if nothing is said
  npm run simulate -- --bugs                 mistakes that are made on purpose, to see that they are found
  npm run simulate -- --seed 17 --trace      who called what, what failed, what was decided

Exit code: 0 nothing was lost and nothing invented, 1 a world shows otherwise, 2 the command was not understood.`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async (options) => {
    process.exitCode = (await chosen(options)) ? 0 : 1;
  });

type Options = Omit<Parameters<typeof runMany>[0], 'seeds'> &
  Partial<OneOptions> & {
    readonly seeds?: number;
    readonly shrink?: number;
    readonly crashPoints?: boolean;
    readonly night?: boolean;
    readonly corpus?: boolean;
    readonly long?: boolean;
    readonly days?: number;
    readonly reconnect?: boolean;
    readonly truncations?: number;
    readonly bugs?: boolean;
    readonly bug?: string;
  };

/** What of all this the options ask for. @returns whether everything held */
async function chosen(options: Options): Promise<boolean> {
  const { seed, truncations } = options;
  // Who has its worlds in workers, or asks for help, does not wait for the product to be loaded here.
  if (options.corpus === true) return (await import('./run/corpus.ts')).tryCorpus();
  if (options.crashPoints === true) return (await import('./run/enumerate.ts')).enumerateCrashPoints(options);
  if (options.bugs === true) return huntAll({ ...options, seeds: options.seeds ?? seedsMax });
  if (options.shrink !== undefined)
    return (await import('./run/shrink.ts')).shrink(options.shrink, options.whole);
  if (options.long === true)
    return runLong({
      ...options,
      ...(seed === undefined ? { seeds: options.seeds ?? longSeedsDefault } : { seeds: 1, from: seed }),
    });
  if (options.night === true) return runNight({ ...options, seeds: options.seeds ?? nightSeeds });
  if (truncations !== undefined)
    return (await import('./run/truncate-many.ts')).truncateMany({ ...options, truncations });
  if (seed !== undefined) return (await import('./run/trace-one.ts')).traceOne({ ...options, seed });
  return runMany({ ...options, seeds: options.seeds ?? seedsDefault });
}

await program.parseAsync();
