/** One page of a query or scan: what fits, and where the next one starts. */
import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import { $metadata, validation } from './errors.ts';
import { filterOf, type Test } from './expressions/condition.ts';
import { checkGiven, type Given, type Parsed } from './expressions/parsed.ts';
import { nameOf } from './expressions/paths.ts';
import { projected, projectionOf } from './expressions/projection.ts';
import { type IndexShape, keyNamesOf } from './shapes.ts';
import { itemBytes } from './sizes.ts';

/** Most bytes that one page reads, unless its first item alone is larger. */
const pageBytesMax = 1024 * 1024;

type Request = Pick<
  QueryCommandInput,
  | 'Limit'
  | 'FilterExpression'
  | 'ProjectionExpression'
  | 'Select'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
>;

/** A request whose parameters are in order. */
export interface Checked {
  readonly given: Given;
  readonly limit: number | undefined;
  readonly isCount: boolean;
  readonly filter: Parsed<Test> | undefined;
  readonly projection: Parsed<readonly string[]> | undefined;
  readonly keyNames: readonly string[];
}

export interface Page {
  /** Takes what was read; true when the page is full with it. */
  readonly take: (item: Item) => boolean;
  readonly answer: () => QueryCommandOutput;
}

/**
 * The request, checked. `keyNames`: attributes of a key of what is read; `keyCondition`: what else uses the
 * placeholders.
 *
 * @throws ValidationException
 */
export function checkPage(
  request: Request,
  keyNames: readonly string[],
  index: IndexShape | undefined,
  keyCondition: Parsed<unknown> | undefined,
): Checked {
  const { Limit: limit, Select, FilterExpression, ProjectionExpression } = request;
  if (limit !== undefined && limit < 1)
    throw validation(
      "Value at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  const given = { names: request.ExpressionAttributeNames, values: request.ExpressionAttributeValues };
  const filter = FilterExpression === undefined ? undefined : filterOf(FilterExpression);
  const projection = ProjectionExpression === undefined ? undefined : projectionOf(ProjectionExpression);
  checkGiven(given, keyCondition, filter, projection);
  if (filter !== undefined && keyCondition !== undefined)
    checkFilter(filter, given, index === undefined ? keyNames : keyNamesOf(index.keys));
  if (Select !== undefined) checkSelect(Select, projection !== undefined, index);
  if (projection !== undefined && index !== undefined) checkProjected(projection.of, given, index, keyNames);
  return { given, limit, isCount: Select === 'COUNT', filter, projection, keyNames };
}

/** What a page says in which nothing was read. */
export const emptyAnswer = ({ isCount }: Checked): QueryCommandOutput =>
  isCount ? { $metadata, Count: 0, ScannedCount: 0 } : { $metadata, Items: [], Count: 0, ScannedCount: 0 };

export function startPage({ given, limit, isCount, filter, projection, keyNames }: Checked): Page {
  const items: Record<string, Item[string]>[] = [];
  let count = 0;
  let scanned = 0;
  let bytes = 0;
  let last: Item | undefined;
  let isCut = false;
  return {
    take: (item) => {
      const size = itemBytes(item);
      if (scanned > 0 && bytes + size > pageBytesMax) {
        isCut = true;
        return true;
      }
      scanned += 1;
      bytes += size;
      last = item;
      if (filter === undefined || filter.of(item, given)) {
        count += 1;
        if (!isCount)
          items.push(projection === undefined ? { ...item } : projected(item, projection.of, given));
      }
      isCut = scanned === limit;
      return isCut;
    },
    answer: () => ({
      $metadata,
      ...(isCount ? {} : { Items: items }),
      Count: count,
      ScannedCount: scanned,
      ...(last === undefined || !isCut ? {} : { LastEvaluatedKey: projected(last, keyNames, given) }),
    }),
  };
}

function checkFilter(filter: Parsed<unknown>, given: Given, keyNames: readonly string[]): void {
  for (const written of filter.attributes) {
    const name = nameOf(written, given);
    if (keyNames.includes(name))
      throw validation(
        `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
      );
  }
}

function checkSelect(
  select: NonNullable<Request['Select']>,
  isProjected: boolean,
  index: IndexShape | undefined,
): void {
  if (isProjected && select !== 'SPECIFIC_ATTRIBUTES')
    throw validation(`Cannot specify the ProjectionExpression when choosing to get ${select}`);
  if (select === 'SPECIFIC_ATTRIBUTES' && !isProjected)
    throw validation(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  if (select === 'ALL_ATTRIBUTES' && index !== undefined)
    throw validation(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined)
    throw validation('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
}

function checkProjected(
  written: readonly string[],
  given: Given,
  index: IndexShape,
  keyNames: readonly string[],
): void {
  const others = written.map((one) => nameOf(one, given)).filter((name) => !keyNames.includes(name));
  if (others.length > 0)
    throw validation(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${others.join(', ')}]`,
    );
}
