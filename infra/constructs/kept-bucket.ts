import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface KeptBucketProps {
  readonly key: Key;
  readonly removalPolicy: RemovalPolicy;
  readonly retentionDays: number;
}

/** A bucket that nobody can read from outside, on our key, emptied by age only. */
export function keptBucket(scope: Construct, id: string, props: KeptBucketProps): Bucket {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.KMS,
    encryptionKey: props.key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy: props.removalPolicy,
    lifecycleRules: [
      {
        id: 'retention',
        expiration: Duration.days(props.retentionDays),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'Written by our own roles only; who reads is recorded by CloudTrail data events, not by a bucket of logs.',
  });
  return bucket;
}
