import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { OverrideScope } from '../../domain/telemetry/overrides.ts';
import { Instant, instant } from '../../domain/time.ts';
import type { FanOut, FanOutStore } from '../../usecases/ports/fan-out.ts';
import { toAdapterError } from '../aws-errors.ts';
import { number, optionalNumber, text } from './attributes.ts';
import { batchGet } from './batch-get.ts';
import { fanOutKey } from './keys.ts';
import { fanOutUpdate } from './twin-items.ts';

const StoredFanOut: z.ZodType<FanOut> = z.strictObject({
  id: z.string(),
  scope: OverrideScope,
  after: z.string().optional(),
  pass: z.literal([1, 2]),
  by: z.string(),
  at: Instant,
  reason: z.string(),
});

/** Fan-outs in the table Twins, beside what else falls due. */
export const dynamoFanOutStore = (client: DynamoDBClient, table: string): FanOutStore => ({
  get: async (id) => {
    const [item] = await batchGet(client, table, [{ id: { S: fanOutKey(id) } }], 'read a fan-out');
    if (item === undefined) return undefined;
    const dueAt = optionalNumber(item, 'dueAt');
    return {
      fanOut: StoredFanOut.parse(JSON.parse(text(item, 'doc'))),
      version: number(item, 'version'),
      dueAt: dueAt === undefined ? undefined : instant(dueAt),
    };
  },
  write: async (write) => {
    try {
      await client.send(new UpdateItemCommand(fanOutUpdate(table, write)));
      return 'committed';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'conflict';
      throw toAdapterError('write a fan-out', error);
    }
  },
});
