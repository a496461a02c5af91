/** `tocsin rules`: from files that people write to the book that the system runs. */
import { Command, Option } from 'commander';
import type { Output } from '../output.ts';
import { formats } from '../rules/tell-problems.ts';
import { docsCommand, newCommand, retireCommand } from './rules-author.ts';
import { type BuildOptions, buildRules } from './rules-build.ts';
import { type CheckOptions, checkRules } from './rules-check.ts';
import { withFolder } from './rules-folder.ts';
import { backtestCommand, explainCommand } from './rules-history.ts';
import { type ListOptions, listRules } from './rules-list.ts';
import { shadowCommand } from './rules-shadow.ts';
import type { TestOptions } from './rules-test.ts';

const check = (output: Output): Command =>
  withFolder(new Command('check'))
    .argument('[paths...]', 'only findings of these files or folders')
    .addOption(new Option('--format <format>', 'how findings are told').choices(formats).default('human'))
    .option('--json', 'the same as --format json', false)
    .option(
      '--inventory <file>',
      'a JSON array of device registrations: rules that match no sensor are warnings',
    )
    .option('--strict', 'warnings fail too', false)
    .description('All problems of all rules and proofs, and whether the generated files are fresh.')
    .addHelpText(
      'after',
      `
Each finding has file:line:column, the field, the line itself, and a remedy:

  rules/gas/combustible.compartment.yaml:16:17  severities.yellow.when: unknown name \`vlaue\`
     16 |   yellow: { when: vlaue >= limits.alarm }
        |                   ^
      fix: did you mean \`value\`?

A rule whose file is gone without a tombstone is a finding too (tocsin rules retire --help).

Examples:
  tocsin rules check                              everything
  tocsin rules check rules/gas                    findings of one trade
  tocsin rules check --format github              annotations on a pull request
  tocsin rules check --inventory devices.json --strict`,
    )
    .action((paths: string[], { json, ...options }: CheckOptions & { json: boolean }) =>
      checkRules(paths, json ? { ...options, format: 'json' } : options, output),
    );

const build = (output: Output): Command =>
  withFolder(new Command('build'))
    .option('--json', 'the result as JSON', false)
    .description('Checks all rules, then writes book.json, index.json and the schema for editors.')
    .addHelpText(
      'after',
      `
Nothing is written while there is a finding. The same rules give the same bytes, so commit what it writes:
a test and \`tocsin rules check\` say when it is stale. index.json remembers every id that ever was in the book.`,
    )
    .action((options: BuildOptions) => buildRules(options, output));

const test = (output: Output): Command =>
  withFolder(new Command('test'))
    .argument('[words...]', 'only rules whose id holds one of these words')
    .option('--verbose', 'show the timeline of passing cases too', false)
    .option('--json', 'every case with what was expected and what came, as JSON', false)
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
    .action(async (words: string[], options: TestOptions) => {
      // The engine is loaded by the one command that runs it.
      const { testRules } = await import('./rules-test.ts');
      await testRules(words, options, output);
    });

const list = (output: Output): Command =>
  withFolder(new Command('list'))
    .option('--json', 'the rules as JSON', false)
    .option('--unverified', 'only what a lawyer must still check, by standard', false)
    .description('Every rule with its limits, their standards, and whether somebody has verified them.')
    .addHelpText(
      'after',
      `
Examples:
  tocsin rules list
  tocsin rules list --unverified          figures that nobody has read in the official text
  tocsin rules list --unverified --json`,
    )
    .action((options: ListOptions) => listRules(options, output));

/** The command `rules` with its subcommands. */
export const rulesCommand = (output: Output): Command =>
  new Command('rules')
    .description('Write, check, prove, build, list and retire risk rules.')
    .addHelpText(
      'after',
      `
The way of a rule:
  1. tocsin rules new       writes rules/<trade>/<rest of its id>.yaml and its proof    (docs/rules.md)
  2. tocsin rules check     until it finds nothing
  3. tocsin rules test      until the proof holds
  4. tocsin rules build     and commit rules/book.json; a deploy carries it into the cloud
  5. tocsin rules retire    ends it; deleting the file does not`,
    )
    .addCommand(newCommand(output))
    .addCommand(check(output))
    .addCommand(test(output))
    .addCommand(build(output))
    .addCommand(list(output))
    .addCommand(backtestCommand(output))
    .addCommand(explainCommand(output))
    .addCommand(docsCommand(output))
    .addCommand(retireCommand(output))
    .addCommand(shadowCommand(output));
