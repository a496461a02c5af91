/** How the use cases of `sweep` are joined to AWS. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type * as z from 'zod';
import { dynamoAlertStore } from '../adapters/dynamo/alert-store.ts';
import { dynamoDeviceCount } from '../adapters/dynamo/count-devices.ts';
import { dynamoDevicesBehind } from '../adapters/dynamo/devices-behind.ts';
import { dynamoFanOutStore } from '../adapters/dynamo/fan-out-store.ts';
import { dynamoInventoryStore } from '../adapters/dynamo/inventory-store.ts';
import { dynamoNotificationLog } from '../adapters/dynamo/notification-log.ts';
import { dynamoTickStore } from '../adapters/dynamo/ticks-store.ts';
import { dynamoTwinStore } from '../adapters/dynamo/twin-store.ts';
import { dynamoWatermarkStore } from '../adapters/dynamo/watermark-store.ts';
import { firehoseArchiveStream } from '../adapters/firehose/archive-stream.ts';
import { iotCanaryPublisher } from '../adapters/iot/canary-publisher.ts';
import { snsNotifier } from '../adapters/sns/notifier.ts';
import { sqsDrainableQueue, sqsQueue } from '../adapters/sqs/queue.ts';
import type { RuleBook } from '../domain/rules/book.ts';
import { correlationsOf } from '../domain/rules/correlate/correlations.ts';
import { sweepHandler } from '../handlers/sweep.ts';
import { advanceCorrelation } from '../usecases/correlate/advance-correlation.ts';
import { correlateTransition } from '../usecases/correlate/correlate-transition.ts';
import { deviceRulesOf } from '../usecases/device-session.ts';
import { initialTwin } from '../usecases/inventory/initial-twin.ts';
import { continueFanOut } from '../usecases/limits/fan-out.ts';
import { notifyTransition } from '../usecases/notify-transition.ts';
import type { Observer } from '../usecases/ports/observer.ts';
import type { Clock } from '../usecases/ports/time.ts';
import { raiseMatter, recoverMatter } from '../usecases/standing-matter.ts';
import { drainArchive } from '../usecases/sweep/drain-archive.ts';
import { judgeTelemetry } from '../usecases/sweep/judge-telemetry.ts';
import { notifyUndecided } from '../usecases/sweep/notify-undecided.ts';
import { planTicks } from '../usecases/sweep/plan-ticks.ts';
import { runTicks } from '../usecases/sweep/run-ticks.ts';
import { sendCanary } from '../usecases/sweep/send-canary.ts';
import { sweepDevices } from '../usecases/sweep-devices.ts';
import type { SweepEnv } from './env.ts';

export interface SweepParts {
  readonly dynamo: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly firehose: FirehoseClient;
  readonly iot: IoTDataPlaneClient;
  readonly book: RuleBook;
  readonly observer: Observer;
  readonly clock: Clock;
}

/** The handler of `sweep` over these clients. */
export function wireSweep(env: z.infer<typeof SweepEnv>, given: SweepParts) {
  const { dynamo, sqs, sns, firehose, iot, book, observer, clock } = given;
  const tables = { twins: env.TWINS_TABLE_NAME, records: env.RECORDS_TABLE_NAME };
  const shared = { observer, clock };
  const alerts = dynamoAlertStore(dynamo, tables);
  const watermark = dynamoWatermarkStore(dynamo, tables.twins);
  const ticks = dynamoTickStore(dynamo, tables.twins);
  const log = dynamoNotificationLog(dynamo, tables.records);
  const standing = { ...shared, alerts };
  const correlating = { ...standing, correlations: correlationsOf(book.correlations), retired: book.retired };

  const notify = notifyTransition({
    ...shared,
    log,
    correlate: correlateTransition(correlating),
    alertOf: alerts.get,
    notifier: snsNotifier(sns, env.ALERTS_TOPIC_ARN),
    source: `urn:tocsin:${env.STAGE}`,
  });

  const twins = dynamoTwinStore(dynamo, tables);
  const rulesOf = deviceRulesOf(book);
  const limits = {
    ...shared,
    twins,
    inventory: dynamoInventoryStore(dynamo, tables),
    fanOuts: dynamoFanOutStore(dynamo, tables.twins),
    initialTwin: initialTwin(rulesOf),
  };

  const parts = {
    devices: sweepDevices({
      ...standing,
      twins,
      countDevices: dynamoDeviceCount(dynamo, tables.records),
      devicesBehind: dynamoDevicesBehind(dynamo, tables.records),
      book,
      rulesOf,
      fanOut: (id) => continueFanOut(limits, id),
      correlations: { watermark, advance: advanceCorrelation(correlating) },
    }),
    notifications: notifyUndecided({ ...shared, log, notify }),
    archive: drainArchive({
      ...shared,
      stream: firehoseArchiveStream(firehose, env.ARCHIVE_STREAM_NAME),
      queue: sqsDrainableQueue(sqs, env.ARCHIVE_QUEUE_URL),
    }),
    telemetry: judgeTelemetry({
      ...shared,
      watermark,
      raise: (event) => raiseMatter(standing, event),
      recover: (event) => recoverMatter(standing, event),
    }),
    canary: sendCanary({
      ...shared,
      watermark,
      publisher: iotCanaryPublisher(iot, env.CANARY_TOPIC),
    }),
  };
  return sweepHandler({
    ...shared,
    planTicks: planTicks({ ...shared, ticks, queue: sqsQueue(sqs, env.TICKS_QUEUE_URL) }),
    runTicks: runTicks({ ...shared, ticks, parts }),
  });
}
