import type { DeviceId } from '../../domain/ids.ts';
import { admitMessage } from '../../domain/telemetry/message.ts';
import { openMessage } from '../../domain/telemetry/open-message.ts';
import { isSecurityMatter } from '../../domain/telemetry/refusal.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import { emptyTelemetryState } from '../../domain/telemetry/state.ts';
import type { Instant } from '../../domain/time.ts';
import { canaryInstant } from '../canary.ts';
import type { FleetItems } from '../ports/twins.ts';
import type { IngestDeps } from './deps.ts';
import { type Pass, passDevice } from './device.ts';
import type { DeviceMessage } from './device-message.ts';
import { type Arrival, type QueueMessage, receive } from './receive.ts';
import { keepRefused, reportTrouble, troubleOf } from './report.ts';

/**
 * Passes over one device when others write it too. A device that comes back sends ten packs at once, which several calls take
 * beside each other, each with a transaction for every message that changes something: one call may lose to each of them before
 * it is its turn. A pass takes some 30 ms; whoever gives up waits for its redelivery, two minutes.
 */
export const passMax = 50;

/** What became of a batch: the ids that are proven done; every other one comes again. */
export type ProvenDone = ReadonlySet<string>;

/**
 * Takes a batch of broker messages the whole way: archive, quarantine, evaluation, commit.
 *
 * One read for the whole batch, one write a device when nothing changes. What fails, fails alone: its id is
 * simply not among the done.
 *
 * @throws never; failures are reported to the observer and by what is missing from the answer
 */
export const ingestBatch =
  (deps: IngestDeps) =>
  async (messages: readonly QueueMessage[]): Promise<ProvenDone> => {
    const done = new Set<string>();
    const { arrivals, old, unreadable } = receive(messages, deps.clock.now());
    await Promise.all([
      putAside(deps, old, done),
      ...unreadable.map(({ messageId, refusal }) =>
        alone(deps, messageId, async () => {
          if (await keepRefused(deps, refusal.message, [refusal])) settle(deps, done, messageId, refused);
        }),
      ),
      takeArrivals(deps, arrivals, done),
    ]);
    return done;
  };

interface Counts {
  readonly records: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly duplicate: number;
  readonly gap: number;
}

/** An unreadable message counts as one record, so that the sums hold. */
const refused: Counts = { records: 1, stored: 0, quarantined: 1, duplicate: 0, gap: 0 };

function settle(deps: IngestDeps, done: Set<string>, messageId: string, counts: Counts): void {
  done.add(messageId);
  deps.observer.metric('MessagesCompleted', 1);
  deps.observer.metric('RecordsAccepted', counts.records);
  deps.observer.metric('RecordsStored', counts.stored);
  if (counts.quarantined > 0) deps.observer.metric('RecordsQuarantined', counts.quarantined);
  if (counts.duplicate > 0) deps.observer.metric('RecordsDuplicate', counts.duplicate);
  if (counts.gap > 0) deps.observer.metric('SequenceGap', counts.gap);
}

/** Runs one message's or device's work so that its failure touches nobody else's. */
async function alone(deps: IngestDeps, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.observer.error('work on a message failed; it will come again', error, { id });
  }
}

async function putAside(
  deps: IngestDeps,
  old: readonly { readonly messageId: string; readonly body: string }[],
  done: Set<string>,
): Promise<void> {
  if (old.length === 0) return;
  const handed = await deps.backlog.send(old.map(({ body }) => ({ body })));
  old.forEach(({ messageId }, position) => {
    if (handed[position]?.ok === true) done.add(messageId);
  });
  deps.observer.metric('MessagesPutAside', old.length);
}

async function takeArrivals(
  deps: IngestDeps,
  arrivals: readonly Arrival[],
  done: Set<string>,
): Promise<void> {
  if (arrivals.length === 0) return;
  const kept = await deps.archive.accept(arrivals.map(({ broker }) => broker));
  const safe = arrivals.filter((_, position) => kept[position]?.ok === true);
  const named = safe.flatMap(({ identity }) =>
    identity.kind === 'canary' || identity.deviceId === undefined ? [] : [identity.deviceId],
  );
  const deviceIds = [...new Set(named)];
  let fleet: FleetItems | undefined;
  await alone(deps, 'batch', async () => {
    fleet =
      deviceIds.length === 0
        ? { devices: new Map(), watermark: undefined }
        : await deps.twins.read(deviceIds, 'recent');
  });
  if (fleet === undefined) return;
  const known = fleet;
  await Promise.all([
    ...safe.map((arrival) => alone(deps, arrival.messageId, () => takeOther(deps, known, arrival, done))),
    ...deviceIds.map((deviceId) =>
      alone(deps, deviceId, () => takeDevice(deps, known, deviceId, safe, done)),
    ),
  ]);
}

