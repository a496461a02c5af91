import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { batchSizeMax, concurrencyMax, telemetryWindow } from '../limits.ts';
import type { Stateful } from '../stacks/stateful.ts';
import { allowArchive, allowItems, allowPutObject, allowSend } from './allow.ts';
import { shadowBookName } from './bundle.ts';
import { TocsinFunction, type TocsinFunctionProps } from './tocsin-function.ts';

export interface IngestProps extends Omit<TocsinFunctionProps, 'environment'> {
  readonly stateful: Stateful;
}

/**
 * Takes what devices sent: fresh, from the backlog, and what the topic rule had to put aside.
 *
 * A message fails alone: its id is reported, the rest of the batch is done.
 */
export function ingest(scope: Construct, id: string, props: IngestProps): TocsinFunction {
  const { tables, queues, rejected, archive, quarantine } = props.stateful;
  const made = new TocsinFunction(scope, id, 'ingest', {
    ...props,
    environment: {
      TWINS_TABLE_NAME: tables.twins.tableName,
      RECORDS_TABLE_NAME: tables.records.tableName,
      ARCHIVE_STREAM_NAME: archive.stream.ref,
      ARCHIVE_QUEUE_URL: queues.archive.queue.queueUrl,
      BACKLOG_QUEUE_URL: queues.backlog.queue.queueUrl,
      QUARANTINE_BUCKET_NAME: quarantine.bucketName,
      SHADOW_BOOK: props.config.shadow === undefined ? '' : shadowBookName,
      HEARTBEAT_URL: props.config.heartbeatUrl ?? '',
    },
  });
  const { role, fn } = made;
  allowItems(role, tables.twins, ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem']);
  allowItems(role, tables.records, ['BatchGetItem', 'DeleteItem', 'PutItem']);
  allowArchive(role, archive.stream);
  allowPutObject(role, quarantine);
  allowSend(role, queues.archive.queue);
  allowSend(role, queues.backlog.queue);

  const source = { batchSize: batchSizeMax, reportBatchItemFailures: true };
  fn.addEventSource(
    new SqsEventSource(queues.telemetry.queue, {
      ...source,
      maxBatchingWindow: telemetryWindow,
      maxConcurrency: props.config.telemetryConcurrency,
    }),
  );
  fn.addEventSource(
    new SqsEventSource(queues.backlog.queue, { ...source, maxConcurrency: concurrencyMax.backlog }),
  );
  fn.addEventSource(
    new SqsEventSource(rejected.messages.queue, { ...source, maxConcurrency: concurrencyMax.rejected }),
  );
  return made;
}
