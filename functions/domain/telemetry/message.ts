/** What this room knows: what devices say. This file: the front door, from a message to readings. */

import { appended } from '../appended.ts';
import { type AdmissionKind, admit } from './admission.ts';
import { type PackTiming, timePack, timeRecord } from './clock.ts';
import type { Envelope } from './envelope.ts';
import type { Format } from './formats.ts';
import { type OpenedMessage, openMessage } from './open-message.ts';
import type { Reading } from './reading.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { DeviceRegistration } from './registration.ts';
import type { TelemetryState } from './state.ts';

/** What became of the records of a message: `records = stored + quarantined + duplicate` (design 2.1). */
export interface MessageCounts {
  /** A message that cannot be read counts as one record. */
  readonly records: number;
  readonly stored: number;
  /** Also those that were evaluated, when the message was refused for its order. */
  readonly quarantined: number;
  readonly duplicate: number;
  /** Sequence numbers skipped by this message. */
  readonly gap: number;
  /** Numbers beyond their measuring range. */
  readonly outOfRange: number;
}

export interface Admitted {
  readonly admission: AdmissionKind | 'refused';
  /** By (phenomenon time, place in the message). Of a message out of order all are untrusted. */
  readonly readings: readonly Reading[];
  /** Without `recordIndex` it is the whole message. */
  readonly refusals: readonly Refusal[];
  /** `=== before` for a duplicate and for what cannot be read. */
  readonly next: TelemetryState;
  readonly clockSuspect: boolean;
  readonly counts: MessageCounts;
}

type Opened = Extract<OpenedMessage, { kind: 'opened' }>;

/**
 * The readings of a message and what is remembered of it. Run it again with the newer state after a lost race.
 *
 * A message that is out of order (`conflict`, `sequence-reset`) is refused and evaluated, raise-only (semantics 11);
 * neither it nor a duplicate moves the clock's correction.
 *
 * @throws never
 */
export function admitMessage(message: OpenedMessage, before: TelemetryState): Admitted {
  if (message.kind === 'refused') return ofUnreadable(message.refusal, before);
  const { kind, gap, next: memory } = admit(before.memory, message.key, message.clock);
  if (kind === 'duplicate') return ofDuplicate(message, before);
  const timing = timePack(before.clock, message, message.envelope.receivedAt);
  const isInOrder = kind === 'fresh' || kind === 'late';
  const { readings, tooOld } = timed(message, timing, isInOrder);
  const ofRecords = tooOld.length === 0 ? message.refusals : [...message.refusals, ...tooOld];
  const refusals = isInOrder ? ofRecords : [outOfOrder(kind, message), ...ofRecords];
  const records = message.records.length + message.refusals.length;
  const quarantined = isInOrder ? ofRecords.length : records;
  return {
    admission: kind,
    readings,
    refusals,
    next: { memory, clock: isInOrder ? timing.next : before.clock },
    clockSuspect: timing.isClockSuspect,
    counts: {
      records,
      stored: records - quarantined,
      quarantined,
      duplicate: 0,
      gap,
      outOfRange: message.outOfRangeCount,
    },
  };
}

/** `openMessage`, then `admitMessage`. */
export const decodeMessage = (
  envelope: Envelope,
  format: Format,
  registration: DeviceRegistration | undefined,
  before: TelemetryState,
): Admitted => admitMessage(openMessage(envelope, format, registration), before);

function timed(
  { records, envelope }: Opened,
  timing: PackTiming,
  isInOrder: boolean,
): { readonly readings: readonly Reading[]; readonly tooOld: readonly Refusal[] } {
  const { receivedAt } = envelope;
  let readings: Reading[] | undefined;
  let tooOld: Refusal[] | undefined;
  let isSorted = true;
  let lastAt = 0;
  for (const { index, sensorId, deviceAtMs, value, quality } of records) {
    const at = timeRecord(timing, deviceAtMs, receivedAt);
    if (at === 'too-old') {
      const where = { recordIndex: index, field: 't' };
      tooOld = appended(tooOld, refusal('too-old', `record ${index}: it is older than 31 days`, where));
      continue;
    }
    const { phenomenonAt, lifeAt, isTrusted } = at;
    const trusted = isInOrder && isTrusted;
    if (phenomenonAt < lastAt) isSorted = false;
    lastAt = phenomenonAt;
    const reading = { sensorId, index, phenomenonAt, receivedAt, lifeAt, value, quality, trusted };
    readings = appended(readings, reading);
  }
  if (!isSorted) readings?.sort((a, b) => a.phenomenonAt - b.phenomenonAt || a.index - b.index);
  return { readings: readings ?? none, tooOld: tooOld ?? none };
}

const none: readonly never[] = [];

/** Only a message with boot and seq can be out of order. */
const outOfOrder = (kind: 'conflict' | 'sequence-reset', { boot, seq }: Opened): Refusal =>
  refusal(kind, `boot ${boot}, seq ${seq} came before with other bytes or a later clock`);

const ofUnreadable = (found: Refusal, before: TelemetryState): Admitted => ({
  admission: 'refused',
  readings: [],
  refusals: [found],
  next: before,
  clockSuspect: false,
  counts: { records: 1, stored: 0, quarantined: 1, duplicate: 0, gap: 0, outOfRange: 0 },
});

function ofDuplicate(message: Opened, before: TelemetryState): Admitted {
  const records = message.records.length + message.refusals.length;
  return {
    admission: 'duplicate',
    readings: [],
    refusals: [],
    next: before,
    clockSuspect: false,
    counts: { records, stored: 0, quarantined: 0, duplicate: records, gap: 0, outOfRange: 0 },
  };
}
