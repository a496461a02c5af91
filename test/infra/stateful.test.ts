import { type Graph, graphFor, property } from './support/graph.ts';

const prod = graphFor({});
const local = graphFor({ stage: 'local' });

/** Whatever would be missed if it were replaced by an empty one of another id. */
const kept = {
  'AWS::Cognito::UserPool': ['SignIn1BF1EF28'],
  'AWS::Cognito::UserPoolClient': ['SignInPeople26B168CC'],
  'AWS::DynamoDB::GlobalTable': ['TablesRecords353FBC94', 'TablesTwinsB8DC9585'],
  'AWS::IoT::Policy': ['DevicePolicy'],
  'AWS::KMS::Key': [
    'AlertsKey9E1197AF',
    'DataKey17AFBB84',
    'OperationsKeyD0717C64',
    'QueueKey8E59F72C',
    'RejectedKey6E87141E',
  ],
  'AWS::KinesisFirehose::DeliveryStream': ['ArchiveStream7B3CA20D'],
  'AWS::S3::Bucket': ['ArchiveBucket49F1AC64', 'Quarantine23FF09FE'],
  'AWS::SNS::Topic': ['AlertsTopicCF7C81C9', 'OperationsTopic6D6844EA', 'RejectedTopic94810C1A'],
  'AWS::SQS::Queue': [
    'AlertsUndelivered89951F36',
    'OperationsUndeliveredDBCD4920',
    'QueuesArchiveDeadLettersED438F2D',
    'QueuesArchiveQueue2A7B1E44',
    'QueuesBacklogDeadLetters7F1DB16B',
    'QueuesBacklogQueueEA520085',
    'QueuesFailedTransitions037BAF5F',
    'QueuesTelemetryDeadLetters711513E6',
    'QueuesTelemetryQueue7F41D732',
    'QueuesTicksDeadLettersB949D886',
    'QueuesTicksQueue82524BED',
    'RejectedMessagesDeadLetters3F73D6F4',
    'RejectedMessagesQueueCCE35DE2',
  ],
};

test('logical ids of what is kept never change', () => {
  const ids = Object.keys(kept).map((type) => [
    type,
    prod
      .all(type)
      .map(([id]) => id)
      .sort(),
  ]);
  expect(Object.fromEntries(ids)).toEqual(kept);
});

test('the topic rule alone has a name of its own, which devices hold', () => {
  const nameFields =
    /^(Table|Queue|Topic|Bucket|Function|Role|Rule|LogGroup|Alarm|Dashboard|UserPool|DeliveryStream|Alias)Name$/;
  const refersToAnother = [
    'AWS::Logs::LogStream LogGroupName',
    'AWS::Lambda::EventSourceMapping FunctionName',
    'AWS::Lambda::Permission FunctionName',
  ];
  const named = [...prod.resources].flatMap(([, { Type, Properties }]) =>
    Object.keys(Properties)
      .filter((field) => nameFields.test(field) && !refersToAnother.includes(`${Type} ${field}`))
      .map((field) => `${Type} ${field}`),
  );
  expect(named).toEqual(['AWS::IoT::TopicRule RuleName']);
  expect(prod.all('AWS::IoT::TopicRule').map(([, rule]) => property(rule, 'RuleName'))).toEqual([
    'tocsin_prod',
  ]);
  expect(local.all('AWS::IoT::TopicRule').map(([, rule]) => property(rule, 'RuleName'))).toEqual([
    'tocsin_local',
  ]);
  expect(
    prod.all('AWS::IoT::Policy').every(([, policy]) => property(policy, 'PolicyName') === undefined),
  ).toBe(true);
  expect(prod.all('AWS::Scheduler::Schedule').every(([, one]) => property(one, 'Name') === undefined)).toBe(
    true,
  );
});

