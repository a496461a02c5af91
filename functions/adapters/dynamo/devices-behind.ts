import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeviceId } from '../../domain/ids.ts';
import type { DevicesBehind } from '../../usecases/silence/gateway-root.ts';
import { listOfGateway } from './inventory-items.ts';
import { page } from './inventory-read.ts';

/** Reads the inventory's list of a gateway in the table Records: one query. */
export const dynamoDevicesBehind =
  (client: DynamoDBClient, table: string): DevicesBehind =>
  async (gateway, max) => {
    const { sorts } = await page(client, table, { partition: listOfGateway(gateway), limit: max });
    return sorts.map((sort) => DeviceId.parse(sort));
  };
