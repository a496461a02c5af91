/** History over one or more rule books: the way of a message through ingest, without the tables. */
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { identify } from '../../functions/domain/telemetry/identity.ts';
import { admitMessage } from '../../functions/domain/telemetry/message.ts';
import { type OpenedMessage, openMessage } from '../../functions/domain/telemetry/open-message.ts';
import type { Reading } from '../../functions/domain/telemetry/reading.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { instant } from '../../functions/domain/time.ts';
import { canaryInstant } from '../../functions/usecases/canary.ts';
import { createAbsence } from './absence.ts';
import { advanceDevice, createDeviceRuns, judgeDevice, type Told } from './device-runs.ts';
import type { Episode } from './episodes.ts';
import type { MessageSink, Sourced } from './input/archive.ts';

export interface HistoryParts {
  /** Each is run over the same messages. */
  readonly books: readonly RuleBook[];
  readonly registrations: readonly DeviceRegistration[];
  /** Hears of the transitions of the first book. */
  readonly told?: Told | undefined;
  /** Sees the readings that were admitted, before they are judged. */
  readonly seen?: ((registration: DeviceRegistration, readings: readonly Reading[]) => void) | undefined;
}

/** What production would have put into quarantine, by reason. */
export interface RefusedMessages {
  readonly reason: string;
  count: number;
  readonly first: { readonly file: string; readonly line: number; readonly detail: string };
}

export interface HistoryTally {
  messages: number;
  readings: number;
  duplicates: number;
  canaries: number;
  /** Receive times; 0 while nothing came. */
  from: number;
  until: number;
  readonly refused: Map<string, RefusedMessages>;
}

/** A history under way. */
export interface History extends MessageSink {
  readonly tally: HistoryTally;
  /** Lets time pass to the end of the history. @returns the episodes of each book */
  end(): readonly (readonly Episode[])[];
  /** Devices that are registered and sent nothing: they are left out, or all of them would be silent. */
  absent(): readonly string[];
}

const emptyTally = (): HistoryTally => ({
  messages: 0,
  readings: 0,
  duplicates: 0,
  canaries: 0,
  from: 0,
  until: 0,
  refused: new Map(),
});

function refuse({ refused }: HistoryTally, { file, line }: Sourced, reason: string, detail: string): void {
  const known = refused.get(reason);
  if (known === undefined) refused.set(reason, { reason, count: 1, first: { file, line, detail } });
  else known.count++;
}

/**
 * Every message goes through the functions of the domain that ingest calls: `identify`, `openMessage`, `admitMessage`,
 * `judge`. What time alone causes comes about at its own time before the next message of the device (semantics 8), and
 * at the end, as by a sweep that is late: it gives the same transitions.
 */
export function createHistory({ books, registrations, seen, told }: HistoryParts): History {
  const registered = new Map(registrations.map((one) => [String(one.deviceId), one]));
  const devices = createDeviceRuns(books, told);
  const absence = createAbsence();
  const tally = emptyTally();

  const takeOpened = (source: Sourced, registration: DeviceRegistration, opened: OpenedMessage): void => {
    const { receivedAt } = source.envelope;
    const device = devices.of(registration, tally.from, receivedAt);
    const { readings, refusals, admission, next } = admitMessage(opened, device.telemetry);
    device.telemetry = next;
    for (const { reason, detail } of refusals) refuse(tally, source, reason, detail);
    if (admission === 'duplicate') tally.duplicates++;
    if (readings.length === 0) return;
    tally.readings += readings.length;
    seen?.(registration, readings);
    judgeDevice(device, { receivedAt, readings }, absence.provenAt(receivedAt, device.heardAt));
  };

  return {
    tally,
    take(source) {
      const { envelope } = source;
      const { receivedAt } = envelope;
      if (tally.until === 0) tally.from = receivedAt;
      if (receivedAt > tally.until) tally.until = receivedAt;
      const identity = identify(envelope);
      if (identity.kind === 'canary') {
        const at = canaryInstant(Buffer.from(envelope.data).toString('base64'));
        if (at === undefined) return refuse(tally, source, 'canary-unreadable', 'the payload is no canary');
        tally.canaries++;
        return absence.canary(at, receivedAt);
      }
      tally.messages++;
      if (identity.kind === 'refused')
        return refuse(tally, source, identity.refusal.reason, identity.refusal.detail);
      const registration = registered.get(identity.deviceId);
      const opened = openMessage(envelope, identity.format, registration);
      if (opened.kind === 'refused')
        return refuse(tally, source, opened.refusal.reason, opened.refusal.detail);
      if (registration !== undefined) takeOpened(source, registration, opened);
    },
    hole: absence.hole,
    end() {
      const now = instant(tally.until);
      for (const device of devices.all()) advanceDevice(device, now, absence.provenAt(now, device.heardAt));
      devices.correlate(absence.watermarkAt(now));
      return devices.episodes();
    },
    absent: () => [...registered.keys()].filter((deviceId) => !devices.has(deviceId)),
  };
}
