/** How the use cases of `notify` are joined to AWS. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import type * as z from 'zod';
import { dynamoAlertStore } from '../adapters/dynamo/alert-store.ts';
import { dynamoNotificationLog } from '../adapters/dynamo/notification-log.ts';
import { snsNotifier } from '../adapters/sns/notifier.ts';
import type { RuleBook } from '../domain/rules/book.ts';
import { correlationsOf } from '../domain/rules/correlate/correlations.ts';
import { notifyHandler } from '../handlers/notify.ts';
import { correlateTransition } from '../usecases/correlate/correlate-transition.ts';
import { notifyBatch } from '../usecases/notify-batch.ts';
import { notifyTransition } from '../usecases/notify-transition.ts';
import type { Observer } from '../usecases/ports/observer.ts';
import type { Clock } from '../usecases/ports/time.ts';
import type { NotifyEnv } from './env.ts';

export interface NotifyParts {
  readonly dynamo: DynamoDBClient;
  readonly sns: SNSClient;
  readonly book: RuleBook;
  readonly observer: Observer;
  readonly clock: Clock;
}

/** The handler of `notify` over these clients. */
export function wireNotify(env: z.infer<typeof NotifyEnv>, parts: NotifyParts) {
  const { dynamo, sns, book, observer, clock } = parts;
  const tables = { twins: env.TWINS_TABLE_NAME, records: env.RECORDS_TABLE_NAME };
  const alerts = dynamoAlertStore(dynamo, tables);
  const notify = notifyTransition({
    alertOf: alerts.get,
    log: dynamoNotificationLog(dynamo, tables.records),
    correlate: correlateTransition({ alerts, clock, correlations: correlationsOf(book.correlations) }),
    notifier: snsNotifier(sns, env.ALERTS_TOPIC_ARN),
    observer,
    clock,
    source: `urn:tocsin:${env.STAGE}`,
  });
  return notifyHandler(notifyBatch(notify, observer), observer);
}
