import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { ownMetric } from '../metrics.ts';
import type { Stateful } from '../stacks/stateful.ts';
import { serviceMetric } from './alarms.ts';
import type { Functions } from './watch-functions.ts';
import { deadLetterQueues, depth, oldestMessageAge, workQueues } from './watch-queues.ts';
import { canaryArrived } from './watch-services.ts';

/** One page: does the city's data arrive, is it evaluated in time, and do people hear of it. */
export function dashboard(
  scope: Construct,
  id: string,
  stateful: Stateful,
  functions: Functions,
  stage: string,
): Dashboard {
  const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8, height: 6 });
  const perFunction = (metricName: string, statistic: string = Stats.SUM) =>
    Object.values(functions).map((fn) =>
      serviceMetric('AWS/Lambda', metricName, { FunctionName: fn.functionName }, statistic),
    );
  const { alerts } = stateful;
  const published = (metricName: string) =>
    serviceMetric('AWS/SNS', metricName, { TopicName: alerts.topic.topicName });

  return new Dashboard(scope, id, {
    widgets: [
      [
        graph('Canary', [canaryArrived(stage), ownMetric(stage, 'sweep', 'CanarySkipped')]),
        graph('Age of the watermark, ms', [
          ownMetric(stage, 'sweep', 'WatermarkAge').with({ statistic: 'max' }),
        ]),
        graph('Oldest message, s', Object.values(workQueues(stateful)).map(oldestMessageAge)),
      ],
      [
        graph('Published alerts', [
          published('NumberOfMessagesPublished'),
          published('NumberOfNotificationsDelivered'),
          published('NumberOfNotificationsFailed'),
        ]),
        graph('Commit to publish, ms', [
          ownMetric(stage, 'notify', 'NotificationDelay').with({ statistic: 'p99' }),
          ownMetric(stage, 'sweep', 'NotificationDelay').with({ statistic: 'p99' }),
        ]),
        graph('Dead letters', Object.values(deadLetterQueues(stateful)).map(depth)),
      ],
      [
        graph('Errors', perFunction('Errors')),
        graph('Duration p99, ms', perFunction('Duration', 'p99')),
        graph('Throttles', perFunction('Throttles')),
      ],
    ],
  });
}
