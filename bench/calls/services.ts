/** An emulator of the bench's own, plain, with the tables and queues that the functions are told of. */
import path from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import type { IngestEnv, NotifyEnv, SweepEnv } from '../../functions/entry/env.ts';
import type { Closer } from '../../local/platform/closer.ts';
import { startEmulator } from '../../local/platform/emulator.ts';
import { clientEnvironment } from '../../local/platform/environment.ts';
import { instanceFolder, localFolder } from '../../local/platform/paths.ts';
import { installEmulator } from '../../local/platform/venv.ts';
import { openTables, type TestTables } from '../../test/support/tables.ts';
import { tell } from '../report.ts';

export interface Services {
  readonly tables: TestTables;
  /** For a function's process: the platform, and the names of everything. */
  readonly env: NodeJS.ProcessEnv;
  readonly register: (registration: DeviceRegistration) => Promise<void>;
}

const name = 'bench';

/** What the functions measured here want of their environment. */
type Needed = Record<
  keyof typeof IngestEnv.shape | keyof typeof NotifyEnv.shape | keyof typeof SweepEnv.shape,
  string
>;

/** Starts the emulator in `.local/bench`; `closer` ends it. */
export async function startServices(basePython: string, closer: Closer): Promise<Services> {
  const folder = instanceFolder(path.join(localFolder, 'bench'));
  const python = await installEmulator(basePython, tell);
  tell('starting the emulator');
  const emulator = await startEmulator({ folder, python, plain: true }, () => undefined);
  await closer.defer(() => emulator.stop());
  const platform = clientEnvironment(emulator.endpoint);
  Object.assign(process.env, platform);
  const tables = await openTables();
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { TopicArn = '' } = await new SNSClient({}).send(new CreateTopicCommand({ Name: name }));
  await new S3Client({ forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: name }));
  await new FirehoseClient({}).send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: name,
      ExtendedS3DestinationConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        BucketARN: `arn:aws:s3:::${name}`,
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 300 },
      },
    }),
  );
  const own: Needed = {
    STAGE: name,
    TWINS_TABLE_NAME: tables.twins,
    RECORDS_TABLE_NAME: tables.records,
    ARCHIVE_STREAM_NAME: name,
    ARCHIVE_QUEUE_URL: QueueUrl,
    BACKLOG_QUEUE_URL: `${QueueUrl}-backlog`,
    TICKS_QUEUE_URL: QueueUrl,
    QUARANTINE_BUCKET_NAME: name,
    HEARTBEAT_URL: '',
    SHADOW_BOOK: '',
    ALERTS_TOPIC_ARN: TopicArn,
    CANARY_TOPIC: `$aws/rules/tocsin_${name}/tocsin/v1/-/canary`,
  };
  const env = {
    ...platform,
    ...own,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    POWERTOOLS_LOG_LEVEL: 'INFO',
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: name,
  };
  const register = async (registration: DeviceRegistration) => {
    const Item = {
      pk: { S: `DEV#${registration.deviceId}` },
      sk: { S: 'DEV' },
      version: { N: String(registration.version) },
      doc: { S: JSON.stringify(registration) },
    };
    await tables.client.send(new PutItemCommand({ TableName: tables.records, Item }));
  };
  return { tables, env, register };
}
