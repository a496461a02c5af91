import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Alert } from '../../domain/alerts/alert.ts';
import { AlertId } from '../../domain/ids.ts';
import type { AlertFilter, AlertPage, AlertStore } from '../../usecases/ports/alerts.ts';
import { toAdapterError } from '../aws-errors.ts';
import { standing } from './alert-items.ts';
import { text } from './attributes.ts';
import { areaList, enterpriseList } from './keys.ts';

/** Most entries read for one page, so that a filter that matches nothing does not read a whole city. */
const scannedMax = 1_000;

/** A page of a list: entries first, then their alerts in one read; the cursor is the last entry's sort key. */
export async function listAlerts(
  client: DynamoDBClient,
  table: string,
  getMany: AlertStore['getMany'],
  filter: AlertFilter,
  limit: number,
  from: string | undefined,
): Promise<AlertPage> {
  const list = listOf(filter);
  const entries: { readonly sort: string; readonly alertId: AlertId }[] = [];
  let after = from;
  let scanned = 0;
  let isMore = true;
  while (entries.length < limit && isMore && scanned < scannedMax) {
    const page = await pageOf(client, table, list, filter, after, limit);
    scanned += page.scanned;
    for (const item of page.items)
      entries.push({ sort: text(item, 'sk'), alertId: AlertId.parse(text(item, 'alertId')) });
    after = page.last;
    isMore = after !== undefined;
  }
  const taken = entries.slice(0, limit);
  const byId = await getMany(taken.map((entry) => entry.alertId));
  const alerts = taken
    .map((entry) => byId.get(entry.alertId))
    .filter((alert): alert is Alert => alert !== undefined);
  const cut = entries.length > limit;
  return { alerts, next: cut ? taken.at(-1)?.sort : after };
}

const listOf = ({ scope }: AlertFilter): string =>
  scope.kind === 'area' ? areaList(scope.area, 'alerts') : enterpriseList(scope.enterpriseId, 'alerts');

async function pageOf(
  client: DynamoDBClient,
  table: string,
  list: string,
  filter: AlertFilter,
  after: string | undefined,
  limit: number,
): Promise<{ items: Record<string, AttributeValue>[]; last: string | undefined; scanned: number }> {
  const equals = (['severity', 'handling', 'condition', 'kind'] as const).filter(
    (name) => filter[name] !== undefined,
  );
  const prefix = filter.closed === undefined ? undefined : standing(filter.closed);
  try {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ...(equals.length === 0
          ? {}
          : {
              FilterExpression: equals.map((name) => `#${name} = :${name}`).join(' AND '),
              ExpressionAttributeNames: Object.fromEntries(equals.map((name) => [`#${name}`, name])),
            }),
        ExpressionAttributeValues: {
          ':pk': { S: list },
          ...(prefix === undefined ? {} : { ':prefix': { S: prefix } }),
          ...Object.fromEntries(equals.map((name) => [`:${name}`, { S: String(filter[name]) }])),
        },
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk: { S: list }, sk: { S: after } } }),
      }),
    );
    return {
      items: page.Items ?? [],
      last: page.LastEvaluatedKey?.['sk']?.S,
      scanned: page.ScannedCount ?? 0,
    };
  } catch (error) {
    throw toAdapterError('list alerts', error);
  }
}
