/** What Lambda loads for `notify`. */
import { systemClock } from '../adapters/clock.ts';
import { dynamoAlertStore } from '../adapters/dynamo/alert-store.ts';
import { dynamoNotificationLog } from '../adapters/dynamo/notification-log.ts';
import { bundledRuleBook } from '../adapters/rule-book/bundled.ts';
import { snsNotifier } from '../adapters/sns/notifier.ts';
import { correlationsOf } from '../domain/rules/correlate/correlations.ts';
import { observed } from '../handlers/middleware.ts';
import { notifyHandler } from '../handlers/notify.ts';
import { correlateTransition } from '../usecases/correlate/correlate-transition.ts';
import { notifyBatch } from '../usecases/notify-batch.ts';
import { notifyTransition } from '../usecases/notify-transition.ts';
import { dynamoClient, snsClient } from './clients.ts';
import { NotifyEnv } from './env.ts';
import { instruments } from './instruments.ts';

const env = NotifyEnv.parse(process.env);
const tools = instruments();
const dynamo = dynamoClient();
const tables = { twins: env.TWINS_TABLE_NAME, records: env.RECORDS_TABLE_NAME };

const alerts = dynamoAlertStore(dynamo, tables);

const notify = notifyTransition({
  alertOf: alerts.get,
  log: dynamoNotificationLog(dynamo, tables.records),
  correlate: correlateTransition({
    alerts,
    clock: systemClock,
    correlations: correlationsOf(bundledRuleBook().correlations),
  }),
  notifier: snsNotifier(snsClient(), env.ALERTS_TOPIC_ARN),
  observer: tools.observer,
  clock: systemClock,
  source: `urn:tocsin:${env.STAGE}`,
});

export const handler = observed(tools, notifyHandler(notifyBatch(notify, tools.observer), tools.observer));
