/** Scan: a whole table, page by page, in no order that a caller could guess. */
import type { ScanCommandInput, ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import { refuse } from './errors.ts';
import { checkPage, type Page, startPage } from './page.ts';
import { compareSorts, imageAt, scatter } from './rows.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';
import { checkKey } from './validate.ts';
import { compareTexts } from './values.ts';

export function scan(tables: Tables, input: ScanCommandInput): ScanCommandOutput {
  const { AttributesToGet, ScanFilter, ConditionalOperator, ReturnConsumedCapacity } = input;
  refuse('Scan', AttributesToGet, ScanFilter, ConditionalOperator, ReturnConsumedCapacity);
  refuse('Scan', input.IndexName, input.Segment, input.TotalSegments);
  const table = tables.named(input.TableName);
  const page = startPage(checkPage(input, table.keyNames, undefined, undefined));
  if (input.ExclusiveStartKey !== undefined) checkKey(table.shape.keys, input.ExclusiveStartKey);
  readAll(table, tables.seen('read', input.ConsistentRead), input.ExclusiveStartKey, page);
  return page.answer();
}

function readAll({ rows, shape }: Table, at: number, start: Item | undefined, page: Page): void {
  const { keys } = shape;
  const first = start?.[keys.partition]?.S;
  const sort = keys.sort === undefined ? undefined : start?.[keys.sort.name];
  for (const name of rows.scanOrder()) {
    const order = first === undefined ? 1 : scatter(name) - scatter(first) || compareTexts(name, first);
    if (order < 0) continue;
    for (const row of rows.partition(name) ?? []) {
      if (order === 0 && compareSorts(row.sort, sort) <= 0) continue;
      const item = imageAt(row, at);
      if (item !== undefined && page.take(item)) return;
    }
  }
}
