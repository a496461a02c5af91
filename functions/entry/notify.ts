/** What Lambda loads for `notify`. */
import { systemClock } from '../adapters/clock.ts';
import { dynamoNotificationLog } from '../adapters/dynamo/notification-log.ts';
import { snsNotifier } from '../adapters/sns/notifier.ts';
import { observed } from '../handlers/middleware.ts';
import { notifyHandler } from '../handlers/notify.ts';
import { notifyBatch } from '../usecases/notify-batch.ts';
import { notifyTransition } from '../usecases/notify-transition.ts';
import { dynamoClient, snsClient } from './clients.ts';
import { NotifyEnv } from './env.ts';
import { instruments } from './instruments.ts';

const env = NotifyEnv.parse(process.env);
const tools = instruments();

const notify = notifyTransition({
  log: dynamoNotificationLog(dynamoClient(), env.RECORDS_TABLE_NAME),
  notifier: snsNotifier(snsClient(), env.ALERTS_TOPIC_ARN),
  observer: tools.observer,
  clock: systemClock,
  source: `urn:tocsin:${env.STAGE}`,
});

export const handler = observed(tools, notifyHandler(notifyBatch(notify, tools.observer), tools.observer));
