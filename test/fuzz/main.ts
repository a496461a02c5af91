/** `npm run fuzz`: hostile bytes for every place that parses. */
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addToCorpus, readEntries } from './corpus.ts';
import { judge } from './finding.ts';
import { loadTarget, targetNames } from './instrument.ts';
import { type RunResult, runTarget } from './run-target.ts';

function whole(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0) throw new InvalidArgumentError('a whole number from 0');
  return count;
}

interface Options {
  readonly target?: readonly string[];
  readonly inputs: number;
  readonly seed: number;
  readonly short?: boolean;
  readonly grow?: boolean;
  readonly json?: boolean;
  readonly replay?: string;
}

/** Most of what a run found out that is kept for the next one: the repository stays small. */
const grownMax = 60;
const grownBytesMax = 300;
const progressEveryMs = 5_000;

const number = (value: number): string => Math.round(value).toLocaleString('en');

function tellResult(name: string, result: RunResult): void {
  const { inputs, seconds, coverage, places, findings } = result;
  const covered = places === 0 ? '' : `, coverage ${number(coverage)} of ${number(places)} places`;
  const rate = number(inputs / Math.max(seconds, 0.001));
  const found = `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  console.log(
    `${name.padEnd(12)} ${number(inputs)} inputs in ${seconds.toFixed(1)} s (${rate}/s)${covered}, ${found}`,
  );
  for (const { finding, input } of findings) {
    console.log(`\n  ${finding.kind}: ${finding.message.split('\n').slice(0, 8).join('\n    ')}`);
    console.log(`  input (${input.length} bytes): ${JSON.stringify(input.toString('latin1').slice(0, 400))}`);
    console.log(`  replay: npm run fuzz -- --target ${name} --replay base64:${input.toString('base64')}\n`);
  }
}

async function run(name: string, options: Options): Promise<boolean> {
  const target = await loadTarget(name);
  const isShort = options.short === true;
  let toldAt = performance.now();
  const result = await runTarget({
    name,
    inputs: isShort ? target.shortInputs : options.inputs,
    seed: options.seed,
    isGuided: !isShort,
    progress: (inputs, perSecond) => {
      if (options.json === true || performance.now() - toldAt < progressEveryMs) return;
      toldAt = performance.now();
      console.log(`  … ${name}: ${number(inputs)} inputs, ${number(perSecond)}/s`);
    },
  });
  if (options.json === true) {
    const findings = result.findings.map(({ finding, input }) => ({
      ...finding,
      replay: `npm run fuzz -- --target ${name} --replay base64:${input.toString('base64')}`,
    }));
    console.log(JSON.stringify({ name, inputs: result.inputs, seconds: result.seconds, findings }));
  } else tellResult(name, result);
  if (options.grow === true) {
    const small = result.kept.filter((input) => input.length <= grownBytesMax).slice(0, grownMax);
    const room = Math.max(0, grownMax - readEntries(name).length);
    console.log(
      `${name.padEnd(12)} ${addToCorpus(name, small.slice(0, room))} inputs were added to its corpus`,
    );
  }
  return result.findings.length === 0;
}

/** Shows what one input does. */
async function replay(name: string, given: string): Promise<boolean> {
  const input = given.startsWith('base64:') ? Buffer.from(given.slice(7), 'base64') : readFileSync(given);
  const target = await loadTarget(name);
  for (let warm = 0; warm < 3; warm++) await judge(target, input);
  const finding = await judge(target, input);
  console.log(finding === undefined ? 'nothing is wrong with it' : `${finding.kind}: ${finding.message}`);
  return finding === undefined;
}

const program = new Command('npm run fuzz --')
  .description(
    'Hostile bytes for every place that parses: no crash, nothing over 50 ms, no prototype changed.',
  )
  .addOption(new Option('--target <name...>', 'only these').choices(targetNames))
  .option('--inputs <count>', 'inputs for each target', whole, 1_000_000)
  .option('--seed <number>', 'the same seed, code and corpus give the same inputs', whole, 1)
  .option('--short', 'the run of npm test: fewer inputs, not guided by coverage')
  .option('--grow', 'keep the fewest inputs that reach what was reached in the corpus')
  .option('--json', 'one line of JSON for each target')
  .option('--replay <file>', 'what this input does, of one target; also base64:<bytes>')
  .addHelpText(
    'after',
    `
Examples:
  npm run fuzz                                       1,000,000 inputs for each of: ${targetNames.join(', ')}
  npm run fuzz -- --target senml --inputs 10000      one of them, for a second`,
  )
  .action(async (options: Options) => {
    const names = options.target ?? targetNames;
    const [only] = names;
    let isGood = true;
    if (options.replay !== undefined) {
      if (only === undefined || names.length !== 1) throw new Error('--replay needs one --target');
      isGood = await replay(only, options.replay);
    } else for (const name of names) isGood = (await run(name, options)) && isGood;
    process.exitCode = isGood ? 0 : 1;
  });

await program.parseAsync();
