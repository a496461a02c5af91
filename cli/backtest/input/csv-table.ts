/** A CSV as rows with times, in order; what cannot be read is told and left out, the rest goes on. */

import { Refused } from '../refused.ts';
import { type ByteSource, openBytes } from './bytes.ts';
import { type Cell, readCell } from './csv-cell.ts';
import { type Columns, type ColumnWish, columnsOf } from './csv-columns.ts';
import { cellsOf, isOpen, type Separator, separatorOf } from './csv-row.ts';
import { type Line, linesOf } from './lines.ts';
import { otherFormat } from './other-format.ts';
import { type Troubles, troubleAt } from './troubles.ts';
import { readTime, readTimeParts } from './written-time.ts';
import type { Zone } from './zone.ts';

/** Most rows of one file: all of them are held, to put them in order. */
export const rowsMax = 5_000_000;
/** Longest row that goes over several lines. */
const rowLinesMax = 100;

export interface CsvRow {
  readonly at: number;
  readonly line: number;
  /** By position of `Columns.values`. */
  readonly cells: readonly Cell[];
  /** Absent: none of the columns has one. */
  readonly qualities: readonly string[] | undefined;
}

export interface CsvTable {
  readonly columns: Columns;
  readonly rows: readonly CsvRow[];
  /** Line of the first row that is older than the one before; 0: they are in order. */
  readonly unsortedAt: number;
  /** Rows that have the time of another one, and the line of the first of them. */
  readonly repeated: { readonly count: number; readonly line: number };
}

export interface CsvParts {
  readonly wishes: readonly ColumnWish[];
  readonly time?: string | undefined;
  readonly quality?: string | undefined;
  /** The clock of times that name none. */
  readonly zone: Zone | undefined;
  readonly troubles: Troubles;
  read(bytes: number): void;
}

interface Header {
  readonly columns: Columns;
  readonly separator: Separator;
  readonly width: number;
}

function headerOf(file: string, text: string, parts: CsvParts): Header {
  const other = otherFormat(text);
  if (other !== undefined) throw new Refused(`${file} is ${other.what}, no CSV; ${other.remedy}`);
  const separator = separatorOf(text);
  if (separator === undefined)
    throw new Refused(
      `${file}:1 is no header of a CSV: no comma, semicolon or tab in "${text.slice(0, 60)}"`,
    );
  const header = cellsOf(text, separator);
  if (header.every((name) => name === '' || /^[-+.\d]/.test(name)))
    throw new Refused(`${file}:1 holds values; the first line must name the columns, such as time,pm2.5`);
  const columns = columnsOf(header, parts.wishes, parts);
  return { columns, separator, width: header.length };
}

const why = {
  'no-time': 'is no time',
  'no-zone': 'says no time zone',
  'not-plausible': 'is no time between 1980 and 2100',
} as const;
const remedies = {
  'no-time': 'write 2026-03-01T08:00:00+08:00, or seconds since 1970',
  'no-zone': 'say which clock it was: --zone +08:00, or --zone Asia/Shanghai',
  'not-plausible': 'correct it, or leave the row out',
} as const;

/** Reads rows one by one; each tells its own trouble. */
function createReader(file: string, parts: CsvParts, { columns, separator, width }: Header) {
  const { troubles, zone } = parts;
  const { values, time, timeName } = columns;
  const [only] = time;
  const hasQuality = values.some(({ qualityIndex }) => qualityIndex !== undefined);
  return (text: string, line: number): CsvRow | undefined => {
    const cells = cellsOf(text, separator);
    const tell = (kind: string, field: string, message: string, remedy: string): void =>
      troubles.add(kind, troubleAt(file, line, message, remedy, { field, excerpt: text }));
    if (cells.length !== width) {
      tell(
        'width',
        '-',
        `has ${cells.length} cells, the header ${width}`,
        'put cells that hold the separator into quotes',
      );
      return undefined;
    }
    const written =
      time.length === 1
        ? readTime(cells[only ?? 0] ?? '', zone)
        : readTimeParts(
            time.map((i) => cells[i] ?? ''),
            zone,
          );
    if (!written.ok) {
      const shown = time.map((i) => cells[i]).join(' ');
      tell(written.why, timeName, `"${shown}" ${why[written.why]}`, remedies[written.why]);
      return undefined;
    }
    const read = values.map(({ index, quantity, name }) => {
      const cell = readCell(cells[index] ?? '', quantity, separator);
      if (cell.kind === 'bad')
        tell(
          `bad ${name}`,
          name,
          `"${cells[index]}" is no ${quantity.id}`,
          'correct it, or write NA for no value',
        );
      return cell;
    });
    const qualities = hasQuality
      ? values.map(({ qualityIndex }) => cells[qualityIndex ?? -1] ?? '')
      : undefined;
    return { at: written.at, line, cells: read, qualities };
  };
}

