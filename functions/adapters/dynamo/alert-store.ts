import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { Alert, Transition } from '../../domain/alerts/alert.ts';
import { AlertId } from '../../domain/ids.ts';
import { Instant } from '../../domain/time.ts';
import type { AlertStore, Commit, StoredMatter } from '../../usecases/ports/alerts.ts';
import { toAdapterError } from '../aws-errors.ts';
import { alertWrites } from './alert-items.ts';
import { listAlerts } from './alert-list.ts';
import { number, optionalNumber, text } from './attributes.ts';
import { batchGet } from './batch-get.ts';
import { alertKey, matterKey } from './keys.ts';
import { transact } from './transaction.ts';
import { matterWrite, twinWrite } from './twin-items.ts';

type Item = Record<string, AttributeValue>;

interface Tables {
  readonly twins: string;
  readonly records: string;
}

/** Alerts, their transitions and their places in the lists, in the table Records. */
export function dynamoAlertStore(client: DynamoDBClient, tables: Tables): AlertStore {
  const getMany: AlertStore['getMany'] = async (alertIds) => {
    if (alertIds.length === 0) return new Map();
    const keys = [...new Set(alertIds)].map((id) => ({ pk: { S: alertKey(id) }, sk: { S: 'ALERT' } }));
    const items = await batchGet(client, tables.records, keys, 'read alerts');
    return new Map(items.map(alertOf).map((alert) => [alert.alertId, alert]));
  };

  return {
    getMany,
    get: async (alertId) => (await getMany([alertId])).get(alertId),
    transitions: (alertId) => transitionsOf(client, tables.records, alertId),
    list: (filter, limit, from) => listAlerts(client, tables.records, getMany, filter, limit, from),
    matter: (ruleId, subjectId) => storedMatter(client, tables.twins, ruleId, subjectId),
    commit: (commit) => transact(client, writesOf(tables, commit), 'commit alerts'),
  };
}

const alertOf = (item: Item): Alert => Alert.parse(JSON.parse(text(item, 'doc')));

/** Every item that a commit writes; at most `commitItemMax` of the use cases. */
export const writesOf = (tables: Tables, commit: Commit): TransactWriteItem[] => [
  ...(commit.twin === undefined ? [] : [twinWrite(tables.twins, commit.twin)]),
  ...(commit.matter === undefined ? [] : [matterWrite(tables.twins, commit.matter)]),
  ...commit.alerts.flatMap((write) => alertWrites(tables.records, write)),
];

async function transitionsOf(client: DynamoDBClient, table: string, alertId: AlertId): Promise<Transition[]> {
  const all: Transition[] = [];
  let start: Item | undefined;
  try {
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': { S: alertKey(alertId) }, ':prefix': { S: 'T#' } },
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items ?? []) all.push(Transition.parse(JSON.parse(text(item, 'doc'))));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return all;
  } catch (error) {
    throw toAdapterError('read the transitions of an alert', error);
  }
}

async function storedMatter(
  client: DynamoDBClient,
  table: string,
  ruleId: string,
  subjectId: string,
): Promise<StoredMatter | undefined> {
  let item: Item | undefined;
  try {
    const answer = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { id: { S: matterKey(ruleId, subjectId) } },
        ConsistentRead: true,
      }),
    );
    item = answer.Item;
  } catch (error) {
    throw toAdapterError('read a guarded matter', error);
  }
  return item === undefined ? undefined : matterIn(item, ruleId, subjectId);
}

/** The guard that `item` holds. */
export function matterIn(item: Item, ruleId: string, subjectId: string): StoredMatter {
  const dueAt = optionalNumber(item, 'dueAt');
  const alertId = item['alertId']?.S;
  return {
    ruleId,
    subjectId,
    version: number(item, 'version'),
    alertId: alertId === undefined ? undefined : AlertId.parse(alertId),
    alertVersion: number(item, 'alertVersion'),
    state: item['members']?.S,
    lastAt: Instant.parse(number(item, 'lastAt')),
    dueAt: dueAt === undefined ? undefined : Instant.parse(dueAt),
  };
}
