import { graphFor } from './support/graph.ts';

const china = {
  region: 'cn-north-1',
  account: '123456789012',
  oidcIssuer: 'https://id.example.cn/',
  oidcAudience: 'tocsin',
  requiredScopes: 'tocsin/api',
};

test('the app synthesises for cn-north-1 with an outside issuer and without Cognito', () => {
  const graph = graphFor(china);
  expect([...graph.resources.values()].filter(({ Type }) => Type.startsWith('AWS::Cognito'))).toEqual([]);
  expect(graph.resources.size).toBeGreaterThan(100);
});

test.each([{}, { stage: 'local' }, china])('no ARN names the partition by itself: %o', (settings) => {
  const { text } = graphFor(settings);
  const literal = settings === china ? 'arn:aws:' : 'arn:aws';
  expect(text.includes(literal)).toBe(false);
  expect(text).toContain('arn:');
});

test('the service principals are those of every partition', () => {
  const principals = new Set(graphFor(china).text.match(/[a-z]+\.amazonaws\.com(\.cn)?/g));
  expect([...principals].sort()).toEqual(
    [
      'cloudwatch.amazonaws.com',
      'firehose.amazonaws.com',
      'iot.amazonaws.com',
      'lambda.amazonaws.com',
      'scheduler.amazonaws.com',
      'sns.amazonaws.com',
      'apigateway.amazonaws.com',
    ].sort(),
  );
});
