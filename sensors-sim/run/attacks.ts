import type { PlacedDevice } from '../city.ts';
import type { AttackKind } from '../scenario/schema.ts';

/** A message that no honest device sends; `topicOf` names whose topic it goes to. */
export interface HostileMessage {
  readonly topicOf: string;
  readonly bytes: Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

/**
 * What a device under foreign control publishes, from its own connection.
 *
 * @param victim whose name or topic it abuses where the kind needs one
 * @returns undefined for `foreign-client-id`: that is a connection, not a message
 */
export function hostileMessage(
  kind: AttackKind,
  attacker: PlacedDevice,
  victim: PlacedDevice,
  atMs: number,
): HostileMessage | undefined {
  const own = attacker.device.deviceId;
  const sensor = attacker.device.sensors[0];
  const record = { bn: `${own}/`, t: atMs / 1000, n: sensor?.sensorId ?? 'none', v: 1 };
  const send = (bytes: Uint8Array): HostileMessage => ({ topicOf: own, bytes });
  switch (kind) {
    case 'empty':
      return send(new Uint8Array());
    case 'not-utf8':
      return send(new Uint8Array([0x5b, 0xff, 0xfe, 0xc3, 0x28, 0x5d]));
    case 'truncated-json':
      return send(json([record]).slice(0, -7));
    case 'trailing-garbage':
      return send(utf8(`${JSON.stringify([record])} and more`));
    case 'wrong-types':
      return send(json([{ ...record, v: '0x10' }]));
    case 'prototype-keys':
      return send(
        utf8(`[{"bn":"${own}/","t":${atMs / 1000},"n":"pm25","v":1,"__proto__":{"isAdmin":true}}]`),
      );
    case 'foreign-base-name':
      return send(json([{ ...record, bn: `${victim.device.deviceId}/` }]));
    case 'unknown-sensor':
      return send(json([{ ...record, n: 'no-such-sensor' }]));
    case 'wrong-unit':
      return send(json([{ ...record, u: 'kg' }]));
    case 'foreign-topic':
      return {
        topicOf: victim.device.deviceId,
        bytes: json([{ ...record, bn: `${victim.device.deviceId}/`, v: 99 }]),
      };
    case 'foreign-client-id':
      return undefined;
    default:
      return kind satisfies never;
  }
}
