import { graphFor, property } from './support/graph.ts';
import { resourcePolicy, type Statement, statementsAt } from './support/policies.ts';

const graph = graphFor({ stage: 'local', alarmEmail: 'a@example.org', alertEmail: 'b@example.org' });

const deniesWithoutTls = (statement: Statement): boolean =>
  statement.Effect === 'Deny' && statement.Condition?.['Bool']?.['aws:SecureTransport'] === 'false';

/** Denies everybody but services: the emulator's own deliveries count as plain HTTP. */
const exceptServices = { Bool: { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' } };

test('every queue is on a key of ours and refuses what comes without TLS', () => {
  const queues = graph.all('AWS::SQS::Queue');
  expect(queues.length).toBe(15);
  for (const [id, queue] of queues) {
    expect(graph.resources.get(graph.target(property(queue, 'KmsMasterKeyId')) ?? '')?.Type).toBe(
      'AWS::KMS::Key',
    );
    const denials = resourcePolicy(graph, id).filter(deniesWithoutTls);
    expect(denials.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
      { Action: ['sqs:*'], Condition: exceptServices },
    ]);
  }
});

test('every topic is on a key of ours and refuses what is published without TLS', () => {
  const topics = graph.all('AWS::SNS::Topic');
  expect(topics.length).toBe(3);
  for (const [id, topic] of topics) {
    expect(graph.resources.get(graph.target(property(topic, 'KmsMasterKeyId')) ?? '')?.Type).toBe(
      'AWS::KMS::Key',
    );
    const denials = resourcePolicy(graph, id).filter(deniesWithoutTls);
    expect(denials.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
      { Action: ['sns:Publish'], Condition: exceptServices },
    ]);
  }
});

test('every bucket is on a key of ours, TLS only and closed to the public', () => {
  const buckets = graph.all('AWS::S3::Bucket');
  expect(buckets.length).toBe(2);
  for (const [id, bucket] of buckets) {
    const rule = [
      'BucketEncryption',
      'ServerSideEncryptionConfiguration',
      0,
      'ServerSideEncryptionByDefault',
    ] as const;
    expect(property(bucket, ...rule, 'SSEAlgorithm')).toBe('aws:kms');
    expect(graph.target(property(bucket, ...rule, 'KMSMasterKeyID'))).toBe('DataKey17AFBB84');
    expect(resourcePolicy(graph, id).filter(deniesWithoutTls).length).toBe(1);
    expect(property(bucket, 'PublicAccessBlockConfiguration')).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  }
});

test('both tables are on a key of ours', () => {
  const tables = graph.all('AWS::DynamoDB::GlobalTable');
  expect(tables.length).toBe(2);
  for (const [, table] of tables) {
    expect(property(table, 'SSESpecification')).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    expect(graph.target(property(table, 'Replicas', 0, 'SSESpecification', 'KMSMasterKeyId'))).toBe(
      'DataKey17AFBB84',
    );
  }
});

test('keys rotate, and the hot path, the rejected, the alerts and operations have one each', () => {
  const keys = graph.all('AWS::KMS::Key');
  expect(keys.map(([, key]) => property(key, 'EnableKeyRotation'))).toEqual(keys.map(() => true));
  const keyOf = (id: string) => graph.target(graph.resources.get(id)?.Properties['KmsMasterKeyId']);
  const paths = [
    'QueuesTelemetryQueue7F41D732',
    'RejectedTopic94810C1A',
    'AlertsTopicCF7C81C9',
    'OperationsTopic6D6844EA',
  ].map(keyOf);
  expect(new Set(paths).size).toBe(4);
  expect(keyOf('RejectedMessagesQueueCCE35DE2')).toBe(keyOf('RejectedTopic94810C1A'));
});

test('a key admits a service only on behalf of this account', () => {
  const services = graph
    .all('AWS::KMS::Key')
    .flatMap(([, key]) =>
      statementsAt(key, 'KeyPolicy').filter(({ Principal }) =>
        JSON.stringify(Principal).includes('"Service"'),
      ),
    );
  expect(services.length).toBe(3);
  for (const { Action, Condition } of services) {
    expect(Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
    expect(Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  }
});
