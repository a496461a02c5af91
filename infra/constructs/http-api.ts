import type { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { TokenIssuer } from './sign-in.ts';

export interface HttpEntranceProps {
  readonly handler: LambdaFunction;
  readonly tokens: TokenIssuer;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** Requests a second that the whole API takes, and how many at once on top. */
const requestRate = { rateLimit: 100, burstLimit: 200 } as const;

/** What is written of a request: no address and no name of a person. */
const accessLine = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  refused: '$context.authorizer.error',
  error: '$context.integrationErrorMessage',
});

/** The one door for people and systems: a token with a required scope, or 401. */
export class HttpEntrance extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: HttpEntranceProps) {
    super(scope, id);
    const { tokens } = props;
    this.api = new HttpApi(this, 'Api', {
      description: 'Tocsin',
      createDefaultStage: false,
    });
    this.api.addRoutes({
      path: '/v1/{proxy+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('Handler', props.handler),
      authorizer: new HttpJwtAuthorizer('Tokens', tokens.url, { jwtAudience: [...tokens.audience] }),
      authorizationScopes: [...tokens.requiredScopes],
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: requestRate,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(accessLine),
      },
    });
  }
}