test('outside the local stage nothing that is kept goes with its stack', () => {
  for (const type of Object.keys(kept)) {
    const policies = prod.all(type).map(([id, { DeletionPolicy }]) => [id, DeletionPolicy]);
    if (type === 'AWS::Cognito::UserPoolClient') continue;
    expect(policies).toEqual(policies.map(([id]) => [id, 'Retain']));
  }
  for (const [, table] of prod.all('AWS::DynamoDB::GlobalTable')) {
    expect(property(table, 'Replicas', 0, 'DeletionProtectionEnabled')).toBe(true);
  }
  expect(prod.all('AWS::Cognito::UserPool').map(([, pool]) => property(pool, 'DeletionProtection'))).toEqual([
    'ACTIVE',
  ]);
});

test('the local stage leaves nothing behind', () => {
  const retained = [...local.resources].filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
  expect(retained.map(([id]) => id)).toEqual([]);
  for (const [, table] of local.all('AWS::DynamoDB::GlobalTable')) {
    expect(property(table, 'Replicas', 0, 'DeletionProtectionEnabled')).toBe(false);
  }
});

test('tables have keys, sparse indexes, time to live and recovery; only Records streams its new images', () => {
  const twins = prod.resources.get('TablesTwinsB8DC9585');
  const records = prod.resources.get('TablesRecords353FBC94');
  if (twins === undefined || records === undefined) throw new Error('a table is missing');
  const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
  expect(property(twins, 'KeySchema')).toEqual([key('id', 'HASH')]);
  expect(property(records, 'KeySchema')).toEqual([key('pk', 'HASH'), key('sk', 'RANGE')]);
  for (const [table, index] of [
    [twins, 'due'],
    [records, 'undecided'],
  ] as const) {
    expect(property(table, 'GlobalSecondaryIndexes')).toEqual([
      {
        IndexName: index,
        KeySchema: [key(`${index}Shard`, 'HASH'), key(`${index}At`, 'RANGE')],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
    expect(property(table, 'BillingMode')).toBe('PAY_PER_REQUEST');
    expect(property(table, 'TimeToLiveSpecification')).toEqual({ AttributeName: 'expiresAt', Enabled: true });
    expect(property(table, 'Replicas', 0, 'PointInTimeRecoverySpecification')).toEqual({
      PointInTimeRecoveryEnabled: true,
    });
  }
  expect(property(twins, 'StreamSpecification')).toBeUndefined();
  expect(property(records, 'StreamSpecification')).toEqual({ StreamViewType: 'NEW_IMAGE' });
});

test('people need a second factor everywhere but on one machine', () => {
  const mfa = (graph: Graph) =>
    graph.all('AWS::Cognito::UserPool').map(([, pool]) => property(pool, 'MfaConfiguration'));
  expect(mfa(prod)).toEqual(['ON']);
  expect(mfa(local)).toEqual(['OFF']);
  const flows = (graph: Graph) =>
    graph.all('AWS::Cognito::UserPoolClient').map(([, client]) => property(client, 'ExplicitAuthFlows'));
  expect(flows(prod)).toEqual([['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']]);
  expect(flows(local)).toEqual([['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']]);
});

test('the archive is gzip by day of arrival, and both buckets forget after the retention', () => {
  const stream = prod.only('AWS::KinesisFirehose::DeliveryStream');
  const to = (field: string) => property(stream, 'ExtendedS3DestinationConfiguration', field);
  expect(to('CompressionFormat')).toBe('GZIP');
  expect(to('Prefix')).toBe('day=!{timestamp:yyyy-MM-dd}/');
  expect(prod.target(to('BucketARN'))).toBe('ArchiveBucket49F1AC64');
  const buckets = graphFor({ retentionDays: 30 }).all('AWS::S3::Bucket');
  expect(
    buckets.map(([, bucket]) => property(bucket, 'LifecycleConfiguration', 'Rules', 0, 'ExpirationInDays')),
  ).toEqual([30, 30]);
});
