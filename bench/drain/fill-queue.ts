/** The queue after an hour in which nobody took anything out of it: each message with the time at which the broker had it. */
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { envelopeOf } from '../calls/envelope.ts';
import type { BenchCity } from '../city.ts';
import { bytesOf, type WaitingPack } from './hour.ts';

/** Most messages of one call of SQS, and calls at a time. */
const batchMax = 10;
const lanes = 2;

/**
 * Puts the packs into the queue of telemetry as the topic rule does. They can be taken from `openAt` on, all at once:
 * filling takes its time, and the functions must not begin meanwhile.
 */
export async function fillQueue(
  { sqs, platform }: BenchCity,
  packs: readonly WaitingPack[],
  boot: string,
  openAt: number,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(packs.length / batchMax) }, (_, number) =>
    packs.slice(number * batchMax, (number + 1) * batchMax),
  );
  const lane = async (): Promise<void> => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const waitSeconds = Math.ceil((openAt - Date.now()) / 1000);
      if (waitSeconds <= 0) throw new Error('filling the queue took too long: ask for a smaller --count');
      const { Failed = [] } = await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: platform.outputs.TelemetryQueueUrl,
          Entries: batch.map((pack, position) => ({
            Id: String(position),
            DelaySeconds: waitSeconds,
            MessageBody: JSON.stringify(envelopeOf(pack.deviceId, bytesOf(pack, boot), pack.at)),
          })),
        }),
      );
      if (Failed.length > 0) throw new Error(`the queue refused a message: ${Failed[0]?.Message}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
