import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { objectsOf } from './acknowledge.ts';

/** The calls our code makes on items; never `Scan`. */
export type ItemAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/**
 * Lets `role` do just these things with the items of `table`.
 *
 * Written by hand because the table's own grant opens every index of it with each action.
 *
 * @param queriedIndex the one index that may be queried as well.
 */
export function allowItems(
  role: Role,
  table: TableV2,
  actions: readonly ItemAction[],
  queriedIndex?: string,
): void {
  const allow = (names: readonly ItemAction[], resource: string) =>
    role.addToPolicy(
      new PolicyStatement({ actions: names.map((name) => `dynamodb:${name}`), resources: [resource] }),
    );
  allow(actions, table.tableArn);
  if (queriedIndex !== undefined) allow(['Query'], `${table.tableArn}/index/${queriedIndex}`);
  table.encryptionKey?.grantEncryptDecrypt(role);
}

/**
 * Lets `role` send to `queue`, one message or ten a call.
 *
 * AWS checks a batch as `sqs:SendMessage`; the emulator knows it by the name of the call, which AWS passes over.
 */
export function allowSend(role: Role, queue: Queue): void {
  queue.grantSendMessages(role);
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessageBatch'], resources: [queue.queueArn] }));
}

/** Lets `role` take messages out of `queue` itself; batches as in {@link allowSend}. */
export function allowDrain(role: Role, queue: Queue): void {
  queue.grantConsumeMessages(role);
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:DeleteMessageBatch'], resources: [queue.queueArn] }));
}

/** Lets `role` hand lines to the archive's stream. */
export function allowArchive(role: Role, stream: CfnDeliveryStream): void {
  role.addToPolicy(
    new PolicyStatement({ actions: ['firehose:PutRecordBatch'], resources: [stream.attrArn] }),
  );
}

/** Lets `role` put objects of any name; the bucket's grant would open their tags and locks too. */
export function allowPutObject(role: Role, bucket: Bucket): void {
  role.addToPolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [objectsOf(bucket, role)] }));
  bucket.encryptionKey?.grantEncryptDecrypt(role);
}
