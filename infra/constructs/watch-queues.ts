import { type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Stateful } from '../stacks/stateful.ts';
import { type Alarms, serviceMetric } from './alarms.ts';

/** Age in seconds of the oldest message beyond which people are called, by queue. */
export const oldestMessageSecondsMax = {
  Telemetry: 60,
  Backlog: 3_600,
  Archive: 3_600,
  Ticks: 60,
  Rejected: 300,
} as const;

/** Age of a queue's oldest message, in seconds. */
export const oldestMessageAge = (queue: Queue): IMetric =>
  serviceMetric('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: queue.queueName }, Stats.MAXIMUM);

/** Messages that wait in a queue. */
export const depth = (queue: Queue): IMetric =>
  serviceMetric(
    'AWS/SQS',
    'ApproximateNumberOfMessagesVisible',
    { QueueName: queue.queueName },
    Stats.MAXIMUM,
  );

/** The queues that functions consume, by name. */
export function workQueues(stateful: Stateful): Record<keyof typeof oldestMessageSecondsMax, Queue> {
  const { queues, rejected } = stateful;
  return {
    Telemetry: queues.telemetry.queue,
    Backlog: queues.backlog.queue,
    Archive: queues.archive.queue,
    Ticks: queues.ticks.queue,
    Rejected: rejected.messages.queue,
  };
}

/** Every place where something lies that failed for good. */
export function deadLetterQueues(stateful: Stateful): Record<string, Queue> {
  const { queues, rejected, alerts, operations } = stateful;
  return {
    TelemetryDead: queues.telemetry.deadLetters,
    BacklogDead: queues.backlog.deadLetters,
    ArchiveDead: queues.archive.deadLetters,
    TicksDead: queues.ticks.deadLetters,
    RejectedDead: rejected.messages.deadLetters,
    TransitionsFailed: queues.failedTransitions,
    AlertsUndelivered: alerts.undelivered,
    OperationsUndelivered: operations.undelivered,
    ...(alerts.liveView === undefined ? {} : { LiveViewDead: alerts.liveView.deadLetters }),
  };
}

/** Calls people when a queue ages or anything is dead. */
export function watchQueues(alarms: Alarms, stateful: Stateful): void {
  for (const [name, queue] of Object.entries(workQueues(stateful))) {
    const threshold = oldestMessageSecondsMax[name as keyof typeof oldestMessageSecondsMax];
    alarms.add(`${name}Age`, {
      metric: oldestMessageAge(queue),
      threshold,
      minutes: 2,
      description: `${name}: the oldest message waits longer than ${threshold} s. Look at the function's errors and throttles first.`,
    });
  }
  for (const [name, queue] of Object.entries(deadLetterQueues(stateful))) {
    alarms.add(name, {
      metric: depth(queue),
      threshold: 0,
      description: `${name}: something failed for good and is kept for 14 days. Find the cause, then tocsin dead-letters redrive ${name}.`,
    });
  }
}
