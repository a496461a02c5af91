import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { TopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/**
 * Deny for whoever comes without TLS and is no AWS service.
 *
 * Services deliver over TLS on AWS, so the second condition changes nothing there; the emulator's own deliveries
 * count as plain HTTP and would be denied without it.
 */
function denyWithoutTls(actions: readonly string[], resource: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'TlsOnly',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: [resource],
    conditions: { Bool: { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  });
}

/** Refuses what comes to a queue without TLS. */
export function tlsOnlyQueue(queue: Queue): void {
  queue.addToResourcePolicy(denyWithoutTls(['sqs:*'], queue.queueArn));
}

/** Refuses what is published without TLS; the returned policy takes further statements. */
export function tlsOnlyTopic(topic: Topic): TopicPolicy {
  const policy = new TopicPolicy(topic, 'Policy', { topics: [topic] });
  policy.document.addStatements(denyWithoutTls(['sns:Publish'], topic.topicArn));
  return policy;
}
