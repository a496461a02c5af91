import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { batchSizeMax } from '../limits.ts';
import type { Stateful } from '../stacks/stateful.ts';
import { allowItems } from './allow.ts';
import { TocsinFunction, type TocsinFunctionProps } from './tocsin-function.ts';

export interface NotifyProps extends Omit<TocsinFunctionProps, 'environment'> {
  readonly stateful: Stateful;
}

/** Sort keys of transitions in Records. */
const transitionPrefix = 'T#';

/**
 * Correlates each transition once it is in the stream, and publishes it.
 *
 * A record that fails is tried three times more, alone, for at most a minute, and then put aside: it must not hold its
 * shard, and `sweep` publishes whatever has no decision after 30 s.
 */
export function notify(scope: Construct, id: string, props: NotifyProps): TocsinFunction {
  const { tables, queues, alerts } = props.stateful;
  const made = new TocsinFunction(scope, id, 'notify', {
    ...props,
    environment: {
      TWINS_TABLE_NAME: tables.twins.tableName,
      RECORDS_TABLE_NAME: tables.records.tableName,
      ALERTS_TOPIC_ARN: alerts.topic.topicArn,
    },
  });
  // A correlation is a guard item of Twins, committed with its alert.
  allowItems(made.role, tables.twins, ['GetItem', 'UpdateItem']);
  // Whether an alert that a correlation may have forgotten is over, its transitions say.
  allowItems(made.role, tables.records, [
    'BatchGetItem',
    'DeleteItem',
    'GetItem',
    'PutItem',
    'Query',
    'UpdateItem',
  ]);
  alerts.topic.grantPublish(made.role);
  tables.records.grantStreamRead(made.role);
  made.fn.addEventSourceMapping('Transitions', {
    ...(tables.records.tableStreamArn === undefined ? {} : { eventSourceArn: tables.records.tableStreamArn }),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: batchSizeMax,
    parallelizationFactor: 10,
    retryAttempts: 3,
    maxRecordAge: Duration.seconds(60),
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(queues.failedTransitions),
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(transitionPrefix) } } },
      }),
    ],
  });
  return made;
}
