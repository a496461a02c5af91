/** The clients of AWS. Region, credentials and a local endpoint (`AWS_ENDPOINT_URL`) come from the environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type PutObject, signedS3Put } from '../adapters/s3/signed-put.ts';

/** Connections kept to one service: more than a batch needs at a time. */
const socketsMax = 50;

/**
 * For every client: fails fast enough that another try still fits the function's time, and keeps its TLS connection
 * between calls, because a handshake costs more than the call.
 */
const shared = {
  maxAttempts: 3,
  retryMode: 'standard',
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: true, maxSockets: socketsMax },
  },
};

export const dynamoClient = (): DynamoDBClient => new DynamoDBClient(shared);

/** The queue's URL names the queue, not where to call: local platforms hand out one that cannot be called. */
export const sqsClient = (): SQSClient => new SQSClient({ ...shared, useQueueUrlAsEndpoint: false });

export const snsClient = (): SNSClient => new SNSClient(shared);

export const firehoseClient = (): FirehoseClient => new FirehoseClient(shared);

export const iotClient = (): IoTClient => new IoTClient(shared);

export const iotDataClient = (): IoTDataPlaneClient => new IoTDataPlaneClient(shared);

/** S3's one operation here, with region, credentials and hash of a client that is there anyway. */
export async function s3Put(bucket: string, { config }: DynamoDBClient): Promise<PutObject> {
  return signedS3Put({
    bucket,
    region: await config.region(),
    endpoint: process.env['AWS_ENDPOINT_URL'],
    credentials: config.credentials,
    sha256: config.sha256,
  });
}
