import { graphFor, property } from './support/graph.ts';
import { roleStatements, type Statement, statementsAt } from './support/policies.ts';

const graph = graphFor({ stage: 'local', alarmEmail: 'a@example.org', alertEmail: 'b@example.org' });
const roles = roleStatements(graph);

/** What a call needs of the key of the thing it is made on. */
const keyActions: Record<string, readonly string[]> = {
  'sqs:SendMessage': ['kms:Decrypt', 'kms:GenerateDataKey*'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  'sns:Publish': ['kms:Decrypt', 'kms:GenerateDataKey*'],
  's3:PutObject': ['kms:Decrypt', 'kms:GenerateDataKey*'],
  'dynamodb:GetItem': ['kms:Decrypt'],
  'dynamodb:BatchGetItem': ['kms:Decrypt'],
  'dynamodb:GetRecords': ['kms:Decrypt'],
  'dynamodb:PutItem': ['kms:Decrypt', 'kms:GenerateDataKey*'],
  'dynamodb:UpdateItem': ['kms:Decrypt', 'kms:GenerateDataKey*'],
};

/** The key that encrypts the resource `id`. */
function keyOf(id: string): string | undefined {
  const resource = graph.resources.get(id);
  if (resource === undefined) return undefined;
  const bucketRule = [
    'BucketEncryption',
    'ServerSideEncryptionConfiguration',
    0,
    'ServerSideEncryptionByDefault',
  ] as const;
  return graph.target(
    property(resource, 'KmsMasterKeyId') ??
      property(resource, ...bucketRule, 'KMSMasterKeyID') ??
      property(resource, 'Replicas', 0, 'SSESpecification', 'KMSMasterKeyId'),
  );
}

interface Edge {
  readonly from: string;
  readonly action: string;
  readonly to: string;
  readonly key: string;
}

/** From each role to each encrypted thing it may call, with the key in between. */
const edges = [...roles].flatMap(([from, statements]) =>
  statements.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) =>
      Resource.flatMap((resource): Edge[] => {
        const to = graph.target(resource) ?? '';
        const key = keyOf(to);
        return keyActions[action] === undefined || key === undefined ? [] : [{ from, action, to, key }];
      }),
    ),
  ),
);

const grants = (statements: readonly Statement[], key: string): ReadonlySet<string> =>
  new Set(
    statements
      .filter(({ Effect, Resource }) => Effect === 'Allow' && Resource.some((to) => graph.target(to) === key))
      .flatMap(({ Action }) => Action),
  );

test('the graph of who calls what is seen whole', () => {
  const ends = new Set(edges.map(({ to }) => graph.resources.get(to)?.Type));
  expect([...ends].sort()).toEqual([
    'AWS::DynamoDB::GlobalTable',
    'AWS::S3::Bucket',
    'AWS::SNS::Topic',
    'AWS::SQS::Queue',
  ]);
  expect(new Set(edges.map(({ from }) => from)).size).toBe(8);
  expect(edges.length).toBeGreaterThan(30);
});

test.each(edges)('$from may use the key for $action on $to', ({ from, action, key }) => {
  const held = grants(roles.get(from) ?? [], key);
  expect(keyActions[action]?.filter((needed) => !held.has(needed))).toEqual([]);
});

/** Services that publish by themselves, and the encrypted thing at which it arrives. */
const serviceEdges = [
  ...graph.all('AWS::SNS::Subscription').flatMap(([id, one]) => [
    {
      id,
      service: 'sns.amazonaws.com',
      to: graph.target(property(one, 'RedrivePolicy', 'deadLetterTargetArn')),
    },
    ...(property(one, 'Protocol') === 'sqs'
      ? [{ id, service: 'sns.amazonaws.com', to: graph.target(property(one, 'Endpoint')) }]
      : []),
  ]),
  ...graph.all('AWS::CloudWatch::Alarm').map(([id, one]) => ({
    id,
    service: 'cloudwatch.amazonaws.com',
    to: graph.target(property(one, 'AlarmActions', 0)),
  })),
];

test.each(serviceEdges)('the key of what $id reaches admits $service', ({ service, to }) => {
  const key = graph.resources.get(keyOf(to ?? '') ?? '');
  if (key === undefined) throw new Error(`${to} is on no key`);
  const admitted = statementsAt(key, 'KeyPolicy')
    .filter(
      ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes(`"${service}"`),
    )
    .flatMap(({ Action }) => Action);
  expect(admitted).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
});

test('service edges were found for both services', () => {
  expect(serviceEdges.filter(({ service }) => service === 'sns.amazonaws.com').length).toBe(6);
  expect(serviceEdges.filter(({ service }) => service === 'cloudwatch.amazonaws.com').length).toBeGreaterThan(
    30,
  );
});
