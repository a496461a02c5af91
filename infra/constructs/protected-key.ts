import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export interface ProtectedKeyProps {
  readonly description: string;
  readonly removalPolicy: RemovalPolicy;
  /** Services that publish to what the key encrypts, on behalf of this account only. */
  readonly publishers?: readonly ('sns.amazonaws.com' | 'cloudwatch.amazonaws.com')[];
}

/**
 * A customer-managed key that rotates every year.
 *
 * A service principal cannot be granted an AWS-managed key, and without its grant what it publishes is lost without
 * a word: hence a key of our own, and one for each path, so that a disabled key stops one of them only.
 */
export function protectedKey(scope: Construct, id: string, props: ProtectedKeyProps): Key {
  const key = new Key(scope, id, {
    enableKeyRotation: true,
    description: props.description,
    removalPolicy: props.removalPolicy,
  });
  for (const publisher of props.publishers ?? []) {
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(publisher)],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
  return key;
}
