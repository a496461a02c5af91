/** `tocsin rules backtest` and `tocsin rules explain`: what rules would have said, and why they said it. */
import { Command, Option } from 'commander';
import type { Output } from '../output.ts';
import type { BacktestOptions } from './rules-backtest.ts';
import type { ExplainOptions } from './rules-explain.ts';
import { ownRules } from './rules-folder.ts';

const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** The command `rules backtest`. */
export const backtestCommand = (output: Output): Command =>
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

/** The command `rules explain`. */
export const explainCommand = (output: Output): Command =>
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
