import { Duration } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';
import { acknowledgeKeyWildcards } from './acknowledge.ts';
import { forThisAccount } from './for-this-account.ts';
import type { WorkQueue } from './work-queue.ts';

/**
 * Once a minute: have the ticks of the next minutes enqueued.
 *
 * The scheduler is late by up to a minute and may come twice; a plan says absolute instants, so neither matters.
 */
export function planSchedule(scope: Construct, id: string, ticks: WorkQueue): Schedule {
  const role = new Role(scope, `${id}Role`, { assumedBy: forThisAccount('scheduler.amazonaws.com') });
  acknowledgeKeyWildcards(role);
  ticks.deadLetters.grantSendMessages(role);
  return new Schedule(scope, id, {
    description: 'Tocsin: plan the ticks of the next minutes',
    schedule: ScheduleExpression.rate(Duration.minutes(1)),
    target: new SqsSendMessage(ticks.queue, {
      input: ScheduleTargetInput.fromObject({ kind: 'plan' }),
      role,
      deadLetterQueue: ticks.deadLetters,
      maxEventAge: Duration.minutes(2),
      retryAttempts: 3,
    }),
  });
}
