import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { Alert, Transition } from '../../domain/alerts/alert.ts';
import { AlertId } from '../../domain/ids.ts';
import { Instant } from '../../domain/time.ts';
import type { AlertStore, Commit, StoredMatter } from '../../usecases/ports/alerts.ts';
import { toAdapterError } from '../aws-errors.ts';
import { alertWrites } from './alert-items.ts';
import { listAlerts } from './alert-list.ts';
import { number, optionalNumber, text } from './attributes.ts';
import { alertKey, matterKey } from './keys.ts';
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
    try {
      const Keys = [...new Set(alertIds)].map((id) => ({ pk: { S: alertKey(id) }, sk: { S: 'ALERT' } }));
      const page = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tables.records]: { Keys, ConsistentRead: true } } }),
      );
      if (Object.keys(page.UnprocessedKeys ?? {}).length > 0) throw new Error('keys were left unprocessed');
      const alerts = (page.Responses?.[tables.records] ?? []).map(alertOf);
      return new Map(alerts.map((alert) => [alert.alertId, alert]));
    } catch (error) {
      throw toAdapterError('read alerts', error);
    }
  };

  return {
    getMany,
    get: async (alertId) => (await getMany([alertId])).get(alertId),
    transitions: (alertId) => transitionsOf(client, tables.records, alertId),
    list: (filter, limit, from) => listAlerts(client, tables.records, getMany, filter, limit, from),
    matter: (ruleId, subjectId) => storedMatter(client, tables.twins, ruleId, subjectId),
    commit: async (commit) => {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: writesOf(tables, commit) }));
        return 'committed';
      } catch (error) {
        if (error instanceof TransactionCanceledException && isRace(error)) return 'conflict';
        throw toAdapterError('commit alerts', error);
      }
    },
  };
}

const alertOf = (item: Item): Alert => Alert.parse(JSON.parse(text(item, 'doc')));

/** A lost race, as against a table that refuses for its own reasons. */
function isRace(error: TransactionCanceledException): boolean {
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  const races = ['ConditionalCheckFailed', 'TransactionConflict'];
  return (
    codes.some((code) => races.includes(code)) &&
    codes.every((code) => code === 'None' || races.includes(code))
  );
}

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
  if (item === undefined) return undefined;
  const dueAt = optionalNumber(item, 'dueAt');
  return {
    ruleId,
    subjectId,
    version: number(item, 'version'),
    alertId: AlertId.parse(text(item, 'alertId')),
    alertVersion: number(item, 'alertVersion'),
    lastAt: Instant.parse(number(item, 'lastAt')),
    dueAt: dueAt === undefined ? undefined : Instant.parse(dueAt),
  };
}
