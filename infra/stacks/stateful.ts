import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { AlertsTopic } from '../constructs/alerts-topic.ts';
import { Archive } from '../constructs/archive.ts';
import { devicePolicy } from '../constructs/device-policy.ts';
import { keptBucket } from '../constructs/kept-bucket.ts';
import { OperationsTopic } from '../constructs/operations-topic.ts';
import { protectedKey } from '../constructs/protected-key.ts';
import { Queues } from '../constructs/queues.ts';
import { Rejected } from '../constructs/rejected.ts';
import { signIn, type TokenIssuer } from '../constructs/sign-in.ts';
import { Tables } from '../constructs/tables.ts';

export interface StatefulProps extends StackProps {
  readonly config: Config;
}

/** Whatever would be missed if it were replaced. Nothing in here knows the functions. */
export class Stateful extends Stack {
  readonly dataKey: Key;
  readonly tables: Tables;
  readonly queues: Queues;
  readonly rejected: Rejected;
  readonly alerts: AlertsTopic;
  readonly operations: OperationsTopic;
  readonly archive: Archive;
  readonly quarantine: Bucket;
  readonly devicePolicy: CfnPolicy;
  readonly tokens: TokenIssuer;

  constructor(scope: Construct, id: string, props: StatefulProps) {
    super(scope, id, props);
    const { config } = props;
    const isLocal = config.stage === 'local';
    const removalPolicy = isLocal ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

    this.dataKey = protectedKey(this, 'DataKey', {
      description: 'Tocsin: tables and buckets',
      removalPolicy,
    });
    const queueKey = protectedKey(this, 'QueueKey', {
      description: 'Tocsin: queues of the hot path',
      removalPolicy,
    });
    const kept = { key: this.dataKey, removalPolicy, retentionDays: config.retentionDays };

    this.tables = new Tables(this, 'Tables', { key: this.dataKey, removalPolicy });
    this.queues = new Queues(this, 'Queues', { key: queueKey, removalPolicy });
    this.rejected = new Rejected(this, 'Rejected', { removalPolicy });
    this.alerts = new AlertsTopic(this, 'Alerts', {
      removalPolicy,
      email: config.alertEmail,
      hasLiveView: isLocal,
    });
    this.operations = new OperationsTopic(this, 'Operations', { removalPolicy, email: config.alarmEmail });
    this.archive = new Archive(this, 'Archive', { ...kept, logRetention: config.logRetentionDays });
    this.quarantine = keptBucket(this, 'Quarantine', kept);
    this.devicePolicy = devicePolicy(this, 'DevicePolicy', config.stage, removalPolicy);
    this.tokens = outsideIssuer(config) ?? signIn(this, 'SignIn', { isLocal, removalPolicy });
  }
}

function outsideIssuer(config: Config): TokenIssuer | undefined {
  if (config.oidcIssuer === undefined) return undefined;
  return {
    url: config.oidcIssuer,
    audience: config.oidcAudience ?? [],
    requiredScopes: config.requiredScopes ?? [],
  };
}
