import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { SimError } from '../sim-error.ts';

/** Most rows of a file that is replayed. */
export const replayRowsMax = 20_000;

/** What a recorded row says: a value, or that there was none. */
export interface RecordedRow {
  /** Milliseconds since 1970, as recorded. */
  readonly at: number;
  /** Absent for `NA`, an empty cell and a sentinel. */
  readonly value: number | undefined;
}

export interface SeriesOptions {
  /** One column with a date and time, or year, month, day, hour … in this order. */
  readonly timeColumns: readonly string[];
  readonly valueColumn: string;
  /** Offset of times without one, such as `+08:00`. @default '+00:00' */
  readonly zone?: string;
  /** Cells that mean "no value" beside the empty one. @default `defaultSentinels` */
  readonly sentinels?: readonly string[];
}

/** What loggers and data sets write when they have no value. */
export const defaultSentinels: readonly string[] = ['NA', 'NaN', 'null', '-', '-200', '-9999', '-999999'];

const zonePattern = /^(Z|[+-]\d{2}:\d{2})$/;
const Rows = z.array(z.array(z.string()));

/** The rows of a CSV in order of time. @throws SimError naming line and column of what cannot be read */
export function readSeries(text: string, options: SeriesOptions): RecordedRow[] {
  const zone = options.zone ?? '+00:00';
  if (!zonePattern.test(zone)) throw new SimError(`--zone must look like +08:00, not "${zone}"`);
  const [header = [], ...rows] = rowsOf(text);
  const columnOf = (name: string): number => {
    const at = header.indexOf(name);
    if (at >= 0) return at;
    throw new SimError(`the CSV has no column "${name}"; it has ${header.join(', ')}`);
  };
  const times = options.timeColumns.map(columnOf);
  const value = columnOf(options.valueColumn);
  const sentinels = new Set(options.sentinels ?? defaultSentinels);
  if (rows.length > replayRowsMax)
    throw new SimError(`the CSV has ${rows.length} rows; at most ${replayRowsMax} can be replayed`);
  if (rows.length === 0) throw new SimError('the CSV has a header and no row');
  const series = rows.map((row, index) => {
    const line = index + 2;
    const at = instantOf(
      times.map((column) => (row[column] ?? '').trim()),
      zone,
    );
    if (at === undefined)
      throw new SimError(
        `line ${line}: ${options.timeColumns.join(', ')} is no time: "${times.map((column) => row[column]).join(' ')}"`,
      );
    return {
      at,
      value: numberOf((row[value] ?? '').trim(), sentinels, `line ${line}, column "${options.valueColumn}"`),
    };
  });
  return series.sort((a, b) => a.at - b.at);
}

function rowsOf(text: string): string[][] {
  try {
    return Rows.parse(parse(text, { skip_empty_lines: true, bom: true, relax_column_count: false }));
  } catch (error) {
    throw new SimError(`the CSV cannot be read: ${error instanceof Error ? error.message : 'no rows'}`);
  }
}

function numberOf(cell: string, sentinels: ReadonlySet<string>, where: string): number | undefined {
  if (cell === '' || sentinels.has(cell)) return undefined;
  const value = Number(cell);
  if (Number.isFinite(value)) return sentinels.has(String(value)) ? undefined : value;
  throw new SimError(`${where}: "${cell}" is no number; name it with --sentinels if it means "no value"`);
}

/** One cell `2013-12-02 21:15:00` (or ISO with an offset), or cells year, month, day, hour, minute, second. */
function instantOf(cells: readonly string[], zone: string): number | undefined {
  const [only = ''] = cells;
  const text = cells.length === 1 ? only.replace(' ', 'T') : joined(cells);
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const whole = /T/.test(text) ? text : `${text}T00:00:00`;
  const at = Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(whole) ? whole : `${whole}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}

function joined(cells: readonly string[]): string | undefined {
  if (cells.some((cell) => !/^\d{1,4}$/.test(cell))) return undefined;
  const [year = '', month = '1', day = '1', hour = '0', minute = '0', second = '0'] = cells;
  const two = (cell: string): string => cell.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}
