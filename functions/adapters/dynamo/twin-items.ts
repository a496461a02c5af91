import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../../domain/time.ts';
import type { MatterWrite, TwinWrite } from '../../usecases/ports/alerts.ts';
import type { FanOutWrite } from '../../usecases/ports/fan-out.ts';
import { deviceKey, dueShardOf, fanOutKey, matterKey } from './keys.ts';

/** The conditional write of one item of Twins; the deadline's index keys come and go with `dueAt`. */
function versioned(
  table: string,
  id: string,
  expectedVersion: number,
  dueAt: Instant | undefined,
  set: Readonly<Record<string, { S: string } | { N: string } | { B: Uint8Array }>>,
) {
  const all = {
    ...set,
    version: { N: String(expectedVersion + 1) },
    ...(dueAt === undefined ? {} : { dueAt: { N: String(dueAt) }, dueShard: { S: dueShardOf(id) } }),
  };
  const names = Object.keys(all);
  const assignments = names.map((name) => `#${name} = :${name}`).join(', ');
  const removal = dueAt === undefined ? ' REMOVE #dueAt, #dueShard' : '';
  const removed = dueAt === undefined ? { '#dueAt': 'dueAt', '#dueShard': 'dueShard' } : {};
  const isNew = expectedVersion === 0;
  return {
    TableName: table,
    Key: { id: { S: id } },
    UpdateExpression: `SET ${assignments}${removal}`,
    ConditionExpression: isNew ? 'attribute_not_exists(id)' : '#version = :expected',
    ExpressionAttributeNames: { ...Object.fromEntries(names.map((name) => [`#${name}`, name])), ...removed },
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`:${name}`, value])),
      ...(isNew ? {} : { ':expected': { N: String(expectedVersion) } }),
    },
  };
}

export const twinUpdate = (table: string, write: TwinWrite) =>
  versioned(table, deviceKey(write.deviceId), write.expectedVersion, write.dueAt, {
    state: { B: write.bytes },
  });

export const twinWrite = (table: string, write: TwinWrite): TransactWriteItem => ({
  Update: twinUpdate(table, write),
});

export const matterWrite = (table: string, write: MatterWrite): TransactWriteItem => ({
  Update: versioned(table, matterKey(write.ruleId, write.subjectId), write.expectedVersion, write.dueAt, {
    ...(write.alertId === undefined ? {} : { alertId: { S: write.alertId } }),
    ...(write.state === undefined ? {} : { members: { S: write.state } }),
    alertVersion: { N: String(write.alertVersion) },
    lastAt: { N: String(write.lastAt) },
  }),
});

export const fanOutUpdate = (table: string, { fanOut, expectedVersion, dueAt }: FanOutWrite) =>
  versioned(table, fanOutKey(fanOut.id), expectedVersion, dueAt, { doc: { S: JSON.stringify(fanOut) } });

export const fanOutWrite = (table: string, write: FanOutWrite): TransactWriteItem => ({
  Update: fanOutUpdate(table, write),
});
