/** GetItem and BatchGetItem. */
import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import { $metadata, refuse, validation } from './errors.ts';
import { checkGiven, type Given } from './expressions/parsed.ts';
import { projected, projectionOf } from './expressions/projection.ts';
import { imageAt } from './rows.ts';
import type { KeyShape } from './shapes.ts';
import type { Tables } from './tables.ts';
import { checkKey } from './validate.ts';

/** Keys of one BatchGetItem, over all tables. */
const batchKeysMax = 100;

interface Projecting {
  readonly ProjectionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
}

export function getItem(tables: Tables, input: GetItemCommandInput): GetItemCommandOutput {
  refuse('GetItem', input.AttributesToGet, input.ReturnConsumedCapacity);
  const table = tables.named(input.TableName);
  const copy = copier(input);
  checkKey(table.shape.keys, input.Key);
  const at = tables.seen('read', input.ConsistentRead);
  const row = table.rows.find(input.Key);
  const item = row === undefined ? undefined : imageAt(row, at);
  return item === undefined ? { $metadata } : { $metadata, Item: copy(item) };
}

/**
 * A partial answer leaves the second half of each table's keys to another call.
 *
 * Each key is a read of its own, so those that are not consistent can be behind by different times.
 */
export function batchGetItem(
  tables: Tables,
  input: BatchGetItemCommandInput,
  isPartial = false,
): BatchGetItemCommandOutput {
  refuse('BatchGetItem', input.ReturnConsumedCapacity);
  const requests = Object.entries(input.RequestItems ?? {});
  const count = requests.reduce((sum, [, { Keys }]) => sum + (Keys?.length ?? 0), 0);
  if (count > batchKeysMax) throw validation('Too many items requested for the BatchGetItem call');
  if (requests.length === 0) throw tooShort('requestItems');
  const Responses: Record<string, Record<string, Item[string]>[]> = {};
  const UnprocessedKeys: NonNullable<BatchGetItemCommandOutput['UnprocessedKeys']> = {};
  for (const [name, request] of requests) {
    refuse('BatchGetItem', request.AttributesToGet);
    const { rows, shape } = tables.named(name);
    const copy = copier(request);
    if (request.Keys === undefined || request.Keys.length === 0)
      throw tooShort(`requestItems.${name}.member.keys`);
    checkDistinct(shape.keys, request.Keys);
    const found: Record<string, Item[string]>[] = [];
    // One of them is always read, so that whoever asks again for the rest comes to an end.
    const readCount = isPartial ? Math.ceil(request.Keys.length / 2) : request.Keys.length;
    const left = request.Keys.slice(readCount);
    if (left.length > 0) UnprocessedKeys[name] = { ...request, Keys: left };
    for (const key of request.Keys.slice(0, readCount)) {
      const at = tables.seen('read', request.ConsistentRead);
      const row = rows.find(key);
      const item = row === undefined ? undefined : imageAt(row, at);
      if (item !== undefined) found.push(copy(item));
    }
    // AWS promises no order; the order of the request would be an invitation.
    Responses[name] = found.reverse();
  }
  return { $metadata, Responses, UnprocessedKeys };
}

function copier(input: Projecting): (item: Item) => Record<string, Item[string]> {
  const given: Given = { names: input.ExpressionAttributeNames, values: undefined };
  if (input.ProjectionExpression === undefined) {
    checkGiven(given);
    return (item) => ({ ...item });
  }
  const projection = projectionOf(input.ProjectionExpression);
  checkGiven(given, projection);
  return (item) => projected(item, projection.of, given);
}

function checkDistinct(keys: KeyShape, list: readonly Item[]): void {
  const seen = new Set<string>();
  for (const key of list) {
    checkKey(keys, key);
    const text = keyText(keys, key);
    if (seen.has(text)) throw validation('Provided list of item keys contains duplicates');
    seen.add(text);
  }
}

/** One text for each key of a table. */
export const keyText = ({ partition, sort }: KeyShape, key: Item): string => {
  const first = key[partition]?.S ?? '';
  if (sort === undefined) return first;
  return `${first.length}/${first}/${key[sort.name]?.[sort.type] ?? ''}`;
};

const tooShort = (what: string): Error =>
  validation(
    `1 validation error detected: Value at '${what}' failed to satisfy constraint: Member must have length greater than or equal to 1`,
  );
