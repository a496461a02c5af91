import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { functionTimeout, receivesMax, visibilityFor } from '../limits.ts';
import { protectedKey } from './protected-key.ts';
import { tlsOnlyTopic } from './tls-only.ts';
import { WorkQueue } from './work-queue.ts';

export interface RejectedProps {
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Where the topic rule puts a message that it could not hand to `telemetry`.
 *
 * Another service with another key than the hot path, so that what broke the one does not break the other.
 */
export class Rejected extends Construct {
  readonly topic: Topic;
  readonly messages: WorkQueue;

  constructor(scope: Construct, id: string, props: RejectedProps) {
    super(scope, id);
    const key = protectedKey(this, 'Key', {
      description: 'Tocsin: what the topic rule could not deliver',
      removalPolicy: props.removalPolicy,
      publishers: ['sns.amazonaws.com'],
    });
    this.topic = new Topic(this, 'Topic', { masterKey: key });
    this.topic.applyRemovalPolicy(props.removalPolicy);
    tlsOnlyTopic(this.topic);
    this.messages = new WorkQueue(this, 'Messages', {
      key,
      removalPolicy: props.removalPolicy,
      visibility: visibilityFor(functionTimeout.ingest),
      retention: Duration.days(4),
      receivesMax: receivesMax.rejected,
    });
    // The error document has no time. The notification around it has, and keeps it when somebody sends a dead letter again.
    topicToQueue(this, 'ToQueue', this.topic, this.messages, { isRaw: false });
  }
}

/** Delivers a topic's messages to a queue; what cannot be delivered goes to the queue's dead letters. */
export function topicToQueue(
  scope: Construct,
  id: string,
  topic: Topic,
  to: WorkQueue,
  { isRaw }: { readonly isRaw: boolean },
): Subscription {
  const subscription = new Subscription(scope, id, {
    topic,
    endpoint: to.queue.queueArn,
    protocol: SubscriptionProtocol.SQS,
    rawMessageDelivery: isRaw,
    deadLetterQueue: to.deadLetters,
  });
  to.queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [to.queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
    }),
  );
  return subscription;
}
