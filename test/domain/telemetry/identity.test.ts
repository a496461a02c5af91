import { identify } from '../../../functions/domain/telemetry/identity.ts';
import { isSecurityMatter } from '../../../functions/domain/telemetry/refusal.ts';
import { envelopeOf } from './fixtures.ts';

const identityOf = (topic: string, clientId: string) => identify(envelopeOf('[]', { topic, clientId }));

const reasonOf = (topic: string, clientId: string): string => {
  const identity = identityOf(topic, clientId);
  return identity.kind === 'refused' ? identity.refusal.reason : identity.kind;
};

test('a device is who the topic and the client id both name', () => {
  expect(identityOf('tocsin/v1/mine-07/senml', 'mine-07')).toEqual({
    kind: 'device',
    deviceId: 'mine-07',
    format: 'senml',
  });
});

test('bad input 21: a client that publishes as another device is refused, and named by its own id', () => {
  const identity = identityOf('tocsin/v1/mine-08/senml', 'mine-07');
  expect(identity).toMatchObject({
    kind: 'refused',
    deviceId: 'mine-07',
    refusal: { reason: 'identity-mismatch' },
  });
  expect(isSecurityMatter('identity-mismatch')).toBe(true);
});

test('a device topic is not open to publishers over HTTPS', () => {
  expect(reasonOf('tocsin/v1/mine-07/senml', 'n/a')).toBe('identity-mismatch');
});

test('the canary comes on its own topic and without an MQTT connection', () => {
  expect(identityOf('tocsin/v1/-/canary', 'n/a')).toEqual({ kind: 'canary' });
});

test.each(['mine-07', '-', 'N/A'])('the topic of the canary is closed to a client called %p', (clientId) => {
  expect(reasonOf('tocsin/v1/-/canary', clientId)).toBe('identity-mismatch');
});

test('the topic of the canary with another format is no canary', () => {
  expect(reasonOf('tocsin/v1/-/senml', 'n/a')).toBe('topic-malformed');
});

test.each([
  ['eight levels more', 'tocsin/v1/mine-07/senml/a/b/c/d/e/f/g/h'],
  ['a level too few', 'tocsin/v1/mine-07'],
  ['one level', 'tocsin'],
  ['an empty level', 'tocsin/v1//senml'],
  ['an empty last level', 'tocsin/v1/mine-07/senml/'],
  ['a leading slash', '/tocsin/v1/mine-07/senml'],
  ['another root', 'toscin/v1/mine-07/senml'],
  ['another version', 'tocsin/v2/mine-07/senml'],
  ['a look-alike of a letter', 'tocsin/v1/mine-0７/senml'],
  ['a Cyrillic letter', 'tocsin/v1/minе-07/senml'],
  ['a wildcard', 'tocsin/v1/+/senml'],
  ['a NUL', 'tocsin/v1/mine\u000007/senml'],
])('bad input 34: a topic with %s is refused', (_, topic) => {
  expect(reasonOf(topic, topic.split('/')[2] ?? '')).toBe('topic-malformed');
});

test('bad input 34: a topic of 256 bytes is looked at, one of 257 is not', () => {
  const topicOf = (bytes: number): string => {
    const start = 'tocsin/v1/mine-07/';
    return start + 'x'.repeat(bytes - start.length);
  };
  expect(reasonOf(topicOf(256), 'mine-07')).toBe('format-unknown');
  expect(reasonOf(topicOf(257), 'mine-07')).toBe('topic-malformed');
});

test('a device id of 64 characters is one, of 65 is none', () => {
  const id = (length: number): string => 'd'.repeat(length);
  expect(reasonOf(`tocsin/v1/${id(64)}/senml`, id(64))).toBe('device');
  expect(reasonOf(`tocsin/v1/${id(65)}/senml`, id(65))).toBe('topic-malformed');
});

test.each(['hj212', 'toString', '__proto__', 'SENML'])('format %p is not known', (format) => {
  expect(reasonOf(`tocsin/v1/mine-07/${format}`, 'mine-07')).toBe('format-unknown');
});

test('foreign text in a refusal cannot forge a log line', () => {
  const identity = identityOf('tocsin/v1/mine-07/senml', 'x\n\u001b[31m{"level":"ERROR"}\u202e');
  expect(identity.kind === 'refused' && identity.refusal.detail).toMatch(/^[ -~…]*$/);
});

test.each([
  ['device-unregistered', true],
  ['device-revoked', true],
  ['topic-malformed', false],
] as const)('that the reason %s is a matter of security: %p', (reason, isMatter) => {
  expect(isSecurityMatter(reason)).toBe(isMatter);
});
