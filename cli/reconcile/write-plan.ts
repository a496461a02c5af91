/** A plan carried out: each step one or more transactions that hold only while nothing else has moved, audit included. */
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { transitionItem } from '../../functions/adapters/dynamo/alert-items.ts';
import { auditPut } from '../../functions/adapters/dynamo/audit-log.ts';
import {
  alertKey,
  matterKey,
  transitionKey,
  undecidedShardOf,
} from '../../functions/adapters/dynamo/keys.ts';
import { transact } from '../../functions/adapters/dynamo/transaction.ts';
import { matterWrite, twinWrite } from '../../functions/adapters/dynamo/twin-items.ts';
import type { Instant } from '../../functions/domain/time.ts';
import type { Decision } from '../../functions/usecases/ports/alerts.ts';
import type { Pace } from '../pace.ts';
import type { Added, AlertDraft } from './alert-draft.ts';
import type { Finding } from './finding.ts';
import { strayEntry } from './lists.ts';
import { type GuardDraft, guardName } from './mend-guards.ts';
import type { TwinDraft } from './mend-twins.ts';
import type { AlertStep, Plan } from './plan.ts';
import type { Tables } from './read-tables.ts';
import { checksOf, type Rests } from './rests.ts';
import type { ListEntry } from './snapshot.ts';

/** Writes of one transaction beside its check and its audit entry; DynamoDB takes 100. */
export const stepItemMax = 80;

export interface WriteParts {
  readonly dynamo: DynamoDBClient;
  readonly tables: Tables;
  /** Before each transaction. */
  readonly pace: Pace;
  readonly now: Instant;
  readonly by: string;
  readonly reason: string;
  readonly told?: ((done: number, all: number) => void) | undefined;
}

export interface Written {
  readonly written: number;
  /** Somebody else wrote first: the next look decides anew. */
  readonly conflicts: number;
}

interface Step {
  readonly findings: readonly Finding[];
  readonly subject: string;
  readonly transactions: readonly (readonly TransactWriteItem[])[];
}

/** @throws AdapterError; what was written stays, and the next plan goes on from it */
export async function writePlan(plan: Plan, parts: WriteParts): Promise<Written> {
  const steps = [
    ...plan.alerts.map((step) => alertStep(step, parts)),
    ...plan.strays.map((entry) => strayStep(entry, parts)),
    ...plan.guards.map((guard) => guardStep(guard, parts)),
    ...plan.twins.flatMap((twin) => twinStep(twin, parts)),
  ];
  let written = 0;
  let conflicts = 0;
  for (const [done, step] of steps.entries()) {
    if ((await writeStep(step, parts)) === 'committed') written++;
    else conflicts++;
    parts.told?.(done + 1, steps.length);
  }
  return { written, conflicts };
}

async function writeStep(
  { findings, subject, transactions }: Step,
  parts: WriteParts,
): Promise<'committed' | 'conflict'> {
  const { by, reason, now: at, dynamo, tables } = parts;
  const detail = Object.fromEntries(
    findings.slice(0, 5).map(({ kind, found }) => [kind, found.slice(0, 200)]),
  );
  const audit = {
    Put: auditPut(tables.records, { at, by, action: 'reconcile', target: subject, reason, detail }),
  };
  for (const [position, items] of transactions.entries()) {
    await parts.pace();
    const all = position === transactions.length - 1 ? [...items, audit] : [...items];
    if ((await transact(dynamo, all, `reconcile ${subject}`)) === 'conflict') return 'conflict';
  }
  return 'committed';
}

const versionIs = (stored: AlertDraft['stored']) =>
  stored === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(stored.version) } },
      };

function alertStep({ draft, lists, unindexed }: AlertStep, parts: WriteParts): Step {
  const { records } = parts.tables;
  const { stored, after, added, findings } = draft;
  const key = { pk: { S: alertKey(after.alertId) }, sk: { S: 'ALERT' } };
  const check: TransactWriteItem = { ConditionCheck: { TableName: records, Key: key, ...versionIs(stored) } };
  const put: TransactWriteItem = {
    Put: {
      TableName: records,
      Item: { ...key, version: { N: String(after.version) }, doc: { S: JSON.stringify(after) } },
      ...versionIs(stored),
    },
  };
  const early = [
    ...added.map((one) => transitionPut(records, one, parts.now)),
    ...unindexed.map(({ version, at }) => indexUpdate(records, draft, version, at)),
    ...lists.deletes.map(({ list, sort }) => listDelete(records, list, sort)),
  ];
  const late = lists.puts.map(({ item }) => ({ Put: { TableName: records, Item: item } }));
  const chunks: TransactWriteItem[][] = [];
  for (let from = 0; from < early.length; from += stepItemMax)
    chunks.push(early.slice(from, from + stepItemMax));
  const isLastFree = (chunks.at(-1)?.length ?? stepItemMax) + late.length <= stepItemMax;
  const last = isLastFree ? (chunks.pop() ?? []) : [];
  return {
    findings,
    subject: after.alertId,
    transactions: [
      ...chunks.map((items) => [check, ...items]),
      [stored?.version === after.version ? check : put, ...last, ...late],
    ],
  };
}

