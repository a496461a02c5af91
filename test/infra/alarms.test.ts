import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deadNames, deadPlaces, outputOf } from '../../cli/dead-letters/places.ts';
import { metricUnits } from '../../functions/usecases/ports/observer.ts';
import { graphFor, property } from './support/graph.ts';

const graph = graphFor({ stage: 'city' });
const alarms = graph.all('AWS::CloudWatch::Alarm').map(([, alarm]) => alarm);

/** `MetricName Dimension=logical id or text` of each alarm, with its threshold. */
const watched = alarms.map((alarm) => {
  const dimension = property(alarm, 'Dimensions', 0, 'Value');
  const on = typeof dimension === 'string' ? dimension : graph.target(dimension);
  return [`${property(alarm, 'MetricName')} of ${on}`, property(alarm, 'Threshold')] as const;
});
const thresholds = new Map(watched);

test('the age of the oldest message is watched on every queue that is consumed', () => {
  const ages = watched.filter(([name]) => name.startsWith('ApproximateAgeOfOldestMessage'));
  expect(Object.fromEntries(ages)).toEqual({
    'ApproximateAgeOfOldestMessage of QueuesTelemetryQueue7F41D732': 60,
    'ApproximateAgeOfOldestMessage of QueuesBacklogQueueEA520085': 3600,
    'ApproximateAgeOfOldestMessage of QueuesArchiveQueue2A7B1E44': 3600,
    'ApproximateAgeOfOldestMessage of QueuesTicksQueue82524BED': 60,
    'ApproximateAgeOfOldestMessage of RejectedMessagesQueueCCE35DE2': 300,
  });
});

test('one dead letter anywhere calls people', () => {
  const dead = graph
    .all('AWS::SQS::Queue')
    .filter(([, queue]) => property(queue, 'RedrivePolicy') === undefined)
    .map(([id]) => [id, thresholds.get(`ApproximateNumberOfMessagesVisible of ${id}`)]);
  expect(dead.length).toBe(8);
  expect(dead).toEqual(dead.map(([id]) => [id, 0]));
});

test('every function is watched for errors and throttles', () => {
  for (const [id] of graph.all('AWS::Lambda::Function')) {
    expect([id, thresholds.get(`Errors of ${id}`), thresholds.get(`Throttles of ${id}`)]).toEqual([id, 0, 0]);
  }
});

test('a canary that stays away for a minute calls people, also when nothing reports at all', () => {
  const canary = alarms.find((alarm) => property(alarm, 'MetricName') === 'CanaryArrived');
  expect(canary?.Properties).toMatchObject({
    Namespace: 'Tocsin',
    Dimensions: [{ Name: 'service', Value: 'tocsin-city-ingest' }],
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 60,
    EvaluationPeriods: 1,
    Statistic: 'Sum',
    TreatMissingData: 'breaching',
  });
});

test('failures to notify are watched on both paths, at the topic and in the stream', () => {
  const names = watched.map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'NotificationFailed of tocsin-city-notify',
      'NotificationFailed of tocsin-city-sweep',
      'CorrelationFailed of tocsin-city-notify',
      'CorrelationFailed of tocsin-city-sweep',
      'IteratorAge of NotifyFunction3392CA4F',
    ]),
  );
  const topics = alarms.filter((alarm) => property(alarm, 'MetricName') === 'NumberOfNotificationsFailed');
  expect(topics.map((alarm) => JSON.stringify(property(alarm, 'Dimensions', 0, 'Value')))).toEqual([
    expect.stringContaining('AlertsTopic'),
    expect.stringContaining('OperationsTopic'),
  ]);
});

test('what fails in the services on the way of a reading is watched', () => {
  const names = new Set(alarms.map((alarm) => String(property(alarm, 'MetricName'))));
  for (const name of [
    'RuleMessageThrottled',
    'DeliveryToS3.DataFreshness',
    '5xx',
    'ReadThrottleEvents',
    'WriteThrottleEvents',
    'NumberOfMessagesPublished',
  ]) {
    expect([...names]).toContain(name);
  }
});

test('metrics of our own are those that the functions emit, under the service that emits them', () => {
  const own = alarms.filter((alarm) => property(alarm, 'Namespace') === 'Tocsin');
  expect(own.length).toBe(9);
  const emitted = Object.keys(metricUnits);
  for (const alarm of own) expect(emitted).toContain(property(alarm, 'MetricName'));
  const services = graph
    .all('AWS::Lambda::Function')
    .map(([, fn]) => property(fn, 'Environment', 'Variables', 'POWERTOOLS_SERVICE_NAME'));
  for (const alarm of own) expect(services).toContain(property(alarm, 'Dimensions', 0, 'Value'));
});

test('what is refused, or stays without decision, for minutes on end calls people', () => {
  const minutes = Object.fromEntries(
    alarms.map((alarm) => [property(alarm, 'MetricName'), property(alarm, 'EvaluationPeriods')]),
  );
  expect(minutes).toMatchObject({ RecordsQuarantined: 15, TransitionsUndecided: 5 });
  expect(thresholds.get('RecordsQuarantined of tocsin-city-ingest')).toBe(0);
  expect(thresholds.get('TransitionsUndecided of tocsin-city-sweep')).toBe(0);
});

test('each place of dead letters that the tool knows has an alarm that names its command, and an output that says where it is', () => {
  const outputs = [...graph.outputs.keys()];
  const said = alarms.map((alarm) => String(property(alarm, 'AlarmDescription')));
  const places = deadNames.filter((name) => name !== 'LiveViewDead');
  for (const name of places) {
    expect(outputs).toContain(outputOf(name));
    const { way } = deadPlaces[name];
    if ('source' in way) expect(outputs).toContain(way.source);
    expect(said.filter((text) => text.includes(`tocsin dead-letters redrive ${name}.`))).toHaveLength(1);
  }
  expect(said.filter((text) => text.includes('tocsin dead-letters redrive'))).toHaveLength(places.length);
});

test('docs/operations.md names every alarm, but for the plain errors and throttles of a service', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const names = graph
    .all('AWS::CloudWatch::Alarm')
    .map(([id]) => id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, ''))
    .filter((name) => !/(Errors|Throttles|ThrottleEvents)$/.test(name));
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('alarms lead to the other repair tools as well', () => {
  const said = alarms.map((alarm) => String(property(alarm, 'AlarmDescription'))).join('\n');
  for (const command of ['tocsin quarantine list', 'tocsin reconcile', 'tocsin verify-archive'])
    expect(said).toContain(command);
});

test('every alarm says what to do and goes to operations, when it starts and when it ends', () => {
  for (const alarm of alarms) {
    expect(String(property(alarm, 'AlarmDescription')).length).toBeGreaterThan(20);
    expect(graph.target(property(alarm, 'AlarmActions', 0))).toBe('OperationsTopic6D6844EA');
    expect(graph.target(property(alarm, 'OKActions', 0))).toBe('OperationsTopic6D6844EA');
  }
});

test('only the absence of the canary reads missing data as a breach', () => {
  const breaching = alarms.filter((alarm) => property(alarm, 'TreatMissingData') !== 'notBreaching');
  expect(breaching.map((alarm) => property(alarm, 'MetricName'))).toEqual(['CanaryArrived']);
});

test('there is one dashboard', () => {
  expect(
    String(JSON.stringify(property(graph.only('AWS::CloudWatch::Dashboard'), 'DashboardBody'))),
  ).toContain('CanaryArrived');
});
