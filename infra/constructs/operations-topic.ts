import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { protectedKey } from './protected-key.ts';
import { tlsOnlyTopic } from './tls-only.ts';
import { deadLetterQueue } from './work-queue.ts';

export interface OperationsTopicProps {
  readonly removalPolicy: RemovalPolicy;
  readonly email: string | undefined;
}

/** Where the platform says that it is unwell itself; its key admits CloudWatch, whose alarms would be lost silently. */
export class OperationsTopic extends Construct {
  readonly topic: Topic;
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, props: OperationsTopicProps) {
    super(scope, id);
    const { removalPolicy } = props;
    const key = protectedKey(this, 'Key', {
      description: 'Tocsin: alarms about the platform itself',
      removalPolicy,
      publishers: ['cloudwatch.amazonaws.com', 'sns.amazonaws.com'],
    });
    this.topic = new Topic(this, 'Topic', { masterKey: key });
    this.topic.applyRemovalPolicy(removalPolicy);
    tlsOnlyTopic(this.topic).document.addStatements(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    this.undelivered = deadLetterQueue(this, 'Undelivered', { key, removalPolicy });
    if (props.email !== undefined) {
      new Subscription(this, 'Email', {
        topic: this.topic,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint: props.email,
        deadLetterQueue: this.undelivered,
      });
    }
  }
}
