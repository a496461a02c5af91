import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { ownMetric } from '../metrics.ts';
import type { Stateful } from '../stacks/stateful.ts';
import { telemetryRuleName } from '../topics.ts';
import { type Alarms, serviceMetric } from './alarms.ts';

/** Seconds that a message may lie in the archive's stream. */
export const archiveDelaySecondsMax = 900;

/** The metric of our own message's arrival, emitted by ingest. */
export const canaryArrived = (stage: string) => ownMetric(stage, 'ingest', 'CanaryArrived');

/** Calls people when the canary stays away or a service in the way of a reading says that it fails. */
export function watchServices(alarms: Alarms, stateful: Stateful, api: HttpApi, stage: string): void {
  alarms.add('CanaryAbsent', {
    metric: canaryArrived(stage),
    threshold: 1,
    whenBelow: true,
    description: 'No canary arrived for a minute: nobody knows whether the city is watched.',
  });
  const { alerts, rejected, operations } = stateful;
  alarms.add('AlertsNotDelivered', {
    metric: topicMetric(alerts.topic.topicName, 'NumberOfNotificationsFailed'),
    threshold: 0,
    description: 'A subscriber of alerts could not be reached.',
  });
  alarms.add('OperationsNotDelivered', {
    metric: topicMetric(operations.topic.topicName, 'NumberOfNotificationsFailed'),
    threshold: 0,
    description: 'A subscriber of operations could not be reached.',
  });
  alarms.add('RuleFailed', {
    metric: topicMetric(rejected.topic.topicName, 'NumberOfMessagesPublished'),
    threshold: 0,
    description: 'The topic rule could not hand messages to telemetry; ingest takes them from rejected.',
  });
  alarms.add('RuleThrottled', {
    metric: serviceMetric('AWS/IoT', 'RuleMessageThrottled', { RuleName: telemetryRuleName(stage) }),
    threshold: 0,
    description: 'The broker drops messages before the rule. Raise the quota of inbound messages.',
  });
  alarms.add('ArchiveDelay', {
    metric: serviceMetric(
      'AWS/Firehose',
      'DeliveryToS3.DataFreshness',
      { DeliveryStreamName: stateful.archive.stream.ref },
      Stats.MAXIMUM,
    ),
    threshold: archiveDelaySecondsMax,
    description: 'The archive does not reach its bucket. Once it does: tocsin verify-archive',
  });
  alarms.add('HttpServerErrors', {
    metric: serviceMetric('AWS/ApiGateway', '5xx', { ApiId: api.apiId }),
    threshold: 0,
    description: 'The API answered with an error of its own.',
  });
  watchTable(alarms, 'Twins', stateful.tables.twins);
  watchTable(alarms, 'Records', stateful.tables.records);
}

const topicMetric = (topicName: string, metricName: string) =>
  serviceMetric('AWS/SNS', metricName, { TopicName: topicName });

function watchTable(alarms: Alarms, name: string, table: TableV2): void {
  for (const metricName of ['ReadThrottleEvents', 'WriteThrottleEvents']) {
    alarms.add(`${name}${metricName}`, {
      metric: serviceMetric('AWS/DynamoDB', metricName, { TableName: table.tableName }),
      threshold: 0,
      minutes: 3,
      description: `${name}: the table holds calls back for three minutes.`,
    });
  }
}
