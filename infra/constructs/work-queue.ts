import { type Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterRetention } from '../limits.ts';
import { tlsOnlyQueue } from './tls-only.ts';

export interface WorkQueueProps {
  readonly key: Key;
  readonly removalPolicy: RemovalPolicy;
  readonly visibility: Duration;
  /** Shorter than that of dead letters where it can be: a dead letter's age counts from its first sending. */
  readonly retention: Duration;
  readonly receivesMax: number;
}

/** A queue, encrypted and TLS only, and the place where what failed for good is kept for 14 days. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', props);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      removalPolicy: props.removalPolicy,
      visibilityTimeout: props.visibility,
      retentionPeriod: props.retention,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.receivesMax },
    });
    tlsOnlyQueue(this.queue);
  }
}

/** A queue for what failed for good; an alarm watches its depth. */
export function deadLetterQueue(
  scope: Construct,
  id: string,
  props: { readonly key: Key; readonly removalPolicy: RemovalPolicy },
): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: props.key,
    removalPolicy: props.removalPolicy,
    retentionPeriod: deadLetterRetention,
  });
  tlsOnlyQueue(queue);
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason:
      'It is a place for dead letters itself, of a subscription or a mapping, which the check does not see.',
  });
  return queue;
}
