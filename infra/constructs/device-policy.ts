import type { RemovalPolicy } from 'aws-cdk-lib';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import type { Construct } from 'constructs';
import { deviceFormats, telemetryTopicPrefix } from '../topics.ts';

/** The broker puts the name of the thing in here whose certificate opened the connection. */
const ownThing = '$'.concat('{iot:Connection.Thing.ThingName}');

/**
 * What a device may do: connect as its own thing and publish to its own topic, while its certificate is attached to
 * that thing. It subscribes to nothing.
 */
export function devicePolicy(
  scope: Construct,
  id: string,
  stage: string,
  removalPolicy: RemovalPolicy,
): CfnPolicy {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({
      service: 'iot',
      resource,
      resourceName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  const attached = { Bool: { 'iot:Connection.Thing.IsAttached': ['true'] } };
  const policy = new CfnPolicy(scope, id, {
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iot:Connect', Resource: arn('client', ownThing), Condition: attached },
        {
          Effect: 'Allow',
          Action: 'iot:Publish',
          Resource: deviceFormats.map((format) =>
            arn('topic', `${telemetryTopicPrefix(stage)}/${ownThing}/${format}`),
          ),
          Condition: attached,
        },
      ],
    },
  });
  policy.applyRemovalPolicy(removalPolicy);
  return policy;
}
