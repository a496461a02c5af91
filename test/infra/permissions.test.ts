import { graphFor, property } from './support/graph.ts';
import { roleStatements, type Statement } from './support/policies.ts';

const graph = graphFor({ stage: 'local' });
const roles = roleStatements(graph);

/** Short names of what the functions call. */
const called = new Map([
  ['TablesTwinsB8DC9585', 'twins'],
  ['TablesRecords353FBC94', 'records'],
  ['QueuesTelemetryQueue7F41D732', 'telemetry'],
  ['QueuesBacklogQueueEA520085', 'backlog'],
  ['QueuesArchiveQueue2A7B1E44', 'archive queue'],
  ['QueuesTicksQueue82524BED', 'ticks'],
  ['QueuesFailedTransitions037BAF5F', 'failed transitions'],
  ['RejectedMessagesQueueCCE35DE2', 'rejected'],
  ['AlertsTopicCF7C81C9', 'alerts'],
  ['ArchiveStream7B3CA20D', 'archive'],
  ['Quarantine23FF09FE', 'quarantine'],
  ['DataKey17AFBB84', 'data key'],
  ['QueueKey8E59F72C', 'queue key'],
  ['RejectedKey6E87141E', 'rejected key'],
  ['AlertsKey9E1197AF', 'alerts key'],
  ['IngestLog9526980E', 'log'],
  ['NotifyLogF0A9969A', 'log'],
  ['SweepLogB49230B5', 'log'],
  ['ApiLogA9343957', 'log'],
]);

/** What a function may do, by what it does it to. */
function permissions(name: string): Record<string, string[]> {
  const [fn] = graph.all('AWS::Lambda::Function').filter(([id]) => id.startsWith(`${name}Function`));
  const role = graph.target(fn === undefined ? undefined : property(fn[1], 'Role')) ?? '';
  const found: Record<string, Set<string>> = {};
  for (const { Action, Resource } of roles.get(role) ?? []) {
    for (const resource of Resource) {
      const place = placeOf(resource);
      found[place] = new Set([...(found[place] ?? []), ...Action]);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([place, actions]) => [place, [...actions].sort()]));
}

function placeOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  const inside = /"\/(index\/\w+|\*)"/.exec(text)?.[1];
  const known = called.get(graph.target(resource) ?? '');
  if (known !== undefined) return inside === undefined ? known : `${known}/${inside}`;
  return /":(topic|thing|cert)\/([^"]*)"/.exec(text)?.slice(1).join('/') ?? text;
}

const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const key = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
const consume = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];
const send = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage', 'sqs:SendMessageBatch'];
const items = (...names: string[]) => names.map((name) => `dynamodb:${name}`);

test('ingest may read and write state, archive, quarantine, move to the backlog, and nothing else', () => {
  expect(permissions('Ingest')).toEqual({
    log,
    twins: items('BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'),
    records: items('BatchGetItem', 'DeleteItem', 'PutItem'),
    archive: ['firehose:PutRecordBatch'],
    'quarantine/*': ['s3:PutObject'],
    'archive queue': send,
    backlog: [...consume, ...send].filter((action, at, all) => all.indexOf(action) === at).sort(),
    telemetry: consume,
    rejected: consume,
    'data key': key,
    'queue key': key,
    'rejected key': ['kms:Decrypt'],
  });
});

test('notify may read transitions, correlate, decide and publish, and nothing else', () => {
  expect(permissions('Notify')).toEqual({
    log,
    twins: items('GetItem', 'UpdateItem'),
    records: items(
      'BatchGetItem',
      'DeleteItem',
      'DescribeStream',
      'GetItem',
      'GetRecords',
      'GetShardIterator',
      'ListStreams',
      'PutItem',
      'Query',
      'UpdateItem',
    ),
    alerts: ['sns:Publish'],
    'failed transitions': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    'data key': ['kms:Decrypt', 'kms:DescribeKey', ...key.slice(1)],
    'queue key': key,
    'alerts key': ['kms:Decrypt', 'kms:GenerateDataKey*'],
  });
});

test('sweep may query the two indexes, drain the archive queue and send one canary, and nothing else', () => {
  expect(permissions('Sweep')).toEqual({
    log,
    twins: items('BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'),
    'twins/index/due': items('Query'),
    records: items(
      'BatchGetItem',
      'ConditionCheckItem',
      'DeleteItem',
      'GetItem',
      'PutItem',
      'Query',
      'UpdateItem',
    ),
    'records/index/undecided': items('Query'),
    archive: ['firehose:PutRecordBatch'],
    'archive queue': [...consume, 'sqs:DeleteMessageBatch'].sort(),
    ticks: [...consume, ...send].filter((action, at, all) => all.indexOf(action) === at).sort(),
    alerts: ['sns:Publish'],
    'topic/$aws/rules/tocsin_local/tocsin/v1/-/canary': ['iot:Publish'],
    'data key': key,
    'queue key': key,
    'alerts key': ['kms:Decrypt', 'kms:GenerateDataKey*'],
  });
});

test('api may read and write records and register devices, and nothing else', () => {
  expect(permissions('Api')).toEqual({
    log,
    twins: items('BatchGetItem', 'UpdateItem'),
    records: items('BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'PutItem', 'Query'),
    'thing/*': ['iot:CreateThing'],
    'cert/*': ['iot:AttachPolicy', 'iot:DeleteCertificate', 'iot:DetachPolicy', 'iot:UpdateCertificate'],
    '"*"': [
      // Of the local stage alone: elsewhere only on certificates.
      'iot:AttachPolicy',
      'iot:AttachThingPrincipal',
      'iot:CreateCertificateFromCsr',
      'iot:DetachPolicy',
      'iot:DetachThingPrincipal',
    ],
    'data key': key,
  });
});

const statements = [...roles.values()].flat();
const starred = (statement: Statement) => statement.Action.filter((action) => action.includes('*'));

test('no role may do anything by a star but the two families of key actions', () => {
  expect(statements.length).toBeGreaterThan(40);
  expect([...new Set(statements.flatMap(starred))].sort()).toEqual([
    'kms:GenerateDataKey*',
    'kms:ReEncrypt*',
  ]);
});

test('nobody may scan a table', () => {
  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.endsWith(':Scan'))).toEqual([]);
});

test('no role is shared, and none has a policy of AWS', () => {
  const used = graph.all('AWS::Lambda::Function').map(([, fn]) => graph.target(property(fn, 'Role')));
  expect(new Set(used).size).toBe(4);
  for (const [, role] of graph.all('AWS::IAM::Role')) {
    expect(property(role, 'ManagedPolicyArns')).toBeUndefined();
  }
});
