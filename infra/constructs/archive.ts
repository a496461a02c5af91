import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, LogStream, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeKeyWildcards, objectsOf } from './acknowledge.ts';
import { keptBucket } from './kept-bucket.ts';

export interface ArchiveProps {
  readonly key: Key;
  readonly removalPolicy: RemovalPolicy;
  readonly retentionDays: number;
  readonly logRetention: RetentionDays;
}

/** Longest time a message waits in the stream before it is an object, in seconds. */
const bufferForSeconds = 300;
/** MB gathered before an object is written earlier than that. */
const bufferSizeMb = 64;

/**
 * Every received message, verbatim, one line each, gzip, by day of arrival.
 *
 * Stateful: what the stream has accepted and not yet written would be gone with it.
 */
export class Archive extends Construct {
  readonly bucket: Bucket;
  readonly stream: CfnDeliveryStream;

  constructor(scope: Construct, id: string, props: ArchiveProps) {
    super(scope, id);
    this.bucket = keptBucket(this, 'Bucket', props);
    const log = new LogGroup(this, 'Log', {
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    const logStream = new LogStream(this, 'Deliveries', {
      logGroup: log,
      removalPolicy: props.removalPolicy,
    });
    const role = this.deliveryRole(props.key);
    const logs = log.grantWrite(role);
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        compressionFormat: 'GZIP',
        prefix: 'day=!{timestamp:yyyy-MM-dd}/',
        errorOutputPrefix: 'failed/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/',
        bufferingHints: { intervalInSeconds: bufferForSeconds, sizeInMBs: bufferSizeMb },
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: props.key.keyArn } },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: log.logGroupName,
          logStreamName: logStream.logStreamName,
        },
      },
    });
    this.stream.applyRemovalPolicy(props.removalPolicy);
    this.stream.node.addDependency(role);
    logs.applyBefore(this.stream);
  }

  private deliveryRole(key: Key): Role {
    const role = new Role(this, 'DeliveryRole', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'sts:ExternalId': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [this.bucket.bucketArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        resources: [objectsOf(this.bucket, role)],
      }),
    );
    key.grantEncryptDecrypt(role);
    acknowledgeKeyWildcards(role);
    return role;
  }
}
