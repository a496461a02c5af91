/** How the use cases of `ingest` are joined to AWS. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { dynamoAlertStore } from '../adapters/dynamo/alert-store.ts';
import { dynamoShadowStore } from '../adapters/dynamo/shadow-store.ts';
import { dynamoTwinStore } from '../adapters/dynamo/twin-store.ts';
import { dynamoWatermarkStore } from '../adapters/dynamo/watermark-store.ts';
import { firehoseArchiveStream } from '../adapters/firehose/archive-stream.ts';
import { httpHeartbeat } from '../adapters/http/heartbeat.ts';
import { s3Quarantine } from '../adapters/s3/quarantine.ts';
import type { PutObject } from '../adapters/s3/signed-put.ts';
import { sqsQueue } from '../adapters/sqs/queue.ts';
import type { RuleBook } from '../domain/rules/book.ts';
import { ingestHandler } from '../handlers/ingest.ts';
import { archiveMessages } from '../usecases/archive-messages.ts';
import { recordCanary } from '../usecases/canary.ts';
import { deviceRulesOf } from '../usecases/device-session.ts';
import { ingestBatch } from '../usecases/ingest/batch.ts';
import type { Observer } from '../usecases/ports/observer.ts';
import type { Clock } from '../usecases/ports/time.ts';
import { followDevice } from '../usecases/shadow/follow-device.ts';
import type { IngestEnv } from './env.ts';

export interface IngestParts {
  readonly dynamo: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly firehose: FirehoseClient;
  /** Puts into the quarantine's bucket. */
  readonly putObject: PutObject;
  readonly book: RuleBook;
  /** Judged beside the live book; absent: none. */
  readonly candidate?: RuleBook | undefined;
  readonly observer: Observer;
  readonly clock: Clock;
}

/** The handler of `ingest` over these clients. */
export function wireIngest(env: z.infer<typeof IngestEnv>, parts: IngestParts) {
  const { dynamo, sqs, book, candidate, observer, clock } = parts;
  const tables = { twins: env.TWINS_TABLE_NAME, records: env.RECORDS_TABLE_NAME };
  const watermark = dynamoWatermarkStore(dynamo, env.TWINS_TABLE_NAME);
  const ingest = ingestBatch({
    clock,
    twins: dynamoTwinStore(dynamo, tables),
    alerts: dynamoAlertStore(dynamo, tables),
    book,
    rulesOf: deviceRulesOf(book),
    archive: archiveMessages(
      firehoseArchiveStream(parts.firehose, env.ARCHIVE_STREAM_NAME),
      sqsQueue(sqs, env.ARCHIVE_QUEUE_URL),
      observer,
    ),
    quarantine: s3Quarantine(parts.putObject),
    backlog: sqsQueue(sqs, env.BACKLOG_QUEUE_URL),
    observer,
    ...(candidate && {
      follow: followDevice({
        book: candidate,
        rulesOf: deviceRulesOf(candidate),
        store: dynamoShadowStore(dynamo, tables),
        observer,
        clock,
      }),
    }),
    recordCanary: recordCanary({ watermark, heartbeat: httpHeartbeat(env.HEARTBEAT_URL), observer, clock }),
  });
  const backlogName = env.BACKLOG_QUEUE_URL.split('/').at(-1);
  return ingestHandler(ingest, (arn) => (arn.split(':').at(-1) === backlogName ? 'backlog' : 'telemetry'));
}
