import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Stateful } from '../stacks/stateful.ts';
import { telemetryRuleName } from '../topics.ts';
import { acknowledgeResource } from './acknowledge.ts';
import { allowItems } from './allow.ts';
import { TocsinFunction, type TocsinFunctionProps } from './tocsin-function.ts';

export interface ApiProps extends Omit<TocsinFunctionProps, 'environment'> {
  readonly stateful: Stateful;
}

/** Answers people and systems, and registers devices. */
export function api(scope: Construct, id: string, props: ApiProps): TocsinFunction {
  const { tables, devicePolicy, tokens } = props.stateful;
  const made = new TocsinFunction(scope, id, 'api', {
    ...props,
    environment: {
      TWINS_TABLE_NAME: tables.twins.tableName,
      RECORDS_TABLE_NAME: tables.records.tableName,
      TELEMETRY_RULE_NAME: telemetryRuleName(props.config.stage),
      DEVICE_POLICY_NAME: devicePolicy.ref,
      REQUIRED_SCOPES: tokens.requiredScopes.join(' '),
      TOKEN_ISSUER: tokens.url,
    },
  });
  allowItems(made.role, tables.twins, ['BatchGetItem', 'UpdateItem']);
  allowItems(made.role, tables.records, [
    'BatchGetItem',
    'ConditionCheckItem',
    'DeleteItem',
    'PutItem',
    'Query',
  ]);
  allowDeviceRegistration(made.role);
  if (props.config.stage === 'local') allowPolicyTargets(made.role);
  return made;
}

/** A thing, a certificate from the device's own request, and the two joined to each other and to the policy. */
function allowDeviceRegistration(role: Role): void {
  const arn = (resource: string) =>
    Stack.of(role).formatArn({
      service: 'iot',
      resource,
      resourceName: '*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  const allow = (actions: readonly string[], resource: string, reason: string) => {
    role.addToPolicy(
      new PolicyStatement({ actions: actions.map((action) => `iot:${action}`), resources: [resource] }),
    );
    acknowledgeResource(role, resource, reason);
  };
  allow(['CreateThing'], arn('thing'), 'Devices are named by those who register them.');
  allow(
    ['AttachPolicy', 'DeleteCertificate', 'DetachPolicy', 'UpdateCertificate'],
    arn('cert'),
    'The id of a certificate is known only once it was issued.',
  );
  allow(
    ['AttachThingPrincipal', 'CreateCertificateFromCsr', 'DetachThingPrincipal'],
    '*',
    'IoT knows no resource for these actions (service authorization reference).',
  );
}

/** The local platform sees no certificate in the calls that attach and detach a policy, only `*`. */
function allowPolicyTargets(role: Role): void {
  role.addToPolicy(
    new PolicyStatement({ actions: ['iot:AttachPolicy', 'iot:DetachPolicy'], resources: ['*'] }),
  );
}
