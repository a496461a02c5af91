/** `tocsin rules`: from files that people write to the book that the system runs. */
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Output } from '../output.ts';
import { buildRules } from './rules-build.ts';
import { checkRules } from './rules-check.ts';
import { listRules } from './rules-list.ts';

/** The rules of this product. */
const ownRules = fileURLToPath(new URL('../../rules', import.meta.url));

const withFolder = (command: Command): Command =>
  command.option('--rules <folder>', 'folder of rules, proofs and the book', ownRules);

const check = (output: Output): Command =>
  withFolder(new Command('check'))
    .description('All problems of all rules and proofs, and whether book.json is fresh.')
    .addHelpText(
      'after',
      `
Each finding has file:line:column, the field, the line itself, and a remedy:

  rules/gas/combustible.compartment.yaml:16:17  severities.yellow.when: unknown name \`vlaue\`
     16 |   yellow: { when: vlaue >= limits.alarm }
        |                   ^
      fix: did you mean \`value\`?`,
    )
    .action((options: { rules: string }) => checkRules(options, output));

const build = (output: Output): Command =>
  withFolder(new Command('build'))
    .description('Checks all rules, then writes book.json and the schema for editors.')
    .addHelpText(
      'after',
      `
Nothing is written while there is a finding. The same rules give the same bytes, so commit what it writes:
a test and \`tocsin rules check\` say when it is stale.`,
    )
    .action((options: { rules: string }) => buildRules(options, output));

const test = (output: Output): Command =>
  withFolder(new Command('test'))
    .argument('[words...]', 'only rules whose id holds one of these words')
    .option('--verbose', 'show the timeline of passing cases too', false)
    .description('Runs the proofs (<rule>.test.yaml) over the engine that runs in the cloud.')
    .addHelpText(
      'after',
      `
A proof says which transitions a series of readings gives, and that no other comes. A failing case is
shown as a timeline: readings, what was expected, what came.

Examples:
  tocsin rules test                 all proofs
  tocsin rules test methane h2s     two rules
  tocsin rules test gas --verbose   with the timeline of every case`,
    )
    .action(async (words: string[], options: { rules: string; verbose: boolean }) => {
      // The engine is loaded by the one command that runs it.
      const { testRules } = await import('./rules-test.ts');
      await testRules(words, options, output);
    });

const list = (output: Output): Command =>
  withFolder(new Command('list'))
    .option('--json', 'the rules as JSON', false)
    .description('Every rule with its limits, their standards, and whether somebody has verified them.')
    .action((options: { rules: string; json: boolean }) => listRules(options, output));

/** The command `rules` with its subcommands. */
export const rulesCommand = (output: Output): Command =>
  new Command('rules')
    .description('Check, test, build and list risk rules.')
    .addHelpText(
      'after',
      `
The way of a rule:
  1. write rules/<trade>/<rest of its id>.yaml and its proof <same name>.test.yaml   (docs/rules.md)
  2. tocsin rules check     until it finds nothing
  3. tocsin rules test      until the proof holds
  4. tocsin rules build     and commit rules/book.json; a deploy carries it into the cloud`,
    )
    .addCommand(check(output))
    .addCommand(test(output))
    .addCommand(build(output))
    .addCommand(list(output));
