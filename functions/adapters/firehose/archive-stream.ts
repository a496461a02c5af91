import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { ArchiveStream } from '../../usecases/ports/archive.ts';
import type { Handover } from '../../usecases/ports/messaging.ts';
import { codeOf } from '../aws-errors.ts';
import { batchesOf } from '../batches.ts';

/** Records in one call of Firehose. */
export const firehoseBatchCountMax = 500;

/** Bytes of one call of Firehose: 4 MiB. */
export const firehoseBatchBytesMax = 4 * 1024 * 1024;

/** The archive's delivery stream: one NDJSON line a record. */
export function firehoseArchiveStream(client: FirehoseClient, streamName: string): ArchiveStream {
  const limits = { countMax: firehoseBatchCountMax, bytesMax: firehoseBatchBytesMax };
  return {
    put: async (lines) => {
      const records = lines.map((line) => Buffer.from(`${line}\n`));
      const batches = batchesOf(records, (record) => record.length, limits);
      return (await Promise.all(batches.map((batch) => putBatch(client, streamName, batch)))).flat();
    },
  };
}

async function putBatch(
  client: FirehoseClient,
  streamName: string,
  records: readonly Buffer[],
): Promise<Handover[]> {
  try {
    const answer = await client.send(
      new PutRecordBatchCommand({
        DeliveryStreamName: streamName,
        Records: records.map((Data) => ({ Data })),
      }),
    );
    return records.map((_, position) => {
      const outcome = answer.RequestResponses?.[position];
      if (outcome?.RecordId !== undefined) return { ok: true };
      return { ok: false, problem: outcome?.ErrorCode ?? 'not-answered' };
    });
  } catch (error) {
    return records.map(() => ({ ok: false, problem: codeOf(error) }));
  }
}
