import * as z from 'zod';
import { graphFor, property, type Resource } from './support/graph.ts';

const graph = graphFor({ stage: 'local', alarmEmail: 'a@example.org', alertEmail: 'b@example.org' });
const queues = graph.all('AWS::SQS::Queue');
const mappings = graph.all('AWS::Lambda::EventSourceMapping');

const deadLettersOf = (resource: Resource) =>
  graph.target(property(resource, 'RedrivePolicy', 'deadLetterTargetArn'));
const number = (resource: Resource, ...path: string[]) => z.number().parse(property(resource, ...path));
const functionOf = (mapping: Resource): Resource => {
  const fn = graph.resources.get(graph.target(property(mapping, 'FunctionName')) ?? '');
  if (fn === undefined) throw new Error('a mapping without a function');
  return fn;
};

/** Every place that takes what failed for good: of queues, subscriptions, the stream's mapping, the schedule. */
const deadLetters = new Set(
  [
    ...queues.map(([, queue]) => deadLettersOf(queue)),
    ...graph.all('AWS::SNS::Subscription').map(([, one]) => deadLettersOf(one)),
    ...mappings.map(([, one]) =>
      graph.target(property(one, 'DestinationConfig', 'OnFailure', 'Destination')),
    ),
    ...graph
      .all('AWS::Scheduler::Schedule')
      .map(([, one]) => graph.target(property(one, 'Target', 'DeadLetterConfig', 'Arn'))),
  ].filter((id) => id !== undefined),
);

test('every queue has a place for dead letters or is one, kept for 14 days', () => {
  expect(deadLetters.size).toBe(9);
  for (const [id, queue] of queues) {
    if (deadLetters.has(id)) {
      expect(property(queue, 'MessageRetentionPeriod')).toBe(14 * 24 * 3600);
    } else {
      expect([id, deadLetters.has(deadLettersOf(queue) ?? '')]).toEqual([id, true]);
    }
  }
});

test('what the topic rule could not hand over comes inside a notification, whose time outlasts a redrive', () => {
  const raw = graph
    .all('AWS::SNS::Subscription')
    .filter(([, one]) => property(one, 'Protocol') === 'sqs')
    .map(([id, one]) => [id.includes('Rejected'), property(one, 'RawMessageDelivery')]);
  expect(raw.toSorted()).toEqual([
    [false, true],
    [true, false],
  ]);
});

test('every subscription, mapping and schedule has a place for what failed', () => {
  const subscriptions = graph.all('AWS::SNS::Subscription');
  expect(subscriptions.map(([, one]) => property(one, 'Protocol')).sort()).toEqual([
    'email',
    'email',
    'sqs',
    'sqs',
  ]);
  for (const [, one] of subscriptions) expect(deadLettersOf(one)).toBeDefined();
  for (const [, one] of mappings) {
    const source = graph.resources.get(graph.target(property(one, 'EventSourceArn')) ?? '');
    const place =
      source?.Type === 'AWS::SQS::Queue'
        ? deadLettersOf(source)
        : graph.target(property(one, 'DestinationConfig', 'OnFailure', 'Destination'));
    expect(place).toBeDefined();
  }
  const schedules = graph.all('AWS::Scheduler::Schedule');
  expect(schedules.length).toBe(1);
  for (const [, one] of schedules)
    expect(deadLetters.has(graph.target(property(one, 'Target', 'DeadLetterConfig', 'Arn')) ?? '')).toBe(
      true,
    );
});

test('a batch fails by its messages: every mapping reports partial responses', () => {
  expect(mappings.length).toBe(5);
  for (const [, one] of mappings)
    expect(property(one, 'FunctionResponseTypes')).toEqual(['ReportBatchItemFailures']);
});

