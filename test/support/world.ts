import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryArchiveStream } from '../../functions/adapters/memory/archive-stream.ts';
import { memoryDeviceCount } from '../../functions/adapters/memory/count-devices.ts';
import { memoryDevicesBehind } from '../../functions/adapters/memory/devices-behind.ts';
import { memoryFanOutStore } from '../../functions/adapters/memory/fan-out-store.ts';
import {
  memoryInventory,
  memoryInventoryStore,
  memoryOutcomeStore,
} from '../../functions/adapters/memory/inventory-store.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryQuarantine } from '../../functions/adapters/memory/quarantine.ts';
import { memoryQueue } from '../../functions/adapters/memory/queue.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import { memoryTwinStore } from '../../functions/adapters/memory/twin-store.ts';
import { memoryWatermarkStore } from '../../functions/adapters/memory/watermark-store.ts';
import type { Transition } from '../../functions/domain/alerts/alert.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { archiveMessages } from '../../functions/usecases/archive-messages.ts';
import { recordCanary } from '../../functions/usecases/canary.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import { ingestBatch } from '../../functions/usecases/ingest/batch.ts';
import type { IngestDeps } from '../../functions/usecases/ingest/deps.ts';
import type { QueueMessage } from '../../functions/usecases/ingest/receive.ts';
import { initialTwin } from '../../functions/usecases/inventory/initial-twin.ts';
import type { LimitsDeps } from '../../functions/usecases/limits/deps.ts';
import { continueFanOut } from '../../functions/usecases/limits/fan-out.ts';
import type { DevicesBehind } from '../../functions/usecases/silence/gateway-root.ts';
import type { CountDevices } from '../../functions/usecases/silence/link-root.ts';
import { sweepDevices } from '../../functions/usecases/sweep-devices.ts';
import { methaneBook } from './methane-rule.ts';

/** A time of no meaning, at a canary's instant, from which the tests count. */
export const start = 1_700_000_000_000;

/** The whole pipeline in memory with a clock that the test moves. */
export function openWorld(
  registrations: readonly DeviceRegistration[],
  book: RuleBook = methaneBook,
  given: {
    readonly countDevices?: CountDevices | undefined;
    readonly devicesBehind?: DevicesBehind | undefined;
  } = {},
) {
  let now: Instant = instant(start);
  const clock = { now: () => now };
  const state = memoryState();
  for (const one of registrations) state.registrations.set(one.deviceId, one);
  const transitions: Transition[] = [];
  const watermark = memoryWatermarkStore();
  const archiveStream = memoryArchiveStream();
  const archiveQueue = memoryQueue(clock);
  const observer = memoryObserver();
  const quarantine = memoryQuarantine();
  const backlog = memoryQueue(clock);
  const alerts = memoryAlertStore(state, (transition) => transitions.push(transition));
  const deps: IngestDeps = {
    clock,
    twins: memoryTwinStore(state, async () => (await watermark.read())?.until),
    alerts,
    book,
    rulesOf: deviceRulesOf(book),
    archive: archiveMessages(archiveStream, archiveQueue, observer),
    quarantine,
    backlog,
    observer,
    recordCanary: recordCanary({ watermark, heartbeat: { beat: async () => true }, observer, clock }),
  };
  const own = memoryInventory();
  const limits: LimitsDeps = {
    clock,
    book,
    inventory: memoryInventoryStore(state, own),
    outcomes: memoryOutcomeStore(own),
    fanOuts: memoryFanOutStore(state),
    twins: deps.twins,
    initialTwin: initialTwin(deps.rulesOf),
  };
  return {
    deps,
    own,
    limits,
    state,
    alerts,
    transitions,
    watermark,
    archiveStream,
    archiveQueue,
    observer,
    quarantine,
    backlog,
    /** Moves the clock to `seconds` after the start. */
    at: (seconds: number) => {
      now = instant(start + seconds * 1000);
    },
    ingest: ingestBatch(deps),
    sweep: sweepDevices({
      ...deps,
      fanOut: (id) => continueFanOut(limits, id),
      countDevices: given.countDevices ?? memoryDeviceCount(state),
      devicesBehind: given.devicesBehind ?? memoryDevicesBehind(state),
    }),
    /** The changes so far, in the order of their commits. */
    story: () => transitions.map(({ change, severity, condition }) => `${change} ${severity} ${condition}`),
  };
}

export type World = ReturnType<typeof openWorld>;

let sequence = 0;

/** A queue message as the topic rule makes it, received `seconds` after the start. */
export function delivered(
  deviceId: string,
  payload: unknown,
  seconds: number,
  given: {
    readonly clientId?: string;
    readonly topic?: string;
    readonly bytes?: Uint8Array;
    readonly id?: string;
  } = {},
): QueueMessage {
  sequence += 1;
  const bytes = given.bytes ?? Buffer.from(JSON.stringify(payload));
  const receivedAt = start + seconds * 1000;
  const body = {
    data: Buffer.from(bytes).toString('base64'),
    topic: given.topic ?? `tocsin/v1/${deviceId}/senml`,
    clientId: given.clientId ?? deviceId,
    principal: 'certificate',
    receivedAt,
    id: given.id ?? `broker-${sequence}`,
  };
  return {
    messageId: `sqs-${sequence}`,
    body: JSON.stringify(body),
    sentAt: instant(receivedAt),
    queue: 'telemetry',
  };
}

/** A pack of one sensor's values at the given seconds after the start, sent at the newest of them. */
export function pack(
  deviceId: string,
  seq: number,
  values: readonly (readonly [seconds: number, value: number])[],
  given: { readonly boot?: string; readonly sensor?: string } = {},
): readonly Record<string, unknown>[] {
  const seconds = (offset: number) => start / 1000 + offset;
  const sent = Math.max(...values.map(([offset]) => offset));
  const header = { bn: `${deviceId}/`, boot: given.boot ?? 'b1', seq, sent: seconds(sent) };
  const records = values.map(([offset, v]) => ({ n: given.sensor ?? 'ch4', t: seconds(offset), v }));
  return [{ ...header, ...records[0] }, ...records.slice(1)];
}
