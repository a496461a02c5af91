/** The commands of `tocsin rules` that write files of rules and pages: new, retire, docs. */
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Output } from '../output.ts';
import type { DocsOptions } from './rules-docs.ts';
import { withFolder } from './rules-folder.ts';
import type { NewOptions } from './rules-new.ts';
import { type RetireOptions, retireRule } from './rules-retire.ts';

/** Where the pages of this product are. */
const ownPages = fileURLToPath(new URL('../../docs/packs', import.meta.url));

const today = (): string => new Date().toISOString().slice(0, 10);

export const newCommand = (output: Output): Command =>
  withFolder(new Command('new'))
    .argument('<trade/name>', 'where it belongs, such as gas/methane.manhole')
    .option('--quantity <id>', 'what is measured, such as methane')
    .option('--position <class...>', 'only sensors at these positions')
    .option('--source-kind <kind...>', 'only sensors of these kinds of hazard source')
    .option('--limit <name=value...>', 'named figures, lightest first, such as alarm=1.0 cut=1.5')
    .option(
      '--severity <severity=limit...>',
      'how grave each limit is (default: the last is red, alone orange)',
    )
    .option('--below', 'it is dangerous at and below the limits', false)
    .option('--equals <value>', 'of a switch or an enumeration: the value that is dangerous')
    .option('--band <number>', 'dead band between raising and clearing')
    .option('--for <duration>', 'how long it must last before it raises (default: at once)')
    .option('--clear-for <duration>', 'how long it must be over before it clears', '1m')
    .option('--silent <severity>', 'how grave silence is, or off', 'yellow')
    .option('--period <duration>', 'how often the sensor of the proof reports', '10s')
    .option('--standard <name>', 'where the figures come from', 'site value')
    .option('--clause <text>', 'its clause or table', 'set by the site')
    .option('--title-zh <text>', 'what happened, in Chinese')
    .option('--title-en <text>', 'what happened, in English')
    .option(
      '--advice-zh <text>',
      'what to do, in Chinese; may hold {value}, {unit}, {limit}, {sensor}, {source}',
    )
    .option('--advice-en <text>', 'what to do, in English')
    .option('--consequence-zh <text>', 'what happens when nobody acts, in Chinese')
    .option('--consequence-en <text>', 'the same in English')
    .option('--cause-zh <text>', 'what it most likely comes from, in Chinese')
    .option('--cause-en <text>', 'the same in English')
    .option('--action-zh <text>', 'what has to be done first, in Chinese')
    .option('--action-en <text>', 'the same in English')
    .option('--within <duration>', 'time in which somebody must have acted', '10m')
    .option('--json', 'the result as JSON', false)
    .description(
      'Writes a rule and its proof that pass check and test; at a terminal it asks for what is missing.',
    )
    .addHelpText(
      'after',
      `
Examples:
  tocsin rules new gas/methane.manhole                 asks
  tocsin rules new gas/methane.manhole --quantity methane --limit alarm=1.0 evacuate=2.0 --band 0.1 \\
    --title-zh 窨井甲烷超限 --title-en "Methane in a manhole"
  tocsin rules new coal-mine/oxygen.low --quantity oxygen --below --limit low=19.5 --severity red=low --for 30s \\
    --title-zh 氧气不足 --title-en "Too little oxygen"
  tocsin rules new coal-mine/fan.stopped --quantity fan-state --equals false \\
    --title-zh 风机停转 --title-en "The fan stands still"

Nothing is overwritten. A figure is marked as not verified until somebody has read it in the official text.`,
    )
    .action(async (name: string, options: NewOptions) => {
      // The engine, which proves the rule, is loaded by the commands that run it.
      const { newRule } = await import('./rules-new.ts');
      await newRule(name, options, output);
    });

export const retireCommand = (output: Output): Command =>
  withFolder(new Command('retire'))
    .argument('<id>', 'the rule, such as gas.methane.manhole')
    .requiredOption('--by <who>', 'who decided it')
    .requiredOption('--reason <why>', 'why, and what watches instead')
    .option('--date <day>', 'the day of the decision', today())
    .option('--json', 'the result as JSON', false)
    .description('Ends a rule: writes its tombstone in the place of its file and takes its proof away.')
    .addHelpText(
      'after',
      `
A rule never ends because its file is gone: check, build and deploy refuse a book from which an id has vanished.
With a tombstone, what the rule has open is set recovered for that reason; people go on handling it.

Example:
  tocsin rules retire gas.methane.manhole --by "Li Wei" --reason "replaced by gas.combustible.manhole"`,
    )
    .action((id: string, options: RetireOptions) => retireRule(id, options, output));

export const docsCommand = (output: Output): Command =>
  withFolder(new Command('docs'))
    .option('--out <folder>', 'where the pages go', ownPages)
    .option('--json', 'the result as JSON', false)
    .description('Writes a page a trade for people, in Chinese and in English.')
    .addHelpText(
      'after',
      `
Each rule with its limits, their standards and whether they are verified, its severities in words, what to do,
and what silence and bad quality mean. The same rules give the same bytes, so commit what it writes.

Examples:
  tocsin rules docs                  into docs/packs
  tocsin rules docs --out /tmp/pages`,
    )
    .action(async (options: DocsOptions) => {
      const { writeDocs } = await import('./rules-docs.ts');
      await writeDocs(options, output);
    });
