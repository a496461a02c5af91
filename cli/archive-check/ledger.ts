/** What an archive holds, device by device: numbers, repeats, and what is no message. Pure but for its own maps. */

import type { DeviceId } from '../../functions/domain/ids.ts';
import { type Envelope, parseEnvelope } from '../../functions/domain/telemetry/envelope.ts';
import { identify } from '../../functions/domain/telemetry/identity.ts';
import { openMessage } from '../../functions/domain/telemetry/open-message.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { placeOf, type SeqRanges, withSeq } from '../../functions/domain/telemetry/seq-ranges.ts';
import { instant } from '../../functions/domain/time.ts';
import { canaryInstant } from '../../functions/usecases/canary.ts';

/** What is here of one run of sequence numbers. */
export interface ArchivedBoot {
  seqs: SeqRanges;
  /** Receive time of its highest number. */
  highestAt: number;
}

export interface ArchivedDevice {
  readonly boots: Map<string, ArchivedBoot>;
  /** Of messages without a number. */
  readonly digests: Set<number>;
}

export interface Tally {
  objects: number;
  lines: number;
  messages: number;
  canaries: number;
  /** In messages that can be opened. */
  records: number;
  /** The same message once more; the archive allows it. */
  repeats: number;
  /** Messages that `ingest` refuses as a whole, by reason: they lie in quarantine. */
  readonly refused: Map<string, number>;
  /** Receive times; 0 while nothing came. */
  from: number;
  until: number;
}

export interface Ledger {
  readonly tally: Tally;
  readonly devices: ReadonlyMap<DeviceId, ArchivedDevice>;
  /** Enters a line; what is wrong with it, or undefined. */
  take(line: string): string | undefined;
}

const emptyTally = (): Tally => ({
  objects: 0,
  lines: 0,
  messages: 0,
  canaries: 0,
  records: 0,
  repeats: 0,
  refused: new Map(),
  from: 0,
  until: 0,
});

/** Messages are opened by the functions of `ingest`, with the registrations as they are now. */
export function createLedger(registrations: ReadonlyMap<DeviceId, DeviceRegistration>): Ledger {
  const tally = emptyTally();
  const devices = new Map<DeviceId, ArchivedDevice>();
  const refuse = (reason: string): void => {
    tally.refused.set(reason, (tally.refused.get(reason) ?? 0) + 1);
  };

  const takeDevice = (
    envelope: Envelope,
    deviceId: DeviceId,
    format: Parameters<typeof openMessage>[1],
  ): void => {
    const opened = openMessage(envelope, format, registrations.get(deviceId));
    if (opened.kind === 'refused') {
      refuse(opened.refusal.reason);
      return;
    }
    const device = devices.get(deviceId) ?? { boots: new Map(), digests: new Set() };
    devices.set(deviceId, device);
    if (enter(device, opened.key, envelope.receivedAt))
      tally.records += opened.records.length + opened.refusals.length;
    else tally.repeats++;
  };

  return {
    tally,
    devices,
    take(line) {
      tally.lines++;
      const parsed = parseEnvelope(line, { messageId: '-', sentAt: instant(0) });
      if (!parsed.ok) return parsed.refusal.detail;
      const { envelope } = parsed;
      if (envelope.via !== 'rule') return 'it is no line of the archive';
      const { receivedAt } = envelope;
      tally.from = tally.from === 0 ? receivedAt : Math.min(tally.from, receivedAt);
      tally.until = Math.max(tally.until, receivedAt);
      const identity = identify(envelope);
      if (identity.kind === 'canary') {
        tally.canaries++;
        const at = canaryInstant(Buffer.from(envelope.data).toString('base64'));
        if (at === undefined) refuse('canary-unreadable');
        return undefined;
      }
      tally.messages++;
      if (identity.kind === 'refused') refuse(identity.refusal.reason);
      else takeDevice(envelope, identity.deviceId, identity.format);
      return undefined;
    },
  };
}

type Key = Extract<ReturnType<typeof openMessage>, { kind: 'opened' }>['key'];

/** False when it was there before. */
function enter(device: ArchivedDevice, key: Key, receivedAt: number): boolean {
  if (key.kind === 'digest') {
    if (device.digests.has(key.digest)) return false;
    device.digests.add(key.digest);
    return true;
  }
  const boot = device.boots.get(key.boot) ?? { seqs: [], highestAt: 0 };
  device.boots.set(key.boot, boot);
  if (placeOf(boot.seqs, key.seq).isIn) return false;
  const highest = boot.seqs.at(-1)?.to ?? -1;
  if (key.seq > highest) boot.highestAt = receivedAt;
  boot.seqs = withSeq(boot.seqs, key.seq);
  return true;
}
