import { identify } from '../../../functions/domain/telemetry/identity.ts';
import { envelopeOf } from './fixtures.ts';

const publish = 'publish to tocsin/v1/{deviceId}/{format}';
const ownSelf = 'a device speaks only for itself: check its certificate, client id and base name';

test.each([
  ['mine-07', 'mine-07', `topic "mine-07" is not tocsin/v1/{deviceId}/{format}; ${publish}`],
  ['tocsin/v1/-/senml', '-', `"-" is no device id; ${publish}`],
  [`tocsin/v1/mine-07/${'x'.repeat(239)}`, 'mine-07', `the topic is longer than 256 bytes; ${publish}`],
])('the topic %s of client %s is malformed, and nobody is named', (topic, clientId, detail) => {
  expect(identify(envelopeOf('[]', { topic, clientId }))).toStrictEqual({
    kind: 'refused',
    refusal: { reason: 'topic-malformed', detail },
  });
});

test('the bytes of a topic are counted, not its letters', () => {
  const topic = `tocsin/v1/mine-07/${'é'.repeat(120)}`;
  expect(identify(envelopeOf('[]', { topic, clientId: 'mine-07' }))).toMatchObject({
    refusal: { detail: `the topic is longer than 256 bytes; ${publish}` },
  });
});

test('who publishes as another device is named, unless it can be none', () => {
  const topic = 'tocsin/v1/mine-08/senml';
  expect(identify(envelopeOf('[]', { topic, clientId: 'mine-07' }))).toStrictEqual({
    kind: 'refused',
    refusal: {
      reason: 'identity-mismatch',
      detail: `client "mine-07" published as device mine-08; ${ownSelf}`,
    },
    deviceId: 'mine-07',
  });
  expect(identify(envelopeOf('[]', { topic, clientId: 'n/a' }))).toStrictEqual({
    kind: 'refused',
    refusal: {
      reason: 'identity-mismatch',
      detail: `client "n/a" published as device mine-08; ${ownSelf}`,
    },
  });
});

test('a device that publishes on the topic of the canary is named', () => {
  const topic = 'tocsin/v1/-/canary';
  expect(identify(envelopeOf('[]', { topic, clientId: 'mine-07' }))).toStrictEqual({
    kind: 'refused',
    refusal: {
      reason: 'identity-mismatch',
      detail: `client "mine-07" published on the topic of the canary; ${ownSelf}`,
    },
    deviceId: 'mine-07',
  });
});

test('a device whose format is not known is named', () => {
  const topic = 'tocsin/v1/mine-07/hj212';
  expect(identify(envelopeOf('[]', { topic, clientId: 'mine-07' }))).toStrictEqual({
    kind: 'refused',
    refusal: {
      reason: 'format-unknown',
      detail: 'format "hj212" is not known; use a format that this version knows: senml',
    },
    deviceId: 'mine-07',
  });
});
