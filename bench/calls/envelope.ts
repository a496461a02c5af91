/** Messages as the topic rule hands them to the queue, and batches as Lambda hands them to the function. */
import { randomUUID } from 'node:crypto';

/** What the broker adds to a device's bytes; a certificate's id is 64 characters. */
export const envelopeOf = (deviceId: string, bytes: Uint8Array, receivedAt: number) => ({
  data: Buffer.from(bytes).toString('base64'),
  topic: `tocsin/v1/${deviceId}/senml`,
  clientId: deviceId,
  principal: 'c'.repeat(64),
  receivedAt,
  id: randomUUID(),
});

/** The canary's message for the instant `at`. */
export const canaryEnvelope = (at: number, receivedAt: number) => ({
  ...envelopeOf('-', Buffer.from(JSON.stringify({ at })), receivedAt),
  topic: 'tocsin/v1/-/canary',
  clientId: 'n/a',
  principal: 'n/a',
});

/** A batch of the queue with these bodies. */
export const sqsEvent = (bodies: readonly unknown[], queueName: string) => ({
  Records: bodies.map((body) => ({
    messageId: randomUUID(),
    receiptHandle: 'receipt',
    body: JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.now()),
      SenderId: 'bench',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queueName}`,
    awsRegion: 'us-east-1',
  })),
});
