/** `tocsin rules`: from files that people write to the book that the system runs. */
import { Command, Option } from 'commander';
import type { Output } from '../output.ts';
import { formats } from '../rules/tell-problems.ts';
import { docsCommand, newCommand, retireCommand } from './rules-author.ts';
import type { BacktestOptions } from './rules-backtest.ts';
import { type BuildOptions, buildRules } from './rules-build.ts';
import { type CheckOptions, checkRules } from './rules-check.ts';
import type { ExplainOptions } from './rules-explain.ts';
import { ownRules, withFolder } from './rules-folder.ts';
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

const backtest = (output: Output): Command =>
  new Command('backtest')
    .argument('<history>', 'a CSV, an object of the archive, or a folder of such objects')
    .description(
      'Runs history over the rules, by the code that runs in the cloud; and over another book beside it.',
    )
    .option('--rules <folder or book.json>', 'the rules that are tried', ownRules)
    .option('--against <folder or book.json>', 'the rules to compare with: the old ones')
    .option(
      '--inventory <file.json>',
      'array of device registrations, as the inventory exports it; needed for an archive',
    )
    .option(
      '--column <wish>',
      'a column of values: value=<column>:quantity=…,position=…,kind=…,sensor=…,device=…',
      gather,
      [],
    )
    .option(
      '--time <columns>',
      'the column with date and time, or year,month,day,hour (default: by their names)',
    )
    .option('--zone <zone>', 'clock of times that name none, and of what is shown: +08:00, Asia/Shanghai')
    .option('--quality <column>', 'column with the quality of the values (default: quality)')
    .addOption(
      new Option('--missing <as>', 'what NA means: the instrument has a fault, or nothing was reported')
        .choices(['fault', 'gap'])
        .default('fault'),
    )
    .option('--report <file.html>', 'writes charts of every sensor with alerts, in one file')
    .option('--records <file.ndjson>', 'writes every transition with its decision record, for explain')
    .option('--fail-on <differences>', 'exit 1 on added, removed, earlier, later, graver, milder, any')
    .option('--all', 'lists all alerts or differences', false)
    .option('--tolerate', 'findings in the history do not change the exit code', false)
    .option('--json', 'the result as JSON', false)
    .addHelpText(
      'after',
      `
Alerts of two books are matched by rule and sensor where they overlap in time:
  added, removed    no alert of the other book overlaps it
  earlier, later    some severity was reached sooner, later
  graver, milder    the gravest severity is another one

Examples (with files of this repository):
  tocsin rules backtest sensors-sim/data/beijing-pm25-30-days.csv --zone +08:00
  tocsin rules backtest sensors-sim/data/beijing-pm25-30-days.csv --zone +08:00 --report /tmp/pm25.html
  git show HEAD:rules/book.json > /tmp/old.json
  tocsin rules backtest sensors-sim/data/beijing-pm25-30-days.csv --zone +08:00 --against /tmp/old.json --fail-on removed,later,milder
  aws s3 sync s3://<archive bucket>/day=2026-03-01 /tmp/day && tocsin rules backtest /tmp/day --inventory devices.json`,
    )
    .action(async (history: string, options: BacktestOptions) => {
      const { backtestRules } = await import('./rules-backtest.ts');
      await backtestRules(history, options, output);
    });

const explain = (output: Output): Command =>
  new Command('explain')
    .argument(
      '<what>',
      'id of an alert, a file with a decision record, transition or alert, or - for standard input',
    )
    .description('Why an alert changed: its decision record as a tree in words.')
    .option('--rules <folder or book.json>', 'the rules whose conditions are shown', ownRules)
    .option('--transition <n>', 'number of the transition (default: the newest with a record)')
    .option('--inventory <file.json>', 'array of device registrations; with it the record is replayed')
    .addOption(new Option('--lang <language>', 'language of the words').choices(['en', 'zh']).default('en'))
    .option('--zone <zone>', 'clock of what is shown: +08:00, Asia/Shanghai (default: UTC)')
    .option('--api <url>', 'asks the HTTP API for the alert')
    .option('--token <jwt>', 'access token for --api')
    .option(
      '--table <name>',
      'the Records table, with AWS credentials (default: that of the city that npm start runs)',
    )
    .option('--json', 'the explanation as JSON', false)
    .addHelpText(
      'after',
      `
✓ is known true, ✗ known false, ? unknown. Exit code 1: the same rule, replayed, gives other bytes.

Examples:
  tocsin rules explain 01KB3V9Q2M --lang zh                  of the city that npm start runs
  tocsin rules explain 01KB3V9Q2M --table Records            with AWS credentials, reading only
  tocsin rules explain alert.json --transition 1             what GET /v1/alerts/{id} answered
  curl -H "authorization: Bearer $TOKEN" $API/v1/alerts/$ID | tocsin rules explain -`,
    )
    .action(async (what: string, options: ExplainOptions) => {
      const { explainRecord } = await import('./rules-explain.ts');
      await explainRecord(what, options, output);
    });

const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value];

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
    .addCommand(backtest(output))
    .addCommand(explain(output))
    .addCommand(docsCommand(output))
    .addCommand(retireCommand(output))
    .addCommand(shadowCommand(output));
