import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryDeviceCount } from '../../functions/adapters/memory/count-devices.ts';
import { memoryDevicesBehind } from '../../functions/adapters/memory/devices-behind.ts';
import { memoryNotificationLog } from '../../functions/adapters/memory/notification-log.ts';
import { memoryNotifier } from '../../functions/adapters/memory/notifier.ts';
import { memoryQuarantine } from '../../functions/adapters/memory/quarantine.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import { memoryTickStore } from '../../functions/adapters/memory/ticks-store.ts';
import { memoryTwinStore } from '../../functions/adapters/memory/twin-store.ts';
import { memoryWatermarkStore } from '../../functions/adapters/memory/watermark-store.ts';
import type { Transition } from '../../functions/domain/alerts/alert.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { correlationsOf } from '../../functions/domain/rules/correlate/correlations.ts';
import { dueAt } from '../../functions/domain/rules/engine.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { encodeTwin, newTwin } from '../../functions/domain/twin/twin.ts';
import { recordCanary } from '../../functions/usecases/canary.ts';
import { advanceCorrelation } from '../../functions/usecases/correlate/advance-correlation.ts';
import { correlateTransition } from '../../functions/usecases/correlate/correlate-transition.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import { ingestBatch } from '../../functions/usecases/ingest/batch.ts';
import type { QueueMessage } from '../../functions/usecases/ingest/receive.ts';
import { notifyTransition } from '../../functions/usecases/notify-transition.ts';
import type { Archive } from '../../functions/usecases/ports/archive.ts';
import type { OutgoingMessage, Queue } from '../../functions/usecases/ports/messaging.ts';
import { raiseMatter, recoverMatter } from '../../functions/usecases/standing-matter.ts';
import { judgeTelemetry } from '../../functions/usecases/sweep/judge-telemetry.ts';
import { notifyUndecided } from '../../functions/usecases/sweep/notify-undecided.ts';
import { runTicks } from '../../functions/usecases/sweep/run-ticks.ts';
import { sendCanary } from '../../functions/usecases/sweep/send-canary.ts';
import { sweepDevices } from '../../functions/usecases/sweep-devices.ts';
import { changeOfNotification } from '../live/notification.ts';
import type { ObservedChange } from '../scenario/observed.ts';
import { tallyObserver } from './observer.ts';

export interface PlatformParts {
  readonly book: RuleBook;
  now(): number;
  publishCanary(at: Instant): void;
  /** Where messages that are moved to the backlog come from again. */
  toBacklog(messages: readonly OutgoingMessage[]): void;
  /** Hears of each notification as the regulator's queue does. */
  notified(change: ObservedChange): void;
}

/** The platform's use cases over memory: what runs behind the broker. */
export interface VirtualPlatform {
  register(registration: DeviceRegistration): void;
  /** @returns the ids that are done; all others come again */
  ingest(messages: readonly QueueMessage[]): Promise<ReadonlySet<string>>;
  tick(at: Instant): Promise<void>;
  /** What the stream brings to `notify`, in order of commit. */
  drainStream(): Promise<void>;
  readonly quarantinedCount: number;
  readonly transitions: readonly Transition[];
  /** Errors that use cases reported; a healthy run has none. */
  readonly errors: readonly string[];
  /** Version of a device's twin: it grows with each commit. */
  versionOf(deviceId: DeviceRegistration['deviceId']): number;
}

/** The archive is Firehose's; a virtual run keeps nothing of it. */
const acceptAll: Archive = { accept: async (messages) => messages.map(() => ({ ok: true })) };

/** Wires the real use cases on the memory adapters of one world. */
export function createPlatform(parts: PlatformParts): VirtualPlatform {
  const stores = createStores(parts);
  const { state, stream, rulesOf } = stores;
  const tick = createSweep(parts, stores);
  return {
    register(registration) {
      const rules = rulesOf(registration);
      const twin = newTwin(rules, registration.registeredAt);
      state.registrations.set(registration.deviceId, registration);
      state.twins.set(registration.deviceId, {
        version: 1,
        bytes: encodeTwin(twin, rules),
        dueAt: dueAt(rules, twin.rules),
      });
    },
    ingest: createIngest(parts, stores),
    tick: (at) => tick([at]),
    async drainStream() {
      for (let next = stream.shift(); next !== undefined; next = stream.shift()) await stores.notify(next);
    },
    get quarantinedCount() {
      return stores.quarantine.objects.size;
    },
    transitions: stores.transitions,
    errors: stores.observer.errors,
    versionOf: (deviceId) => state.twins.get(deviceId)?.version ?? 0,
  };
}

type Stores = ReturnType<typeof createStores>;

/** The memory adapters over one state, and what reads and writes them together. */
function createStores(parts: PlatformParts) {
  const clock = { now: () => instant(parts.now()) };
  const state = memoryState();
  const stream: Transition[] = [];
  const transitions: Transition[] = [];
  const observer = tallyObserver();
  const alerts = memoryAlertStore(state, (transition) => {
    stream.push(transition);
    transitions.push(transition);
  });
  const watermark = memoryWatermarkStore();
  const twins = memoryTwinStore(state, async () => (await watermark.read())?.until);
  const log = memoryNotificationLog(state);
  const notifier = memoryNotifier(({ body }) => {
    const change = changeOfNotification(body);
    if (change !== undefined) parts.notified(change);
  });
  const { correlations, retired } = parts.book;
  const correlating = { alerts, clock, correlations: correlationsOf(correlations), retired };
  const correlate = correlateTransition(correlating);
  const notify = notifyTransition({
    correlate,
    alertOf: alerts.get,
    log,
    notifier,
    observer,
    clock,
    source: 'urn:tocsin:virtual',
  });
  const quarantine = memoryQuarantine();
  const rulesOf = deviceRulesOf(parts.book);
  const book = parts.book;
  return {
    clock,
    state,
    stream,
    transitions,
    observer,
    alerts,
    watermark,
    twins,
    log,
    notify,
    quarantine,
    rulesOf,
    book,
    countDevices: memoryDeviceCount(state),
    devicesBehind: memoryDevicesBehind(state),
    correlations: { watermark, advance: advanceCorrelation(correlating) },
  };
}

function createIngest(parts: PlatformParts, stores: Stores) {
  const { watermark, observer, clock } = stores;
  const backlog: Queue = {
    async send(messages) {
      parts.toBacklog(messages);
      return messages.map(() => ({ ok: true }));
    },
  };
  const heartbeat = { beat: async () => true };
  return ingestBatch({
    ...stores,
    archive: acceptAll,
    backlog,
    recordCanary: recordCanary({ watermark, heartbeat, observer, clock }),
  });
}

function createSweep(parts: PlatformParts, stores: Stores) {
  const { watermark, observer, clock, alerts } = stores;
  const standing = { alerts, clock };
  return runTicks({
    ticks: memoryTickStore(),
    observer,
    clock,
    parts: {
      // Nobody changes a limit here: the devices are registered once, before the run.
      devices: sweepDevices({ ...stores, fanOut: async () => 'done' }),
      notifications: notifyUndecided(stores),
      archive: async () => undefined,
      telemetry: judgeTelemetry({
        watermark,
        raise: (event) => raiseMatter(standing, event),
        recover: (event) => recoverMatter(standing, event),
        observer,
        clock,
      }),
      canary: sendCanary({ watermark, clock, publisher: { publish: async (at) => parts.publishCanary(at) } }),
    },
  });
}
