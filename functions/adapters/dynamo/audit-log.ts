import { type DynamoDBClient, PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { sha256 } from '../../domain/ids.ts';
import { rfc3339 } from '../../domain/time.ts';
import type { AuditLog } from '../../usecases/ports/audit.ts';
import { toAdapterError } from '../aws-errors.ts';
import { text } from './attributes.ts';
import { everything } from './inventory-read.ts';

const partition = (day: string): string => `AUDIT#${day}`;

/** The put of an entry, for whoever writes it in one transaction with the deed. Its key is its content: twice is once. */
export function auditPut(table: string, entry: AuditEntry): NonNullable<TransactWriteItem['Put']> {
  const doc = JSON.stringify(AuditEntry.parse(entry));
  const at = rfc3339(entry.at);
  return {
    TableName: table,
    Item: {
      pk: { S: partition(at.slice(0, 10)) },
      sk: { S: `${at}#${sha256(doc).slice(0, 20)}` },
      doc: { S: doc },
    },
  };
}

/** The audit of tools, in the table Records: a partition a day. */
export const dynamoAuditLog = (client: DynamoDBClient, table: string): AuditLog => ({
  append: async (entry) => {
    try {
      await client.send(new PutItemCommand(auditPut(table, entry)));
    } catch (error) {
      throw toAdapterError('write audit', error);
    }
  },
  list: async (day) => {
    const items = await everything(client, table, partition(day));
    return items.map((item) => AuditEntry.parse(JSON.parse(text(item, 'doc'))));
  },
});