/** Canaries, and messages whose identity the broker contradicts. */
async function takeOther(
  deps: IngestDeps,
  fleet: FleetItems,
  arrival: Arrival,
  done: Set<string>,
): Promise<void> {
  const { identity, broker, messageId } = arrival;
  if (identity.kind === 'device') return;
  if (identity.kind === 'canary') {
    const at = canaryInstant(broker.data);
    if (at !== undefined) {
      await deps.recordCanary(at);
      done.add(messageId);
      return;
    }
    const refusal = {
      reason: 'canary-unreadable',
      detail: 'the payload must be {"at": <ms>} at a canary instant',
    };
    if (await keepRefused(deps, broker, [refusal])) settle(deps, done, messageId, refused);
    return;
  }
  if (!(await keepRefused(deps, broker, [identity.refusal]))) return;
  if (isSecurityMatter(identity.refusal.reason)) {
    const deviceId = identity.deviceId ?? broker.clientId;
    const registration = identity.deviceId && fleet.devices.get(identity.deviceId)?.registration;
    await reportTrouble(deps, deviceId, registration || undefined, broker, ['security.identity-mismatch']);
  }
  settle(deps, done, messageId, refused);
}

/** Messages of a device that nobody registered: kept, and a security matter without an owner. */
async function refuseUnregistered(
  deps: IngestDeps,
  deviceId: DeviceId,
  messages: readonly DeviceMessage[],
  done: Set<string>,
): Promise<void> {
  for (const { messageId, broker, opened } of messages) {
    const admitted = admitMessage(opened, emptyTelemetryState);
    if (!(await keepRefused(deps, broker, admitted.refusals))) continue;
    await reportTrouble(deps, deviceId, undefined, broker, troubleOf(admitted));
    settle(deps, done, messageId, admitted.counts);
  }
}

/** A candidate rule book is shown what is done; whatever comes of it, it is done. */
async function follow(
  { follow: followDevice, observer }: IngestDeps,
  registration: DeviceRegistration,
  { done, rules: live }: Pass,
  watermark: Instant | undefined,
): Promise<void> {
  if (followDevice === undefined || live === undefined || done.length === 0) return;
  const messages = done.map(({ judged }) => judged);
  try {
    await followDevice({ registration, live, messages, watermark });
  } catch (error) {
    observer.metric('ShadowMissed', messages.length);
    observer.error('the candidate rule book missed messages', error, { deviceId: registration.deviceId });
  }
}

async function takeDevice(
  deps: IngestDeps,
  fleet: FleetItems,
  deviceId: DeviceId,
  arrivals: readonly Arrival[],
  done: Set<string>,
): Promise<void> {
  let current = fleet;
  let rest = arrivals;
  for (let passes = 0; passes < passMax; passes += 1) {
    const items = current.devices.get(deviceId);
    const opened = rest.flatMap((arrival): DeviceMessage[] => {
      const { identity, envelope, broker, messageId } = arrival;
      if (identity.kind !== 'device' || identity.deviceId !== deviceId) return [];
      return [{ messageId, broker, opened: openMessage(envelope, identity.format, items?.registration) }];
    });
    if (opened.length === 0) return;
    if (items?.registration === undefined) return refuseUnregistered(deps, deviceId, opened, done);
    const pass = await passDevice(
      deps,
      { registration: items.registration, twin: items.twin },
      current.watermark,
      opened,
    );
    for (const { messageId, counts } of pass.done) settle(deps, done, messageId, counts);
    await follow(deps, items.registration, pass, current.watermark);
    if (!pass.isLost) return;
    const finished = new Set([...pass.failed, ...pass.done.map(({ messageId }) => messageId)]);
    rest = rest.filter(({ messageId }) => !finished.has(messageId));
    current = await deps.twins.read([deviceId]);
  }
  deps.observer.warn('others wrote it each time; its messages will come again', { deviceId });
}