test('a message stays hidden for six runs of its function, so that throttling kills none', () => {
  const consumed = mappings.flatMap(([, one]) => {
    const queue = graph.resources.get(graph.target(property(one, 'EventSourceArn')) ?? '');
    return queue?.Type === 'AWS::SQS::Queue' ? [{ one, queue }] : [];
  });
  expect(consumed.length).toBe(4);
  for (const { one, queue } of consumed) {
    const window = z.number().default(0).parse(property(one, 'MaximumBatchingWindowInSeconds'));
    expect(number(queue, 'VisibilityTimeout')).toBeGreaterThanOrEqual(
      6 * number(functionOf(one), 'Timeout') + window,
    );
    expect(number(queue, 'RedrivePolicy', 'maxReceiveCount')).toBeGreaterThanOrEqual(5);
  }
});

test('a queue forgets before its dead letters do, but for the archive, which both keep 14 days', () => {
  for (const [id, queue] of queues) {
    const dead = graph.resources.get(deadLettersOf(queue) ?? '');
    if (dead === undefined || id.startsWith('QueuesArchive')) continue;
    expect(number(queue, 'MessageRetentionPeriod')).toBeLessThan(number(dead, 'MessageRetentionPeriod'));
  }
  expect(graph.resources.get('QueuesArchiveQueue2A7B1E44')?.Properties['MessageRetentionPeriod']).toBe(
    14 * 24 * 3600,
  );
});

test('concurrency is limited on the mappings, and nothing is reserved', () => {
  const limits = mappings.map(([, one]) => [
    graph.target(property(one, 'EventSourceArn'))?.slice(0, -8),
    property(one, 'BatchSize'),
    property(one, 'MaximumBatchingWindowInSeconds'),
    property(one, 'ScalingConfig', 'MaximumConcurrency'),
  ]);
  expect(limits).toEqual([
    ['QueuesTelemetryQueue', 10, 1, 5],
    ['QueuesBacklogQueue', 10, undefined, 2],
    ['RejectedMessagesQueue', 10, undefined, 2],
    ['TablesRecords', 10, undefined, undefined],
    ['QueuesTicksQueue', 1, undefined, 2],
  ]);
  for (const [, fn] of graph.all('AWS::Lambda::Function')) {
    expect(property(fn, 'ReservedConcurrentExecutions')).toBeUndefined();
  }
});

test('notify reads new transitions only, and a poison record cannot hold its shard', () => {
  const [stream] = mappings
    .filter(([, one]) => property(one, 'StartingPosition') !== undefined)
    .map(([, one]) => one);
  if (stream === undefined) throw new Error('no mapping of a stream');
  expect(stream.Properties).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    MaximumRetryAttempts: 3,
    MaximumRecordAgeInSeconds: 60,
    BisectBatchOnFunctionError: true,
    ParallelizationFactor: 10,
  });
  expect(property(stream, 'FilterCriteria', 'Filters')).toEqual([
    {
      Pattern: JSON.stringify({
        eventName: ['INSERT'],
        dynamodb: { Keys: { sk: { S: [{ prefix: 'T#' }] } } },
      }),
    },
  ]);
  expect(
    deadLetters.has(graph.target(property(stream, 'DestinationConfig', 'OnFailure', 'Destination')) ?? ''),
  ).toBe(true);
});

test('once a minute a plan goes to the ticks', () => {
  const schedule = graph.only('AWS::Scheduler::Schedule');
  expect(property(schedule, 'ScheduleExpression')).toBe('rate(1 minute)');
  expect(property(schedule, 'Target', 'Input')).toBe('{"kind":"plan"}');
  expect(graph.target(property(schedule, 'Target', 'Arn'))).toBe('QueuesTicksQueue82524BED');
});

test('only the local stage has a queue for the live view', () => {
  expect(graph.outputs.has('LiveViewQueueUrl')).toBe(true);
  const prod = graphFor({});
  expect(prod.outputs.has('LiveViewQueueUrl')).toBe(false);
  expect(prod.all('AWS::SNS::Subscription').map(([, one]) => property(one, 'Protocol'))).toEqual(['sqs']);
});
