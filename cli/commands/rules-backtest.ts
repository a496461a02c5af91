/** `tocsin rules backtest`: history over a rule book, and over another one beside it. */
import { writeFile } from 'node:fs/promises';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import {
  compareBooks,
  type Difference,
  differenceRows,
  differences,
  episodeRows,
  type Match,
} from '../backtest/compare-books.ts';
import type { Told } from '../backtest/device-runs.ts';
import { parseColumn } from '../backtest/input/csv-columns.ts';
import type { Missing } from '../backtest/input/csv-messages.ts';
import { utc, type Zone, zoneOf } from '../backtest/input/zone.ts';
import { createProgress, type Progress } from '../backtest/progress.ts';
import { readBook } from '../backtest/read-book.ts';
import { Refused } from '../backtest/refused.ts';
import { type BacktestResult, runBacktest } from '../backtest/run.ts';
import {
  differenceTable,
  episodeLine,
  episodeTable,
  listedMax,
  matchLines,
  timeText,
} from '../backtest/table.ts';
import { count, type Output } from '../output.ts';

export interface BacktestOptions {
  readonly rules: string;
  readonly against?: string;
  readonly inventory?: string;
  readonly zone?: string;
  readonly time?: string;
  readonly quality?: string;
  readonly column: readonly string[];
  readonly missing: Missing;
  readonly json: boolean;
  readonly report?: string;
  readonly records?: string;
  readonly failOn?: string;
  readonly all: boolean;
  readonly tolerate: boolean;
}

/** What `--fail-on` asks for. @throws Refused naming the word that is none */
function failOn(text: string | undefined): ReadonlySet<Difference> {
  const words = text === undefined || text === '' ? [] : text.split(',').map((word) => word.trim());
  if (words.includes('any')) return new Set(differences);
  return new Set(
    words.map((word) => {
      const known = differences.find((one) => one === word);
      if (known === undefined)
        throw new Refused(`--fail-on: "${word}" is none of ${differences.join(', ')}, any`);
      return known;
    }),
  );
}

function zoneWished(name: string | undefined): Zone | undefined {
  if (name === undefined) return undefined;
  const zone = zoneOf(name);
  if (zone === undefined) throw new Refused(`--zone ${name}: write +08:00, or a name such as Asia/Shanghai`);
  return zone;
}

const progressOf = (output: Output): Progress =>
  createProgress({
    now: () => performance.now(),
    overwrite: output.overwrite,
    line: (text) => output.remark(text),
  });

interface Outcome {
  readonly result: BacktestResult;
  readonly books: readonly [now: RuleBook, old: RuleBook | undefined];
  readonly matches: readonly Match[] | undefined;
  readonly zone: Zone;
}

function tell({ result, matches, zone }: Outcome, { all }: BacktestOptions, output: Output): void {
  const { tally, episodes } = result;
  const [now = []] = episodes;
  const listed = all ? Number.POSITIVE_INFINITY : listedMax;
  output.line(
    `${count(tally.readings, 'reading')} in ${count(tally.messages, 'message')}, ${timeText(tally.from, zone)} to ${timeText(tally.until, zone)} ${zone.name}`,
  );
  const differing = matches?.filter((match) => match.differences.length > 0);
  output.line('');
  if (matches === undefined) {
    for (const line of episodeTable(episodeRows(now))) output.line(line);
    output.line('');
    for (const episode of now.slice(0, listed)) output.line(episodeLine(episode, zone));
  } else {
    for (const line of differenceTable(differenceRows(matches))) output.line(line);
    output.line('');
    for (const match of (differing ?? []).slice(0, listed))
      for (const line of matchLines(match, zone)) output.line(line);
  }
  const more = (differing ?? now).length - listed;
  if (more > 0) output.line(`… and ${more} more: --all lists them, --json gives them as data`);
  output.line(
    differing === undefined
      ? count(now.length, 'alert')
      : `${count(differing.length, 'difference')} in ${count(now.length, 'alert')}`,
  );
}