function transitionPut(table: string, { transition, isHeard }: Added, now: Instant): TransactWriteItem {
  const { undecidedShard, undecidedAt, ...item } = transitionItem(transition);
  const decision: Decision = { outcome: 'suppressed', reason: 'restored', at: now };
  const isOpen = isHeard && undecidedShard !== undefined && undecidedAt !== undefined;
  const state = isOpen
    ? { undecidedShard, undecidedAt }
    : { decision: { S: JSON.stringify(decision) }, decidedAt: { N: String(now) } };
  return {
    Put: { TableName: table, Item: { ...item, ...state }, ConditionExpression: 'attribute_not_exists(pk)' },
  };
}

const indexUpdate = (
  table: string,
  { after }: AlertDraft,
  version: number,
  at: number,
): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: { pk: { S: alertKey(after.alertId) }, sk: { S: transitionKey(version) } },
    UpdateExpression: 'SET undecidedShard = :shard, undecidedAt = :at',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(decidedAt)',
    ExpressionAttributeValues: { ':shard': { S: undecidedShardOf(after.alertId) }, ':at': { N: String(at) } },
  },
});

const listDelete = (table: string, list: string, sort: string): TransactWriteItem => ({
  Delete: { TableName: table, Key: { pk: { S: list }, sk: { S: sort } } },
});

/** Only while there still is no such alert. */
function strayStep(entry: ListEntry, { tables: { records } }: WriteParts): Step {
  const Key = { pk: { S: `ALERT#${entry.alertId}` }, sk: { S: 'ALERT' } };
  const check = {
    ConditionCheck: { TableName: records, Key, ConditionExpression: 'attribute_not_exists(pk)' },
  };
  return {
    findings: [strayEntry(entry)],
    subject: entry.alertId,
    transactions: [[check, listDelete(records, entry.list, entry.sort)]],
  };
}

function guardStep(guard: GuardDraft, parts: WriteParts): Step {
  const { twins } = parts.tables;
  const { after, stored, findings } = guard;
  const forgets = stored?.alertId !== undefined && after.alertId === undefined;
  const items = forgets ? forgetAlert(twins, guard) : matterWrite(twins, after);
  return { findings, subject: guardName(after), transactions: whileHolds(guard.rests, items, parts) };
}

function twinStep({ write, findings, rests }: TwinDraft, parts: WriteParts): readonly Step[] {
  if (write === undefined) return [];
  const item = twinWrite(parts.tables.twins, write);
  return [{ findings, subject: write.deviceId, transactions: whileHolds(rests, item, parts) }];
}

/** One write of `item` while all that it rests on holds; what is too much for one transaction is asked just before it. */
function whileHolds(rests: Rests, item: TransactWriteItem, { tables }: WriteParts): TransactWriteItem[][] {
  const chunks: TransactWriteItem[][] = [];
  const checks = checksOf(rests, tables.records);
  for (let from = 0; from < checks.length; from += stepItemMax)
    chunks.push(checks.slice(from, from + stepItemMax));
  return [...chunks.slice(0, -1), [...(chunks.at(-1) ?? []), item]];
}

const forgetAlert = (table: string, { after }: GuardDraft): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: { id: { S: matterKey(after.ruleId, after.subjectId) } },
    UpdateExpression: `SET #version = :next, alertVersion = :none${after.state === undefined ? '' : ', members = :state'} REMOVE alertId`,
    ConditionExpression: '#version = :expected',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: {
      ':next': { N: String(after.expectedVersion + 1) },
      ':none': { N: '0' },
      ':expected': { N: String(after.expectedVersion) },
      ...(after.state === undefined ? {} : { ':state': { S: after.state } }),
    },
  },
});
