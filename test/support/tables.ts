import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { dueIndex, undecidedIndex } from '../../functions/adapters/dynamo/keys.ts';

/** The real service that a contract suite is held to: LocalStack-compatible, DynamoDB Local or AWS; absent: memory only. */
export const endpoint = process.env['AWS_ENDPOINT_URL'];

export interface TestTables {
  readonly client: DynamoDBClient;
  readonly twins: string;
  readonly records: string;
  readonly remove: () => Promise<void>;
}

/** Two empty tables with the keys and indexes of the stack, under names of their own. */
export async function openTables(): Promise<TestTables> {
  const client = new DynamoDBClient({ region: process.env['AWS_REGION'] ?? 'us-east-1' });
  const suffix = randomUUID();
  const twins = `contract-twins-${suffix}`;
  const records = `contract-records-${suffix}`;
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const figure = (AttributeName: string) => ({ AttributeName, AttributeType: 'N' as const });
  const index = (IndexName: string, hash: string, range: string) => ({
    IndexName,
    KeySchema: [
      { AttributeName: hash, KeyType: 'HASH' as const },
      { AttributeName: range, KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  });
  await client.send(
    new CreateTableCommand({
      TableName: twins,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('id'), text('dueShard'), figure('dueAt')],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [index(dueIndex, 'dueShard', 'dueAt')],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: records,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [text('pk'), text('sk'), text('undecidedShard'), figure('undecidedAt')],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [index(undecidedIndex, 'undecidedShard', 'undecidedAt')],
    }),
  );
  for (const TableName of [twins, records])
    await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName });
  const remove = async () => {
    for (const TableName of [twins, records]) await client.send(new DeleteTableCommand({ TableName }));
    client.destroy();
  };
  return { client, twins, records, remove };
}
