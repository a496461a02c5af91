import type { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { functionTimeout, memorySizeMb } from '../limits.ts';
import { metricNamespace, serviceName } from '../metrics.ts';
import { acknowledgeKeyWildcards } from './acknowledge.ts';
import { type CodeFor, type FunctionName, handlerName } from './bundle.ts';

export interface TocsinFunctionProps {
  readonly config: Config;
  readonly codeFor: CodeFor;
  readonly removalPolicy: RemovalPolicy;
  readonly environment: Readonly<Record<string, string>>;
}

/** One function with a role of its own that starts with nothing but its log. */
export class TocsinFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, name: FunctionName, props: TocsinFunctionProps) {
    super(scope, id);
    const { config } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: config.logRetentionDays satisfies number as RetentionDays,
      removalPolicy: props.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    acknowledgeKeyWildcards(this.role);
    this.fn = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: props.codeFor(name),
      handler: handlerName,
      role: this.role,
      logGroup,
      timeout: functionTimeout[name],
      memorySize: memorySizeMb[name],
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_LOG_LEVEL: config.logLevel,
        POWERTOOLS_SERVICE_NAME: serviceName(config.stage, name),
        POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
        STAGE: config.stage,
        ...props.environment,
      },
    });
  }
}
