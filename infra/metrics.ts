import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from './constructs/bundle.ts';

/** Namespace of our own metrics. */
export const metricNamespace = 'Tocsin';

/** Value of the dimension `service`; the stage is in it, because one account may hold several. */
export const serviceName = (stage: string, name: FunctionName): string => `tocsin-${stage}-${name}`;

/** A sum over one minute of a metric that `name` emits. */
export function ownMetric(stage: string, name: FunctionName, metricName: string): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName,
    dimensionsMap: { service: serviceName(stage, name) },
    statistic: Stats.SUM,
    period: Duration.minutes(1),
  });
}
