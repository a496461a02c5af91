import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Role } from 'aws-cdk-lib/aws-iam';
import { CfnTopicRule } from 'aws-cdk-lib/aws-iot';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { telemetryRuleName } from '../topics.ts';
import { acknowledgeKeyWildcards } from './acknowledge.ts';
import { forThisAccount } from './for-this-account.ts';

export interface TelemetryRuleProps {
  readonly stage: string;
  readonly telemetry: Queue;
  readonly rejected: Topic;
}

/** Wraps the bytes and what the broker knows; parses nothing, so that no payload can make it fail. */
export const telemetrySql = [
  "SELECT encode(*, 'base64') AS data, topic() AS topic, clientid() AS clientId, principal() AS principal,",
  "timestamp() AS receivedAt, newuuid() AS id FROM 'tocsin/v1/#'",
].join(' ');

/** Hands what devices send to the queue, and to the rejected topic if it cannot; each way with a role of its own. */
export class TelemetryRule extends Construct {
  readonly rule: CfnTopicRule;

  constructor(scope: Construct, id: string, props: TelemetryRuleProps) {
    super(scope, id);
    const toQueue = this.broker('ToQueue', (role) => props.telemetry.grantSendMessages(role));
    const toRejected = this.broker('ToRejected', (role) => props.rejected.grantPublish(role));
    this.rule = new CfnTopicRule(this, 'Rule', {
      ruleName: telemetryRuleName(props.stage),
      topicRulePayload: {
        awsIotSqlVersion: '2016-03-23',
        description: 'Tocsin: telemetry of devices, over Basic Ingest',
        sql: telemetrySql,
        actions: [
          { sqs: { queueUrl: props.telemetry.queueUrl, roleArn: toQueue.roleArn, useBase64: false } },
        ],
        errorAction: {
          sns: { targetArn: props.rejected.topicArn, roleArn: toRejected.roleArn, messageFormat: 'RAW' },
        },
      },
    });
    this.rule.node.addDependency(toQueue, toRejected);
  }

  private broker(id: string, grant: (role: IGrantable) => void): Role {
    const role = new Role(this, id, { assumedBy: forThisAccount('iot.amazonaws.com') });
    grant(role);
    acknowledgeKeyWildcards(role);
    return role;
  }
}
