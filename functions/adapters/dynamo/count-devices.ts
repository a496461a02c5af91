import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { CountDevices } from '../../usecases/silence/link-root.ts';
import { toAdapterError } from '../aws-errors.ts';
import { listOf } from './inventory-items.ts';

/** Counts the entries of the inventory's list of devices in the table Records; reads no device. */
export const dynamoDeviceCount =
  (client: DynamoDBClient, table: string): CountDevices =>
  async (scope, max) => {
    let count = 0;
    let from: Record<string, AttributeValue> | undefined;
    try {
      do {
        const { Count = 0, LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: listOf('device', scope) } },
            Select: 'COUNT',
            Limit: max - count,
            ExclusiveStartKey: from,
          }),
        );
        count += Count;
        from = LastEvaluatedKey;
      } while (from !== undefined && count < max);
      return count;
    } catch (error) {
      throw toAdapterError('count devices', error);
    }
  };