/** Joins lines to rows where a quote is open at the end of one. */
function createJoiner(file: string, troubles: Troubles, take: (text: string, line: number) => void) {
  let open: { text: string; line: number; lines: number } | undefined;
  const giveUp = (): void => {
    if (open === undefined) return;
    const { text, line } = open;
    troubles.add(
      'quote',
      troubleAt(file, line, 'a quote is never closed', 'close it, or double it', { excerpt: text }),
    );
    open = undefined;
  };
  return {
    add({ text, number, trouble }: Line): void {
      if (trouble !== undefined) {
        const message = trouble === 'too-long' ? 'the line is longer than 1 MB' : 'the line is not UTF-8';
        const remedy = 'save the file as UTF-8; one from a Chinese spreadsheet: iconv -f GB18030 -t UTF-8';
        troubles.add(trouble, troubleAt(file, number, message, remedy, { excerpt: text }));
        return;
      }
      const joined = open === undefined ? text : `${open.text}\n${text}`;
      if (joined.includes('"') && isOpen(joined)) {
        open = { text: joined, line: open?.line ?? number, lines: (open?.lines ?? 0) + 1 };
        if (open.lines > rowLinesMax) giveUp();
        return;
      }
      const line = open?.line ?? number;
      open = undefined;
      if (joined.trim() !== '') take(joined, line);
    },
    end: giveUp,
  };
}

/** The rows of `file`. @throws Refused when it has no header that can be understood, or too many rows */
export const readCsv = async (file: string, parts: CsvParts): Promise<CsvTable> =>
  tableIn(file, await openBytes(file), parts);

/** The rows of `source`, told as `file`. @throws Refused as {@link readCsv} */
export async function tableIn(file: string, source: ByteSource, parts: CsvParts): Promise<CsvTable> {
  const rows: CsvRow[] = [];
  let header: Header | undefined;
  let read: ((text: string, line: number) => CsvRow | undefined) | undefined;
  const joiner = createJoiner(file, parts.troubles, (text, line) => {
    if (header === undefined || read === undefined) {
      header = headerOf(file, text, parts);
      read = createReader(file, parts, header);
      return;
    }
    const row = read(text, line);
    if (row !== undefined) rows.push(row);
    if (rows.length > rowsMax) throw new Refused(`${file} has more than ${rowsMax} rows; split it by time`);
  });
  const lines = linesOf(source, parts.read);
  for (;;) {
    const next = await lines.next();
    if (next.done === true) {
      joiner.end();
      const { ending, last, rest } = next.value;
      if (ending.kind !== 'whole') {
        const message = `the gzip data are ${ending.kind}; the ${last} lines before were used`;
        parts.troubles.add('cut', troubleAt(file, last + 1, message, 'fetch it again', { excerpt: rest }));
      }
      break;
    }
    for (const line of next.value) joiner.add(line);
  }
  if (header === undefined) throw new Refused(`${file} is empty`);
  return inOrder(header.columns, rows);
}

function inOrder(columns: Columns, rows: CsvRow[]): CsvTable {
  const unsorted = rows.find((row, i) => row.at < (rows[i - 1]?.at ?? 0));
  if (unsorted !== undefined) rows.sort((a, b) => a.at - b.at || a.line - b.line);
  const repeated = rows.filter((row, i) => row.at === rows[i - 1]?.at);
  const line = repeated[0]?.line ?? 0;
  return { columns, rows, unsortedAt: unsorted?.line ?? 0, repeated: { count: repeated.length, line } };
}
