import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { concurrencyMax } from '../limits.ts';
import type { Stateful } from '../stacks/stateful.ts';
import { canaryTopic } from '../topics.ts';
import { allowArchive, allowDrain, allowItems, allowSend } from './allow.ts';
import { dueIndexName, undecidedIndexName } from './tables.ts';
import { TocsinFunction, type TocsinFunctionProps } from './tocsin-function.ts';

export interface SweepProps extends Omit<TocsinFunctionProps, 'environment'> {
  readonly stateful: Stateful;
}

/** Does what time alone must cause: a tick every five seconds, one at a time. */
export function sweep(scope: Construct, id: string, props: SweepProps): TocsinFunction {
  const { tables, queues, archive, alerts } = props.stateful;
  const { stage } = props.config;
  const made = new TocsinFunction(scope, id, 'sweep', {
    ...props,
    environment: {
      TWINS_TABLE_NAME: tables.twins.tableName,
      RECORDS_TABLE_NAME: tables.records.tableName,
      ARCHIVE_STREAM_NAME: archive.stream.ref,
      ARCHIVE_QUEUE_URL: queues.archive.queue.queueUrl,
      TICKS_QUEUE_URL: queues.ticks.queue.queueUrl,
      ALERTS_TOPIC_ARN: alerts.topic.topicArn,
      CANARY_TOPIC: canaryTopic(stage),
    },
  });
  const { role, fn } = made;
  allowItems(role, tables.twins, ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'], dueIndexName);
  allowItems(
    role,
    tables.records,
    // Query, versions and lists are for changes of limits, which sweep takes to the devices that they touch; Query is
    // also for how many devices an enterprise, an area or the fleet has.
    ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    undecidedIndexName,
  );
  allowArchive(role, archive.stream);
  allowDrain(role, queues.archive.queue);
  allowSend(role, queues.ticks.queue);
  alerts.topic.grantPublish(role);
  role.addToPolicy(
    new PolicyStatement({
      actions: ['iot:Publish'],
      resources: [
        Stack.of(scope).formatArn({
          service: 'iot',
          resource: 'topic',
          resourceName: canaryTopic(stage),
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        }),
      ],
    }),
  );
  fn.addEventSource(
    new SqsEventSource(queues.ticks.queue, {
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency: concurrencyMax.ticks,
    }),
  );
  return made;
}