function asJson({ result, books, matches }: Outcome): unknown {
  const { tally, episodes, troubles, remarks } = result;
  const { refused, ...counts } = tally;
  const [now = []] = episodes;
  return {
    book: books[0].version,
    against: books[1]?.version,
    history: { ...counts, quarantined: [...refused.values()] },
    rows: matches === undefined ? episodeRows(now) : differenceRows(matches),
    alerts: matches === undefined ? now : undefined,
    matches,
    remarks,
    findings: troubles.list(),
  };
}

/** Transitions with their decision records, a line each, as `tocsin rules explain` reads them. */
function createRecords() {
  const lines: string[] = [];
  const add: Told = (subject, drafts) => {
    for (const { change, severity, because } of drafts)
      lines.push(JSON.stringify({ subject, change, severity, because }));
  };
  return { add, text: () => lines.map((line) => `${line}\n`).join('') };
}

async function backtest(path: string, options: BacktestOptions, output: Output): Promise<Outcome> {
  const records = createRecords();
  const zone = zoneWished(options.zone);
  const wish = {
    ...options,
    path,
    zone,
    columns: options.column.map(parseColumn),
    withSamples: options.report !== undefined,
    told: options.records === undefined ? undefined : records.add,
  };
  const now = await readBook(options.rules);
  const old = options.against === undefined ? undefined : await readBook(options.against);
  const progress = progressOf(output);
  const result = await runBacktest(wish, old === undefined ? [now] : [now, old], progress);
  const rate = Math.round(progress.end(result.tally.readings)).toLocaleString('en-US');
  output.remark(`${count(result.tally.readings, 'reading')} evaluated, ${rate} a second`);
  if (options.records !== undefined) await writeFile(options.records, records.text());
  const [after = [], before = []] = result.episodes;
  const matches = old === undefined ? undefined : compareBooks(before, after);
  return { result, books: [now, old], matches, zone: zone ?? utc };
}

/** Runs the history at `path`; findings in it, and differences that `--fail-on` names, exit with 1. */
export async function backtestRules(path: string, options: BacktestOptions, output: Output): Promise<void> {
  try {
    const failing = failOn(options.failOn);
    if (failing.size > 0 && options.against === undefined)
      throw new Refused('--fail-on needs a book to compare with: --against <book.json or folder>');
    const outcome = await backtest(path, options, output);
    const { result } = outcome;
    if (result.tally.readings === 0 && !options.json) output.line('nothing was evaluated');
    else if (options.json) output.line(JSON.stringify(asJson(outcome), null, 2));
    else tell(outcome, options, output);
    for (const line of [...result.remarks, ...result.troubles.lines()]) output.remark(line);
    if (options.report !== undefined) {
      const { reportHtml } = await import('../backtest/report/report.ts');
      await writeFile(options.report, reportHtml({ ...outcome, title: path }));
      output.remark(`report: ${options.report}`);
    }
    conclude(outcome, failing, options, output);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    output.remark(error.message);
    output.exitWith(2);
  }
}

function conclude(
  { result, matches = [] }: Outcome,
  failing: ReadonlySet<Difference>,
  { tolerate }: BacktestOptions,
  output: Output,
): void {
  const { troubles, tally } = result;
  if (tally.readings === 0) {
    output.remark('no reading of a registered device could be used');
    output.exitWith(1);
  }
  const failed = matches.filter((match) => match.differences.some((one) => failing.has(one)));
  if (failed.length > 0) {
    output.remark(`${count(failed.length, 'alert')} ${[...failing].join(' or ')}: --fail-on`);
    output.exitWith(1);
  }
  if (troubles.total === 0) return;
  output.remark(`${count(troubles.total, 'finding')} in the history; the rest was used`);
  if (!tolerate) output.exitWith(1);
}
