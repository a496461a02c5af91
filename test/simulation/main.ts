/** `npm run simulate`: worlds in which everything fails that can, judged by an oracle. */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { runMany } from './run/many.ts';
import { traceOne } from './run/trace-one.ts';

function whole(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0) throw new InvalidArgumentError('a whole number from 0');
  return count;
}

/** Seeds of a run of nobody's choice: what `npm test` tries. */
const seedsDefault = 5_000;

const program = new Command('npm run simulate --')
  .description(
    'Worlds in which everything fails that can, judged by an oracle that knows no code of the product.',
  )
  .option('--seeds <count>', 'worlds to try', whole, seedsDefault)
  .option('--from <seed>', 'first seed', whole, 1)
  .option('--seed <seed>', 'one world only: what the oracle says of it', whole)
  .option('--trace', 'with --seed: everything that happened, line by line')
  .option('--workers <count>', 'worlds at a time', whole, availableParallelism())
  .option('--json', 'the result as JSON')
  .showHelpAfterError('(--help says what there is)')
  .addHelpText(
    'after',
    `
Start here
  npm run simulate -- --seeds 500            half a thousand worlds, with what failed in them
  npm run simulate -- --seed 17              one of them: 0 is calm, everything else has its own faults
  npm run simulate -- --seed 17 --trace      who called what, what failed, what was decided

Exit code: 0 nothing was lost and nothing invented, 1 a world shows otherwise, 2 the command was not understood.`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(async (options) => {
    const isGood = options.seed === undefined ? await runMany(options) : await traceOne(options);
    process.exitCode = isGood ? 0 : 1;
  });

await program.parseAsync();
