import { graphFor, property } from './support/graph.ts';

const graph = graphFor({ stage: 'local' });

test('every route wants a token with a scope, so that an ID token is refused', () => {
  const route = graph.only('AWS::ApiGatewayV2::Route');
  expect(route.Properties).toMatchObject({
    RouteKey: 'ANY /v1/{proxy+}',
    AuthorizationType: 'JWT',
    AuthorizationScopes: ['aws.cognito.signin.user.admin'],
  });
  const authorizer = graph.only('AWS::ApiGatewayV2::Authorizer');
  expect(graph.target(property(authorizer, 'JwtConfiguration', 'Audience', 0))).toBe('SignInPeople26B168CC');
  expect(graph.target(property(authorizer, 'JwtConfiguration', 'Issuer'))).toBe('SignIn1BF1EF28');
});

test('the stage limits requests and writes a line for each, without an address or a name', () => {
  const stage = graph.only('AWS::ApiGatewayV2::Stage');
  expect(property(stage, 'DefaultRouteSettings')).toEqual({
    ThrottlingBurstLimit: 200,
    ThrottlingRateLimit: 100,
  });
  const line = String(property(stage, 'AccessLogSettings', 'Format'));
  expect(line).toContain('$context.requestId');
  expect(line).not.toMatch(/identity|sourceIp|claims/);
});

test('an outside issuer brings its audience and scopes, and there is no user pool', () => {
  const outside = graphFor({
    oidcIssuer: 'https://id.example.org/',
    oidcAudience: 'tocsin, ops',
    requiredScopes: 'tocsin/api',
  });
  expect(outside.all('AWS::Cognito::UserPool')).toEqual([]);
  expect(outside.outputs.has('UserPoolId')).toBe(false);
  expect(property(outside.only('AWS::ApiGatewayV2::Authorizer'), 'JwtConfiguration')).toEqual({
    Audience: ['tocsin', 'ops'],
    Issuer: 'https://id.example.org/',
  });
  expect(property(outside.only('AWS::ApiGatewayV2::Route'), 'AuthorizationScopes')).toEqual(['tocsin/api']);
});
