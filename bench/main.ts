/** `npm run bench`: what this project promises in figures, measured on this machine. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Findings } from './figures.ts';
import { thisMachine } from './machine.ts';
import { publish } from './report.ts';

interface Common {
  readonly json?: string;
}

function whole(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('a whole number from 1');
  return count;
}

const program = new Command('npm run bench --')
  .description('What this project promises in figures, measured on this machine.')
  .showHelpAfterError('(--help says what there is)')
  .addHelpText(
    'after',
    `
Start here
  npm run bench -- list                       what can be measured, and how long it takes
  npm run bench -- cost                       dollars for a million readings, part by part
  npm run bench -- bundle --json bundle.json  the same figures as a file

Counts, sizes and dollars are the same on every machine. Times and rates are this machine's: leave it alone
meanwhile, and publish ratios rather than milliseconds.`,
  );

/** One bench: a command with `--json`, whose figures are printed. */
function bench(name: string, takes: string, description: string): Command {
  return program
    .command(name)
    .description(`${description} (${takes})`)
    .option('--json <file>', 'write the figures there too; - for standard output instead of the table');
}

async function report(name: string, options: Common, measure: () => Findings | Promise<Findings>) {
  const startedAt = new Date().toISOString();
  const machine = thisMachine();
  const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`;
  await publish({ bench: name, command, startedAt, machine, ...(await measure()) }, options.json);
}

const python = (): string => {
  const found = process.env['TOCSIN_PYTHON'];
  if (found) return found;
  throw new Error('this bench starts the emulator. Remedy: run it through npm run bench');
};

bench('bundle', '1 min', 'size of each function, and its import against an empty handler')
  .option('--starts <count>', 'starts of each module in a run', whole, 9)
  .option('--runs <count>', 'runs; the median of their ratios counts', whole, 5)
  .action(async (options) =>
    report('bundle', options, async () => (await import('./bundle/bundle.ts')).measureBundles(options)),
  );

bench('twin', '2 s', 'bytes of the state of a device of 20 sensors').action(async (options) =>
  report('twin', options, async () => (await import('./twin/twin.ts')).measureTwin()),
);

bench('rules', '4 min', 'the rule engine against JSON.parse and against other engines').action(
  async (options) => report('rules', options, async () => (await import('./rules/rules.ts')).measureRules()),
);

bench('check', '30 s', 'how long an author waits for `tocsin rules check` of 1,000 rules').action(
  async (options) => report('check', options, async () => (await import('./author/check.ts')).measureCheck()),
);

bench('backtest', '1 min', 'speed of `tocsin rules backtest` against the engine alone').action(
  async (options) =>
    report('backtest', options, async () => ({
      groups: [
        {
          title: 'History over the rules',
          figures: await (await import('./author/backtest.ts')).measureBacktest(),
        },
      ],
    })),
);

bench('calls', '20 s', 'calls of AWS, read and write units for a batch of ten messages')
  .option('--batches <count>', 'batches of each kind', whole, 20)
  .action(async (options) =>
    report('calls', options, async () => (await import('./calls/calls.ts')).measureCalls(options, python())),
  );

bench('cost', '30 s', 'dollars for a million readings at list price, from counted calls')
  .option('--batches <count>', 'batches of each kind', whole, 20)
  .action(async (options) =>
    report('cost', options, async () => (await import('./cost/cost.ts')).measureCost(options, python())),
  );

bench('latency', '4 min', 'publish to the regulator, and messages a second until the queue grows')
  .option('--slow <count>', 'messages at one a second', whole, 40)
  .option('--fast <count>', 'messages at twenty a second', whole, 400)
  .option('--step <seconds>', 'how long each rate is held', whole, 10)
  .action(async (options) =>
    report('latency', options, async () =>
      (await import('./latency/latency.ts')).measureLatency(options, python()),
    ),
  );

bench('drain', '10 to 20 min', 'an hour of messages taken in while fresh ones go on, and whether any is lost')
  .option('--count <messages>', 'messages of the hour', whole, 20_000)
  .addOption(
    new Option('--after <outage>', 'where the hour waited: in the queue, or in the devices')
      .choices(['ingest', 'network'] as const)
      .default('ingest' as const),
  )
  .action(async (options) =>
    report('drain', options, async () => (await import('./drain/drain.ts')).measureDrain(options, python())),
  );

bench('memory', '4 min', 'peak memory of ingest under load, and of the whole local run')
  .option('--for <seconds>', 'how long each load lasts', whole, 30)
  .action(async (options) =>
    report('memory', options, async () =>
      (await import('./memory/memory.ts')).measureMemory(options, python()),
    ),
  );

program
  .command('list')
  .description('what can be measured')
  .action(() => {
    for (const command of program.commands)
      if (command.name() !== 'list') console.log(`${command.name().padEnd(9)} ${command.description()}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
