import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { protectedKey } from './protected-key.ts';
import { topicToQueue } from './rejected.ts';
import { tlsOnlyTopic } from './tls-only.ts';
import { deadLetterQueue, WorkQueue } from './work-queue.ts';

export interface AlertsTopicProps {
  readonly removalPolicy: RemovalPolicy;
  /** A reader of every alert. */
  readonly email: string | undefined;
  /** A queue with everything, for the live view of one machine. */
  readonly hasLiveView: boolean;
}

/** How long the live view's queue keeps what nobody looked at. */
const liveViewRetention = Duration.hours(1);

/** The one topic of all alerts: who hears which is the filter of each subscription. */
export class AlertsTopic extends Construct {
  readonly topic: Topic;
  /** What could not be delivered to a subscriber for good. */
  readonly undelivered: Queue;
  readonly liveView: WorkQueue | undefined;

  constructor(scope: Construct, id: string, props: AlertsTopicProps) {
    super(scope, id);
    const { removalPolicy } = props;
    const key = protectedKey(this, 'Key', {
      description: 'Tocsin: alerts on their way to those who hear them',
      removalPolicy,
      publishers: ['sns.amazonaws.com'],
    });
    this.topic = new Topic(this, 'Topic', { masterKey: key });
    this.topic.applyRemovalPolicy(removalPolicy);
    tlsOnlyTopic(this.topic);
    this.undelivered = deadLetterQueue(this, 'Undelivered', { key, removalPolicy });
    if (props.email !== undefined) {
      new Subscription(this, 'Email', {
        topic: this.topic,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint: props.email,
        deadLetterQueue: this.undelivered,
      });
    }
    this.liveView = props.hasLiveView
      ? new WorkQueue(this, 'LiveView', {
          key,
          removalPolicy,
          visibility: Duration.seconds(30),
          retention: liveViewRetention,
          receivesMax: 5,
        })
      : undefined;
    if (this.liveView !== undefined)
      topicToQueue(this, 'ToLiveView', this.topic, this.liveView, { isRaw: true });
  }
}
