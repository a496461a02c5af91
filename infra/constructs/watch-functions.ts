import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ownMetric } from '../metrics.ts';
import { type Alarms, serviceMetric } from './alarms.ts';
import type { FunctionName } from './bundle.ts';

export type Functions = Readonly<Record<FunctionName, LambdaFunction>>;

/** Age of a transition in the stream, in milliseconds, beyond which people are called. */
export const streamAgeMsMax = 30_000;

/** Minutes on end in which a tick finds transitions without decision before people are called: one tick decides on 100. */
export const undecidedMinutesMax = 5;

/** Minutes on end in which input is refused before people are called: one bad message is the device's own matter. */
export const quarantineMinutesMax = 15;

/** Failures that a use case counts itself, and what each means. */
const ownFailures: readonly (readonly [FunctionName, string, string])[] = [
  ['ingest', 'QuarantineFailed', 'Refused input could not be kept; its messages are tried again.'],
  ['notify', 'NotificationFailed', 'A transition could not be published; sweep tries again after 30 s.'],
  ['sweep', 'NotificationFailed', 'A transition could not be published by the second path either.'],
  [
    'notify',
    'CorrelationFailed',
    'A correlation could not take a transition in: a defect. The log says which.',
  ],
  [
    'sweep',
    'CorrelationFailed',
    'A correlation could not take a transition in on the second path: a defect.',
  ],
  ['sweep', 'SweepPartFailed', 'A part of a tick failed: deadlines, silence or drains may be late.'],
];

const title = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Calls people when a function fails, is held back, or says so itself. */
export function watchFunctions(alarms: Alarms, functions: Functions, stage: string): void {
  for (const [name, fn] of Object.entries(functions)) {
    const metric = (metricName: string) =>
      serviceMetric('AWS/Lambda', metricName, { FunctionName: fn.functionName });
    alarms.add(`${title(name)}Errors`, {
      metric: metric('Errors'),
      threshold: 0,
      description: `${name}: a call ended with an error. Its log says which; queues and the stream try again.`,
    });
    alarms.add(`${title(name)}Throttles`, {
      metric: metric('Throttles'),
      threshold: 0,
      minutes: 3,
      description: `${name}: calls are held back for three minutes. Raise the account's concurrency.`,
    });
  }
  alarms.add('StreamAge', {
    metric: serviceMetric(
      'AWS/Lambda',
      'IteratorAge',
      { FunctionName: functions.notify.functionName },
      Stats.MAXIMUM,
    ),
    threshold: streamAgeMsMax,
    description: 'Transitions wait in the stream; sweep publishes them all the same.',
  });
  alarms.add('TransitionsUndecided', {
    metric: ownMetric(stage, 'sweep', 'TransitionsUndecided'),
    threshold: 0,
    minutes: undecidedMinutesMax,
    description: 'Transitions stay without a decision: nobody may have heard of them. tocsin reconcile',
  });
  alarms.add('QuarantineGrows', {
    metric: ownMetric(stage, 'ingest', 'RecordsQuarantined'),
    threshold: 0,
    minutes: quarantineMinutesMax,
    description: 'Input is refused minute by minute. tocsin quarantine list says why.',
  });
  for (const [name, metricName, description] of ownFailures) {
    alarms.add(`${title(name)}${metricName}`, {
      metric: ownMetric(stage, name, metricName),
      threshold: 0,
      description,
    });
  }
}
