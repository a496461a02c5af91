/** What this room knows: what devices say. This file: a message decoded and held against its device's registration. */

import { appended } from '../appended.ts';
import type { Envelope } from './envelope.ts';
import { decoders, type Format } from './formats.ts';
import type { MessageClock } from './life.ts';
import { type MessageKey, messageKey } from './message-key.ts';
import type { Pack } from './pack.ts';
import type { Quality, Value } from './reading.ts';
import { checkRecord, plainValue } from './record-check.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DeviceRegistration } from './registration.ts';
import { sensorsOf } from './sensors.ts';

/** A record that is as registered, not yet timed. */
export interface CheckedRecord {
  readonly index: number;
  readonly sensorId: string;
  readonly deviceAtMs: number;
  readonly value: Value | undefined;
  readonly quality: Quality;
}

export type OpenedMessage =
  | {
      readonly kind: 'opened';
      readonly envelope: Envelope;
      readonly boot: string | undefined;
      readonly seq: number | undefined;
      readonly sentAtMs: number | undefined;
      /** Latest time of any record, by the device's clock. */
      readonly newestMs: number | undefined;
      readonly key: MessageKey;
      readonly clock: MessageClock | undefined;
      readonly records: readonly CheckedRecord[];
      /** One for each record that was refused. */
      readonly refusals: readonly Refusal[];
      readonly outOfRangeCount: number;
    }
  | { readonly kind: 'refused'; readonly envelope: Envelope; readonly refusal: Refusal };

/**
 * The message without regard to what came before it: the same for every try to commit it.
 *
 * @throws never
 */
export function openMessage(
  envelope: Envelope,
  format: Format,
  registration: DeviceRegistration | undefined,
): OpenedMessage {
  if (registration === undefined || registration.deviceId !== envelope.clientId)
    return refused(envelope, refusal('device-unregistered', 'no such device is registered'));
  if (registration.status === 'revoked')
    return refused(envelope, refusal('device-revoked', `device ${registration.deviceId} is revoked`));
  const { deviceId } = registration;
  const decoded = decoders[format](envelope.data, { deviceId, receivedAt: envelope.receivedAt });
  return decoded.ok ? opened(envelope, decoded.pack, registration) : refused(envelope, decoded.refusal);
}

function opened(envelope: Envelope, pack: Pack, registration: DeviceRegistration): OpenedMessage {
  const sensors = sensorsOf(registration);
  let records: CheckedRecord[] | undefined;
  let refusals = pack.refusals;
  let outOfRangeCount = 0;
  let newestMs: number | undefined;
  for (const record of pack.records) {
    const { index, sensorId, deviceAtMs } = record;
    if (newestMs === undefined || deviceAtMs > newestMs) newestMs = deviceAtMs;
    const sensor = sensors.get(sensorId);
    let value: Value | undefined = plainValue(record, sensor);
    let quality: Quality = 'good';
    if (value === undefined) {
      const checked = checkRecord(record, sensors);
      if ('reason' in checked) {
        refusals = [...refusals, checked];
        continue;
      }
      ({ value, quality } = checked);
      if (checked.isOutOfRange) outOfRangeCount++;
    }
    records = appended(records, { index, sensorId, deviceAtMs, value, quality });
  }
  const { boot, seq, sentAtMs } = pack;
  const atMs = pack.hasClock ? (sentAtMs ?? newestMs) : undefined;
  return {
    kind: 'opened',
    envelope,
    boot,
    seq,
    sentAtMs,
    newestMs,
    key: messageKey(envelope, pack),
    clock: atMs === undefined ? undefined : { atMs, newestMs: newestMs ?? atMs },
    records: records ?? none,
    refusals,
    outOfRangeCount,
  };
}

const none: readonly CheckedRecord[] = [];

const refused = (envelope: Envelope, found: Refusal): OpenedMessage => ({
  kind: 'refused',
  envelope,
  refusal: found,
});
