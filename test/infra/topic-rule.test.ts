import { graphFor, property } from './support/graph.ts';
import { allows, roleStatements } from './support/policies.ts';

const graph = graphFor({ stage: 'local' });
const roles = roleStatements(graph);

const payload = (...path: (string | number)[]) =>
  property(graph.only('AWS::IoT::TopicRule'), 'TopicRulePayload', ...path);

test('the rule wraps the bytes with what the broker knows and parses nothing', () => {
  expect(payload('Sql')).toBe(
    "SELECT encode(*, 'base64') AS data, topic() AS topic, clientid() AS clientId, principal() AS principal, " +
      "timestamp() AS receivedAt, newuuid() AS id FROM 'tocsin/v1/#'",
  );
  expect(payload('AwsIotSqlVersion')).toBe('2016-03-23');
  expect(payload('RuleDisabled')).toBeUndefined();
});

test('its error action is another service with a role and a key of its own', () => {
  const queue = 'QueuesTelemetryQueue7F41D732';
  const topic = 'RejectedTopic94810C1A';
  expect(graph.target(payload('Actions', 0, 'Sqs', 'QueueUrl'))).toBe(queue);
  expect(graph.target(payload('ErrorAction', 'Sns', 'TargetArn'))).toBe(topic);
  const toQueue = graph.target(payload('Actions', 0, 'Sqs', 'RoleArn')) ?? '';
  const toTopic = graph.target(payload('ErrorAction', 'Sns', 'RoleArn')) ?? '';
  expect(toQueue).not.toBe(toTopic);
  expect(allows(graph, roles.get(toQueue) ?? [], 'sqs:SendMessage', queue)).toBe(true);
  expect(allows(graph, roles.get(toTopic) ?? [], 'sns:Publish', topic)).toBe(true);
  expect(
    (roles.get(toQueue) ?? []).flatMap(({ Action }) => Action).filter((action) => action.startsWith('sns:')),
  ).toEqual([]);
  expect(
    (roles.get(toTopic) ?? []).flatMap(({ Action }) => Action).filter((action) => action.startsWith('sqs:')),
  ).toEqual([]);
  const key = (id: string) => graph.target(graph.resources.get(id)?.Properties['KmsMasterKeyId']);
  expect(key(queue)).not.toBe(key(topic));
});

test('a device connects as its own thing and publishes to its own topic, and nothing else', () => {
  const policy = graph.only('AWS::IoT::Policy');
  const own = '$'.concat('{iot:Connection.Thing.ThingName}');
  const arn = (resource: string) => ({
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':iot:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        `:${resource}`,
      ],
    ],
  });
  const attached = { Bool: { 'iot:Connection.Thing.IsAttached': ['true'] } };
  expect(property(policy, 'PolicyDocument', 'Statement')).toEqual([
    { Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${own}`), Condition: attached },
    {
      Effect: 'Allow',
      Action: 'iot:Publish',
      Resource: [arn(`topic/$aws/rules/tocsin_local/tocsin/v1/${own}/senml`)],
      Condition: attached,
    },
  ]);
});

test('the topics that are given out are those of the rule', () => {
  expect(graph.outputs.get('TelemetryRuleName')).toBe('tocsin_local');
  expect(graph.outputs.get('TelemetryTopicPrefix')).toBe('$aws/rules/tocsin_local/tocsin/v1');
});
