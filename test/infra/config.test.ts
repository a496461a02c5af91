import { RootConstruct } from 'constructs';
import {
  ConfigError,
  parseConfig,
  readConfig,
  retentionDaysMax,
  telemetryConcurrencyMax,
  telemetryConcurrencyMin,
} from '../../infra/config.ts';

function problem(settings: Record<string, unknown>): string {
  try {
    parseConfig(settings);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('without settings it is the production stage, kept for two years', () => {
  expect(parseConfig({})).toEqual({
    stage: 'prod',
    retentionDays: 731,
    logRetentionDays: 365,
    telemetryConcurrency: 5,
    logLevel: 'INFO',
  });
});

test('settings from the command line are text', () => {
  const config = parseConfig({
    stage: 'local',
    retentionDays: '30',
    account: '012345678901',
    region: 'cn-north-1',
    oidcIssuer: 'https://id.example.cn/',
    oidcAudience: 'a b',
    requiredScopes: 'x,y',
  });
  expect(config).toMatchObject({
    retentionDays: 30,
    account: '012345678901',
    oidcAudience: ['a', 'b'],
    requiredScopes: ['x', 'y'],
  });
});

test.each([
  [{ stage: 'Prod' }, 'stage'],
  [{ stage: '' }, 'stage'],
  [{ stage: 'a'.repeat(21) }, 'stage'],
  [{ retentionDays: 0 }, 'retentionDays'],
  [{ retentionDays: retentionDaysMax + 1 }, 'retentionDays'],
  [{ retentionDays: 'many' }, 'retentionDays'],
  [{ logRetentionDays: 29 }, 'logRetentionDays'],
  [{ telemetryConcurrency: telemetryConcurrencyMin - 1 }, 'telemetryConcurrency'],
  [{ telemetryConcurrency: telemetryConcurrencyMax + 1 }, 'telemetryConcurrency'],
  [{ logLevel: 'LOUD' }, 'logLevel'],
  [{ alarmEmail: 'nobody' }, 'alarmEmail'],
  [{ alertEmail: 'nobody' }, 'alertEmail'],
  [{ heartbeatUrl: 'http://beat.example.org' }, 'heartbeatUrl'],
  [{ account: '123' }, 'account'],
  [{ account: '123456789012' }, 'region'],
  [{ region: 'China' }, 'region'],
  [{ oidcIssuer: 'https://id.example.org/', requiredScopes: 'a' }, 'oidcAudience'],
  [{ oidcIssuer: 'https://id.example.org/', oidcAudience: 'a' }, 'requiredScopes'],
  [{ oidcAudience: 'a' }, 'oidcIssuer'],
  [{ region: 'cn-north-1' }, 'oidcIssuer'],
  [{ requiredScopes: ' ' }, 'requiredScopes'],
])('%o is refused, naming %s', (settings, field) => {
  expect(problem(settings)).toMatch(new RegExp(`^Wrong configuration:\\n( {2}.*\\n)* {2}${field}: `));
});

test.each([
  { stage: 'a'.repeat(20) },
  { retentionDays: 1 },
  { retentionDays: retentionDaysMax },
  { logRetentionDays: 30 },
  { telemetryConcurrency: telemetryConcurrencyMin },
  { telemetryConcurrency: telemetryConcurrencyMax },
])('%o is accepted', (settings) => {
  expect(problem(settings)).toBe('accepted');
});

test('a name that is no setting is refused with those that are', () => {
  expect(problem({ stge: 'local' })).toMatch(/stge: no such setting; there are stage, .*retentionDays/);
});

test('the message says where to set it', () => {
  expect(problem({ stage: 'X' })).toContain('`-c name=value`');
});

test("the toolkit's own context is left alone, ours is read", () => {
  const app = new RootConstruct();
  app.node.setContext('stage', 'city');
  app.node.setContext('@aws-cdk/core:x', true);
  app.node.setContext('availability-zones:y', []);
  expect(readConfig(app.node).stage).toBe('city');
});
