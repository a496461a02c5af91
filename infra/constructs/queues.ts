import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionTimeout, receivesMax, telemetryWindow, visibilityFor } from '../limits.ts';
import { deadLetterQueue, WorkQueue } from './work-queue.ts';

export interface QueuesProps {
  readonly key: Key;
  readonly removalPolicy: RemovalPolicy;
}

/** The queues of the hot path, on one key. */
export class Queues extends Construct {
  /** What devices sent, fresh. */
  readonly telemetry: WorkQueue;
  /** What is older than a minute: it waits, so that fresh messages go first. */
  readonly backlog: WorkQueue;
  /** What the archive's stream refused; `sweep` brings it in later. */
  readonly archive: WorkQueue;
  /** Instants at which `sweep` looks at the clock. */
  readonly ticks: WorkQueue;
  /** Batches of transitions that `notify` gave up on; `sweep` publishes them all the same. */
  readonly failedTransitions: Queue;

  constructor(scope: Construct, id: string, props: QueuesProps) {
    super(scope, id);
    const ingestVisibility = visibilityFor(functionTimeout.ingest, telemetryWindow);
    const sweepVisibility = visibilityFor(functionTimeout.sweep);
    const queue = (name: string, own: { visibility: Duration; retention: Duration; receivesMax: number }) =>
      new WorkQueue(this, name, { ...props, ...own });

    this.telemetry = queue('Telemetry', {
      visibility: ingestVisibility,
      retention: Duration.days(4),
      receivesMax: receivesMax.telemetry,
    });
    this.backlog = queue('Backlog', {
      visibility: ingestVisibility,
      retention: Duration.days(7),
      receivesMax: receivesMax.backlog,
    });
    this.archive = queue('Archive', {
      visibility: sweepVisibility,
      retention: Duration.days(14),
      receivesMax: receivesMax.archive,
    });
    this.ticks = queue('Ticks', {
      visibility: sweepVisibility,
      retention: Duration.hours(1),
      receivesMax: receivesMax.ticks,
    });
    this.failedTransitions = deadLetterQueue(this, 'FailedTransitions', props);
  }
}
