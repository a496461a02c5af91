import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface TablesProps {
  readonly key: Key;
  readonly removalPolicy: RemovalPolicy;
}

/** Index of what falls due: sparse, keys only, sharded; it gives candidates, the item decides. */
export const dueIndexName = 'due';
/** Index of transitions that nobody has decided on yet; sparse, keys only, sharded. */
export const undecidedIndexName = 'undecided';

/** State of devices (rewritten all the time, no stream) and records (read by others, streamed). */
export class Tables extends Construct {
  readonly twins: TableV2;
  readonly records: TableV2;

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id);
    const common = {
      billing: Billing.onDemand(),
      encryption: onKey(props.key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: props.removalPolicy,
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
    } satisfies Partial<TablePropsV2>;

    this.twins = new TableV2(this, 'Twins', {
      ...common,
      partitionKey: { name: 'id', type: AttributeType.STRING },
      globalSecondaryIndexes: [sparseIndex(dueIndexName)],
    });
    this.records = new TableV2(this, 'Records', {
      ...common,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_IMAGE,
      globalSecondaryIndexes: [sparseIndex(undecidedIndexName)],
    });
  }
}

/**
 * Encryption with our key in whatever region the stack goes to.
 *
 * The library refuses this in a stack without a fixed region, because replicas elsewhere need keys of their own; we
 * have none, so the one table's key is the key.
 */
function onKey(key: Key): TableEncryptionV2 {
  const encryption = TableEncryptionV2.customerManagedKey(key);
  encryption._renderReplicaSseSpecification = () => ({ kmsMasterKeyId: key.keyArn });
  return encryption;
}

function sparseIndex(name: string) {
  return {
    indexName: name,
    partitionKey: { name: `${name}Shard`, type: AttributeType.STRING },
    sortKey: { name: `${name}At`, type: AttributeType.NUMBER },
    projectionType: ProjectionType.KEYS_ONLY,
  };
}
