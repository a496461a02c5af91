import { Stack, Validations } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { Construct } from 'constructs';

/** Key actions that a grant on encrypted things needs; AWS documents both with the star. */
export function acknowledgeKeyWildcards(role: Construct): void {
  for (const action of ['kms:GenerateDataKey*', 'kms:ReEncrypt*']) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Action::${action}]`,
      reason:
        'The family of one action (with and without plaintext) on one key of ours, as AWS documents the grant.',
    });
  }
}

/** Accepts this one `resource` with a star in it, and no other, in the policies of `role`. */
export function acknowledgeResource(role: Construct, resource: string, reason: string): void {
  const printed = flattenCfnReference(Stack.of(role).resolve(resource));
  Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${printed}]`, reason });
}

/**
 * The objects of `bucket` as a resource in a policy of `role`, with the star accepted.
 *
 * In another stack the bucket is known by its export, whose name the checker prints.
 */
export function objectsOf(bucket: Bucket, role: Construct): string {
  const owner = Stack.of(bucket);
  const arn = owner === Stack.of(role) ? bucket.bucketArn : owner.exportValue(bucket.bucketArn);
  const objects = `${arn}/*`;
  acknowledgeResource(
    role,
    objects,
    'Objects of one bucket: their names are days and hashes, not known beforehand.',
  );
  return objects;
}
