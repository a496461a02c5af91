import * as z from 'zod';
import { ApiEnv, IngestEnv, NotifyEnv, SweepEnv } from '../../functions/entry/env.ts';
import { graphFor, property } from './support/graph.ts';

const graph = graphFor({ stage: 'local' });
const variables = z.record(z.string(), z.unknown());

function environment(name: string): Record<string, unknown> {
  const [found] = graph.all('AWS::Lambda::Function').filter(([id]) => id.startsWith(`${name}Function`));
  if (found === undefined) throw new Error(`no function ${name}`);
  return variables.parse(property(found[1], 'Environment', 'Variables'));
}

/** Read by the runtime and by Powertools, not by our code. */
const forTheRuntime = [
  'NODE_OPTIONS',
  'POWERTOOLS_LOG_LEVEL',
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_SERVICE_NAME',
];

test.each([
  ['Ingest', IngestEnv],
  ['Notify', NotifyEnv],
  ['Sweep', SweepEnv],
  ['Api', ApiEnv],
] as const)('%s gets exactly the environment that its schema reads', (name, schema) => {
  const given = Object.keys(environment(name)).filter((key) => !forTheRuntime.includes(key));
  expect(given.sort()).toEqual(Object.keys(schema.shape).sort());
});

test('what is known before the deployment passes the schemas', () => {
  expect(environment('Sweep')['CANARY_TOPIC']).toBe('$aws/rules/tocsin_local/tocsin/v1/-/canary');
  expect(environment('Api')['REQUIRED_SCOPES']).toBe('aws.cognito.signin.user.admin');
  expect(IngestEnv.shape.HEARTBEAT_URL.parse(environment('Ingest')['HEARTBEAT_URL'])).toBe('');
  const watched = graphFor({ heartbeatUrl: 'https://beat.example.org/1' });
  expect(watched.text).toContain('"HEARTBEAT_URL":"https://beat.example.org/1"');
});

test('every function is Node 24 on ARM with source maps', () => {
  const functions = graph.all('AWS::Lambda::Function');
  expect(functions.length).toBe(4);
  for (const [, fn] of functions) {
    expect(fn.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
    });
  }
});

test('every log group has a retention', () => {
  const days = (settings: Record<string, unknown>) =>
    graphFor(settings)
      .all('AWS::Logs::LogGroup')
      .map(([, group]) => property(group, 'RetentionInDays'));
  expect(days({ logRetentionDays: 30 })).toEqual([30, 30, 30, 30, 30, 30]);
  expect(days({})).toEqual([365, 365, 365, 365, 365, 365]);
});

test('functions write to their own log group', () => {
  const groups = graph
    .all('AWS::Lambda::Function')
    .map(([, fn]) => graph.target(property(fn, 'LoggingConfig', 'LogGroup')));
  expect(new Set(groups).size).toBe(4);
});
