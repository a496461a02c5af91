/** What this room knows: what devices say. This file: who speaks, told by the broker and never by the payload. */
import { type DeviceId, isDeviceId } from '../ids.ts';
import type { Envelope } from './envelope.ts';
import { type Format, isFormat } from './formats.ts';
import { excerpt, type Refusal, refusal } from './refusal.ts';

export type Identity =
  | { readonly kind: 'device'; readonly deviceId: DeviceId; readonly format: Format }
  | { readonly kind: 'canary' }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      /** Who really published, if it can be a device: the subject of the security alert. */
      readonly deviceId?: DeviceId;
    };

/** Longest topic in bytes of UTF-8: the broker's own limit. */
export const topicBytesMax = 256;

/** The topic on which our own messages travel the whole way; no device policy allows it. */
export const canaryTopic = 'tocsin/v1/-/canary';

/** What `clientid()` is for a message published over HTTPS with AWS credentials. */
export const canaryClientId = 'n/a';

/**
 * Who sent the message: topic and client id must name the same device (design 2.1).
 *
 * The canary's topic admits only a publisher without an MQTT connection; no other topic does.
 */
export function identify(envelope: Envelope): Identity {
  const { topic, clientId } = envelope;
  if (topic === canaryTopic) {
    if (clientId === canaryClientId) return { kind: 'canary' };
    return mismatch(clientId, `client ${excerpt(clientId)} published on the topic of the canary`);
  }
  if (Buffer.byteLength(topic) > topicBytesMax)
    return malformed(`the topic is longer than ${topicBytesMax} bytes`);
  const levels = topic.split('/');
  const [root, version, device = '', format = ''] = levels;
  if (levels.length !== 4 || root !== 'tocsin' || version !== 'v1')
    return malformed(`topic ${excerpt(topic)} is not tocsin/v1/{deviceId}/{format}`);
  if (!isDeviceId(device)) return malformed(`${excerpt(device)} is no device id`);
  if (clientId !== device)
    return mismatch(clientId, `client ${excerpt(clientId)} published as device ${device}`);
  if (!isFormat(format))
    return {
      kind: 'refused',
      refusal: refusal('format-unknown', `format ${excerpt(format)} is not known`),
      deviceId: device,
    };
  return { kind: 'device', deviceId: device, format };
}

const malformed = (found: string): Identity => ({
  kind: 'refused',
  refusal: refusal('topic-malformed', found),
});

function mismatch(clientId: string, found: string): Identity {
  const refused = { kind: 'refused', refusal: refusal('identity-mismatch', found) } as const;
  return isDeviceId(clientId) ? { ...refused, deviceId: clientId } : refused;
}
