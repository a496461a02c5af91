/** A whole backtest: from a path to the alerts of each rule book. */

import type { RuleBook } from '../../functions/domain/rules/book.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { errorCode } from '../error-code.ts';
import type { Told } from './device-runs.ts';
import type { Episode } from './episodes.ts';
import { createHistory, type History, type HistoryTally } from './history.ts';
import { readArchive } from './input/archive.ts';
import { archiveFiles, type InputFile } from './input/archive-files.ts';
import { openBytes } from './input/bytes.ts';
import type { ColumnWish } from './input/csv-columns.ts';
import { type Missing, sendRows } from './input/csv-messages.ts';
import { type CsvTable, readCsv } from './input/csv-table.ts';
import { deriveRegistration, registeredSensors } from './input/derive.ts';
import { readInventory } from './input/inventory.ts';
import { linesOf } from './input/lines.ts';
import { createTroubles, type Troubles } from './input/troubles.ts';
import type { Zone } from './input/zone.ts';
import type { Progress } from './progress.ts';
import { Refused } from './refused.ts';
import { createSampleBook, type SampleBook } from './samples.ts';

export interface BacktestWish {
  /** A file or a folder. */
  readonly path: string;
  readonly inventory?: string | undefined;
  readonly zone: Zone | undefined;
  readonly time?: string | undefined;
  readonly quality?: string | undefined;
  readonly columns: readonly ColumnWish[];
  readonly missing: Missing;
  /** Keep what a chart needs. */
  readonly withSamples: boolean;
  /** Hears of the transitions of the first book. */
  readonly told?: Told | undefined;
}

export interface BacktestResult {
  readonly tally: HistoryTally;
  /** Of each book, in their order. */
  readonly episodes: readonly (readonly Episode[])[];
  readonly registrations: readonly DeviceRegistration[];
  readonly troubles: Troubles;
  /** What people should know and need not correct. */
  readonly remarks: readonly string[];
  readonly samples: SampleBook | undefined;
}

interface Setting {
  readonly wish: BacktestWish;
  readonly books: readonly RuleBook[];
  readonly troubles: Troubles;
  readonly remarks: string[];
  readonly progress: Progress;
  readonly samples: SampleBook | undefined;
}

const historyOf = (
  { wish, books, samples }: Setting,
  registrations: readonly DeviceRegistration[],
): History =>
  createHistory({
    books,
    registrations,
    told: wish.told,
    seen: samples && (({ deviceId }, readings) => samples.add(deviceId, readings)),
  });

/** True for what begins as CSV does: the archive's lines begin with a brace. */
async function isCsv({ path }: InputFile): Promise<boolean> {
  const lines = linesOf(await openBytes(path), () => undefined);
  const first = await lines.next();
  await lines.return({ ending: { kind: 'whole' }, last: 0, rest: '' });
  const text = first.done === true ? first.value.rest : (first.value[0]?.text ?? '');
  const isNamed = /\.(csv|tsv|txt)(\.gz)?$/i.test(path);
  return isNamed ? !text.startsWith('{"') : !text.startsWith('{') && /[,;\t]/.test(text);
}

async function filesOf(path: string): Promise<readonly InputFile[]> {
  try {
    const files = await archiveFiles(path);
    if (files.length > 0) return files;
  } catch (error) {
    throw new Refused(`${path}: cannot be read (${errorCode(error)})`);
  }
  throw new Refused(`${path}: the folder holds no file`);
}

const plural = (many: number, one: string, more: string): string => `${many} ${many === 1 ? one : more}`;

function remarkOrder(file: string, { unsortedAt, repeated, rows }: CsvTable, remarks: string[]): void {
  if (rows.length === 0) return;
  if (unsortedAt > 0)
    remarks.push(`${file}: rows are not in order of time (first at line ${unsortedAt}); they were sorted`);
  if (repeated.count > 0)
    remarks.push(
      `${file}: ${plural(repeated.count, 'row has', 'rows have')} the time of another one (first at line ${repeated.line}); the graver value counts`,
    );
}

async function overCsv({ path, sizeBytes }: InputFile, setting: Setting) {
  const { wish, books, troubles, remarks, progress } = setting;
  let read = 0;
  const table = await readCsv(path, {
    ...wish,
    wishes: wish.columns,
    troubles,
    read: (bytes) => {
      read += bytes;
      progress.at((read / sizeBytes) * 0.5, 0);
    },
  });
  remarkOrder(path, table, remarks);
  const rules = [
    ...new Map(books.toReversed().flatMap((book) => book.rules.map((rule) => [rule.id, rule]))).values(),
  ];
  const given = wish.inventory === undefined ? undefined : await readInventory(wish.inventory, troubles);
  const derived = given === undefined ? deriveRegistration(table, rules) : undefined;
  if (derived !== undefined)
    remarks.push(`${path}: no --inventory, so a device is assumed`, ...derived.remarks);
  const registrations = given ?? derived?.registrations ?? [];
  const history = historyOf(setting, registrations);
  sendRows(path, table, derived?.sensors ?? registeredSensors(table, registrations), {
    sink: history,
    missing: wish.missing,
    passed: (rows) => progress.at(0.5 + (rows / table.rows.length) * 0.5, history.tally.readings),
  });
  return { history, registrations };
}

async function overArchive(files: readonly InputFile[], setting: Setting) {
  const { wish, troubles, remarks, progress } = setting;
  if (wish.inventory === undefined)
    throw new Refused(
      `${wish.path}: an archive names devices and no more; say what they are: --inventory <file.json>, an array of registrations`,
    );
  const registrations = await readInventory(wish.inventory, troubles);
  const history = historyOf(setting, registrations);
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let read = 0;
  await readArchive(files, {
    sink: history,
    troubles,
    read: (bytes) => {
      read += bytes;
      progress.at(read / total, history.tally.readings);
    },
  });
  const absent = history.absent();
  if (absent.length > 0 && history.tally.readings > 0)
    remarks.push(
      `${plural(absent.length, 'registered device', 'registered devices')} sent nothing in this history and ${absent.length === 1 ? 'is' : 'are'} left out: ${absent.slice(0, 3).join(', ')}${absent.length > 3 ? ', …' : ''}`,
    );
  return { history, registrations };
}

function remarkRefused({ refused }: HistoryTally, remarks: string[]): void {
  for (const { reason, count, first } of refused.values())
    remarks.push(
      `quarantined, as in production: ${count} × ${reason}, the first at ${first.file}:${first.line}: ${first.detail}`,
    );
}

/**
 * Runs the history at `wish.path` over `books`.
 *
 * @throws Refused when there is nothing to run: the message says what helps
 */
export async function runBacktest(
  wish: BacktestWish,
  books: readonly RuleBook[],
  progress: Progress,
): Promise<BacktestResult> {
  const troubles = createTroubles();
  const remarks: string[] = [];
  const samples = wish.withSamples ? createSampleBook() : undefined;
  const setting: Setting = { wish, books, troubles, remarks, progress, samples };
  const files = await filesOf(wish.path);
  const [only] = files;
  const csv = files.length === 1 && only !== undefined && (await isCsv(only)) ? only : undefined;
  const { history, registrations } = await (csv ? overCsv(csv, setting) : overArchive(files, setting));
  remarkRefused(history.tally, remarks);
  return { tally: history.tally, episodes: history.end(), registrations, troubles, remarks, samples };
}
