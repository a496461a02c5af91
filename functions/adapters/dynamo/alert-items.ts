import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Alert, Transition } from '../../domain/alerts/alert.ts';
import { ancestorsOf } from '../../domain/ids.ts';
import { rankOf } from '../../domain/severity.ts';
import type { AlertWrite } from '../../usecases/ports/alerts.ts';
import { alertKey, areaList, enterpriseList, transitionKey, undecidedShardOf } from './keys.ts';

type Item = Record<string, AttributeValue>;

/** Later instants sort first: the largest instant a date can hold, less this one. */
const inverseTime = (at: number): string => String(8_640_000_000_000_000 - at).padStart(16, '0');

/** First part of a list's sort key: what is open comes first. */
export const standing = (isClosed: boolean): string => (isClosed ? '1closed#' : '0open#');

/** Sort key of a list: open before closed, then gravest, then newest. */
export function listSort(alert: Alert): string {
  const rank = 9 - rankOf(alert.closed ? alert.gravest : alert.severity);
  return `${standing(alert.closed)}${rank}#${inverseTime(alert.raisedAt)}#${alert.alertId}`;
}

/** The lists in which an alert stands: one for each area above it, and its enterprise's. */
export function listsOf(alert: Alert): readonly string[] {
  const { area, enterpriseId } = alert.scope;
  const areas = area === '-' ? ['-' as const] : ancestorsOf(area);
  return [
    ...areas.map((one) => areaList(one, 'alerts')),
    ...(enterpriseId === '-' ? [] : [enterpriseList(enterpriseId, 'alerts')]),
  ];
}

/** What a filter can see without reading the alert itself. */
const summary = (alert: Alert): string =>
  [
    alert.severity,
    alert.condition,
    alert.handling,
    alert.matter.kind,
    alert.scope.trade,
    listSort(alert),
  ].join();

/** The entry of an alert in a list. */
export function listItem(list: string, alert: Alert): Item {
  return {
    pk: { S: list },
    sk: { S: listSort(alert) },
    alertId: { S: alert.alertId },
    severity: { S: alert.severity },
    condition: { S: alert.condition },
    handling: { S: alert.handling },
    kind: { S: alert.matter.kind },
    trade: { S: alert.scope.trade },
  };
}

/** A transition that nobody has decided on yet. */
export function transitionItem(transition: Transition): Item {
  return {
    pk: { S: alertKey(transition.alertId) },
    sk: { S: transitionKey(transition.version) },
    doc: { S: JSON.stringify(transition) },
    undecidedShard: { S: undecidedShardOf(transition.alertId) },
    undecidedAt: { N: String(transition.committedAt) },
  };
}

/** All writes of one alert: itself if its version still holds, its new transitions, its place in the lists. */
export function alertWrites(table: string, write: AlertWrite): TransactWriteItem[] {
  const { before, after, transitions } = write;
  const alert: TransactWriteItem = {
    Put: {
      TableName: table,
      Item: {
        pk: { S: alertKey(after.alertId) },
        sk: { S: 'ALERT' },
        version: { N: String(after.version) },
        doc: { S: JSON.stringify(after) },
      },
      ...(before === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': { N: String(before.version) } },
          }),
    },
  };
  const numbered = transitions.map((transition) => ({
    Put: {
      TableName: table,
      Item: transitionItem(transition),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
  return [alert, ...numbered, ...listWrites(table, before, after)];
}

function listWrites(table: string, before: Alert | undefined, after: Alert): TransactWriteItem[] {
  if (before !== undefined && summary(before) === summary(after)) return [];
  const moved = before !== undefined && listSort(before) !== listSort(after);
  const gone = moved ? listsOf(before) : [];
  return [
    ...gone.map((list) => ({
      Delete: { TableName: table, Key: { pk: { S: list }, sk: { S: listSort(before ?? after) } } },
    })),
    ...listsOf(after).map((list) => ({ Put: { TableName: table, Item: listItem(list, after) } })),
  ];
}
