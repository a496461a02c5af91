import * as z from 'zod';
import { mappings, type QueueName, queues, stream, timeoutMs } from '../simulation/world/settings.ts';
import { graphFor, property, type Resource } from './support/graph.ts';

const graph = graphFor({ stage: 'local', alarmEmail: 'a@example.org', alertEmail: 'b@example.org' });
const number = (resource: Resource | undefined, ...path: string[]): number => {
  if (resource === undefined) throw new Error(`no resource for ${path.join('.')}`);
  return z.number().parse(property(resource, ...path));
};

/** Logical ids begin with what a construct is called. */
const prefixes: Readonly<Record<QueueName, string>> = {
  telemetry: 'QueuesTelemetryQueue',
  backlog: 'QueuesBacklogQueue',
  rejected: 'RejectedMessagesQueue',
  archive: 'QueuesArchiveQueue',
  ticks: 'QueuesTicksQueue',
};
const entryOf = (name: QueueName): readonly [string, Resource] => {
  const found = graph.all('AWS::SQS::Queue').find(([id]) => id.startsWith(prefixes[name]));
  if (found === undefined) throw new Error(`no queue ${name}`);
  return found;
};
const mappingsOf = graph.all('AWS::Lambda::EventSourceMapping').map(([, one]) => one);

test.each(Object.entries(queues))(
  'the simulated queue %s hides and gives up messages as the deployed one',
  (name, settings) => {
    const [, queue] = entryOf(name as QueueName);
    expect(number(queue, 'VisibilityTimeout') * 1_000).toBe(settings.visibilityMs);
    expect(number(queue, 'RedrivePolicy', 'maxReceiveCount')).toBe(settings.receivesMax);
  },
);

test.each(mappings.map((one) => [one.queue, one] as const))(
  'the simulated mapping of %s takes batches as the deployed one',
  (name, settings) => {
    const [id] = entryOf(name);
    const mapping = mappingsOf.find((one) => graph.target(property(one, 'EventSourceArn')) === id);
    expect(number(mapping, 'BatchSize')).toBe(settings.batchMax);
    const window = mapping === undefined ? undefined : property(mapping, 'MaximumBatchingWindowInSeconds');
    expect(Number(window ?? 0) * 1_000).toBe(settings.windowMs);
    expect(number(mapping, 'ScalingConfig', 'MaximumConcurrency')).toBeGreaterThanOrEqual(
      settings.concurrencyMax,
    );
  },
);

test('the simulated stream is mapped as the deployed one', () => {
  const mapping = mappingsOf.find((one) => property(one, 'BisectBatchOnFunctionError') === true);
  expect({
    batchMax: number(mapping, 'BatchSize'),
    lanes: number(mapping, 'ParallelizationFactor'),
    retriesMax: number(mapping, 'MaximumRetryAttempts'),
    recordAgeMaxMs: number(mapping, 'MaximumRecordAgeInSeconds') * 1_000,
  }).toEqual(stream);
});

test.each(Object.entries(timeoutMs))(
  'the simulated function %s is killed when the deployed one is',
  (name, ms) => {
    const functions = graph.all('AWS::Lambda::Function').filter(([id]) => id.toLowerCase().startsWith(name));
    expect(functions.map(([, one]) => number(one, 'Timeout') * 1_000)).toContain(ms);
  },
);
