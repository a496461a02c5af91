import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** When people are called. */
export interface AlarmProps {
  readonly metric: IMetric;
  readonly description: string;
  /** Breached above this; with `whenBelow` below it. */
  readonly threshold: number;
  readonly minutes?: number;
  readonly whenBelow?: boolean;
}

/** Alarms that all go to the topic of operations. */
export class Alarms extends Construct {
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, topic: Topic) {
    super(scope, id);
    this.action = new SnsAction(topic);
  }

  /** Calls people when `metric` is beyond its threshold; only an absence alarm reads silence as a breach. */
  add(id: string, props: AlarmProps): Alarm {
    const alarm = new Alarm(this, id, {
      metric: props.metric,
      alarmDescription: props.description,
      threshold: props.threshold,
      evaluationPeriods: props.minutes ?? 1,
      comparisonOperator: props.whenBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: props.whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
    return alarm;
  }
}

/** A metric of an AWS service over one minute. */
export function serviceMetric(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
  statistic: string = Stats.SUM,
): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic, period: Duration.minutes(1) });
}
