/** Query: a range of one partition, of a table or of an index. */
import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import { refuse, validation } from './errors.ts';
import { type KeyRange, keyConditionOf, keyRange } from './expressions/key-condition.ts';
import { compareEntries, type Entry, type IndexEntries, isThere } from './index-entries.ts';
import { type Checked, checkPage, emptyAnswer, type Page, startPage } from './page.ts';
import { spanOf } from './range.ts';
import { compareSorts, imageAt, type Row } from './rows.ts';
import { countBefore } from './sorted.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';
import { checkKey } from './validate.ts';

export function query(tables: Tables, input: QueryCommandInput): QueryCommandOutput {
  const { KeyConditions, QueryFilter, ConditionalOperator, AttributesToGet } = input;
  refuse(
    'Query',
    KeyConditions,
    QueryFilter,
    ConditionalOperator,
    AttributesToGet,
    input.ReturnConsumedCapacity,
  );
  const table = tables.named(input.TableName);
  const index = indexOf(table, input.IndexName);
  if (input.KeyConditionExpression === undefined)
    throw validation(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  const condition = keyConditionOf(input.KeyConditionExpression);
  const request = checkPage(input, (index ?? table).keyNames, index?.shape, condition);
  const range = keyRange(condition.of, (index ?? table).shape.keys, request.given);
  if (index !== undefined && input.ConsistentRead === true)
    throw validation('Consistent reads are not supported on global secondary indexes');
  const at = tables.seen(index === undefined ? 'read' : 'index', input.ConsistentRead);
  return index === undefined
    ? readRows(table, range, at, input, request)
    : readEntries(table, index, range, at, input, request);
}

function indexOf(table: Table, name: string | undefined): IndexEntries | undefined {
  if (name === undefined) return undefined;
  const index = table.indexes.get(name);
  if (index === undefined) throw validation(`The table does not have the specified index: ${name}`);
  return index;
}

type Start = Pick<QueryCommandInput, 'ExclusiveStartKey' | 'ScanIndexForward'>;

function readRows(
  table: Table,
  range: KeyRange,
  at: number,
  input: Start,
  request: Checked,
): QueryCommandOutput {
  const { keys } = table.shape;
  const start = input.ExclusiveStartKey;
  if (start !== undefined) {
    checkStart(() => checkKey(keys, start));
    if (start[keys.partition]?.S !== range.partition) throw outsideQuery();
  }
  const rows = table.rows.partition(range.partition);
  if (rows === undefined) return emptyAnswer(request);
  const sort = keys.sort === undefined ? undefined : start?.[keys.sort.name];
  const beside = (row: Row): number => compareSorts(row.sort, sort);
  const page = startPage(request);
  read(rows, range, input, beside, (row) => imageAt(row, at), page);
  return page.answer();
}

function readEntries(
  table: Table,
  index: IndexEntries,
  range: KeyRange,
  at: number,
  input: Start,
  request: Checked,
): QueryCommandOutput {
  const start = startEntry(table, index, input.ExclusiveStartKey, range);
  const entries = index.partition(range.partition);
  if (entries === undefined) return emptyAnswer(request);
  const beside = (entry: Entry): number => (start === undefined ? 0 : compareEntries(entry, start));
  const page = startPage(request);
  read(entries, range, input, beside, (entry) => (isThere(entry, at) ? entry.item : undefined), page);
  return page.answer();
}

/** Where an index's page starts: the keys of the index and of the table, no more and no less. */
function startEntry(
  { shape: { keys } }: Table,
  { shape }: IndexEntries,
  start: Item | undefined,
  range: KeyRange,
): Pick<Entry, 'sort' | 'row'> | undefined {
  if (start === undefined) return undefined;
  const { [shape.keys.partition]: partition, [shape.keys.sort.name]: sort, ...own } = start;
  checkStart(() => checkKey(keys, own));
  if (sort?.[shape.keys.sort.type] === undefined || partition?.S === undefined) throw invalidStart();
  if (partition.S !== range.partition) throw outsideQuery();
  const row = {
    partition: own[keys.partition]?.S ?? '',
    sort: keys.sort === undefined ? undefined : own[keys.sort.name],
  };
  return { sort, row };
}

/** Reads lines of a sorted partition in either direction until the page is full. */
function read<Line extends Pick<Row, 'sort'>>(
  lines: readonly Line[],
  range: KeyRange,
  { ExclusiveStartKey, ScanIndexForward }: Start,
  besideStart: (line: Line) => number,
  view: (line: Line) => Item | undefined,
  page: Page,
): void {
  const span = spanOf(lines, range);
  const hasStart = ExclusiveStartKey !== undefined;
  if (ScanIndexForward === false) {
    const end = hasStart ? countBefore(lines, (line) => besideStart(line) < 0) : span.to;
    for (let at = Math.min(end, span.to) - 1; at >= span.from; at -= 1)
      if (takes(lines[at], view, page)) return;
    return;
  }
  const begin = hasStart ? countBefore(lines, (line) => besideStart(line) <= 0) : span.from;
  for (let at = Math.max(begin, span.from); at < span.to; at += 1) if (takes(lines[at], view, page)) return;
}

function takes<Line>(line: Line | undefined, view: (line: Line) => Item | undefined, page: Page): boolean {
  const item = line === undefined ? undefined : view(line);
  return item !== undefined && page.take(item);
}

function checkStart(check: () => void): void {
  try {
    check();
  } catch {
    throw invalidStart();
  }
}

const invalidStart = (): Error => validation('The provided starting key is invalid');
const outsideQuery = (): Error =>
  validation('The provided starting key is outside query boundaries based on provided conditions');
