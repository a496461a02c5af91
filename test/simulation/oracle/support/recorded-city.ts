import { memoryAlertStore } from '../../../../functions/adapters/memory/alert-store.ts';
import { memoryArchiveStream } from '../../../../functions/adapters/memory/archive-stream.ts';
import { memoryDeviceCount } from '../../../../functions/adapters/memory/count-devices.ts';
import { memoryDevicesBehind } from '../../../../functions/adapters/memory/devices-behind.ts';
import { memoryNotificationLog } from '../../../../functions/adapters/memory/notification-log.ts';
import { memoryNotifier } from '../../../../functions/adapters/memory/notifier.ts';
import { memoryObserver } from '../../../../functions/adapters/memory/observer.ts';
import { memoryQuarantine } from '../../../../functions/adapters/memory/quarantine.ts';
import { memoryQueue } from '../../../../functions/adapters/memory/queue.ts';
import { memoryState } from '../../../../functions/adapters/memory/state.ts';
import { memoryTickStore } from '../../../../functions/adapters/memory/ticks-store.ts';
import { memoryTwinStore } from '../../../../functions/adapters/memory/twin-store.ts';
import { memoryWatermarkStore } from '../../../../functions/adapters/memory/watermark-store.ts';
import type { Transition } from '../../../../functions/domain/alerts/alert.ts';
import { acknowledge } from '../../../../functions/domain/alerts/handling.ts';
import { correlationsOf } from '../../../../functions/domain/rules/correlate/correlations.ts';
import { dueAt } from '../../../../functions/domain/rules/engine.ts';
import { type Instant, instant } from '../../../../functions/domain/time.ts';
import { encodeTwin, newTwin } from '../../../../functions/domain/twin/twin.ts';
import { archiveMessages } from '../../../../functions/usecases/archive-messages.ts';
import { recordCanary } from '../../../../functions/usecases/canary.ts';
import { advanceCorrelation } from '../../../../functions/usecases/correlate/advance-correlation.ts';
import { correlateTransition } from '../../../../functions/usecases/correlate/correlate-transition.ts';
import { deviceRulesOf } from '../../../../functions/usecases/device-session.ts';
import { ingestBatch } from '../../../../functions/usecases/ingest/batch.ts';
import type { QueueMessage } from '../../../../functions/usecases/ingest/receive.ts';
import { notifyTransition } from '../../../../functions/usecases/notify-transition.ts';
import { raiseMatter, recoverMatter } from '../../../../functions/usecases/standing-matter.ts';
import { judgeTelemetry } from '../../../../functions/usecases/sweep/judge-telemetry.ts';
import { notifyUndecided } from '../../../../functions/usecases/sweep/notify-undecided.ts';
import { runTicks } from '../../../../functions/usecases/sweep/run-ticks.ts';
import { sendCanary } from '../../../../functions/usecases/sweep/send-canary.ts';
import { sweepDevices } from '../../../../functions/usecases/sweep-devices.ts';
import type { City, Received } from '../../history.ts';
import { recorder } from './recorder.ts';
import { bookOf, registrationsOf } from './small-city.ts';

/** The product's use cases over memory, recorded as the tables of a history would show them. */
export function recordedCity(city: City, publishCanary: (at: Instant) => void) {
  let time = 0;
  const clock = { now: () => instant(time) };
  const book = bookOf(city);
  const state = memoryState();
  const stream: Transition[] = [];
  const record = recorder(clock.now);
  const observer = memoryObserver();
  const watermark = record.watermark(memoryWatermarkStore());
  const alerts = record.alerts(memoryAlertStore(state, (transition) => stream.push(transition)));
  const twins = record.twins(memoryTwinStore(state, async () => (await watermark.read())?.until));
  const log = record.log(memoryNotificationLog(state));
  const received: Received[] = [];
  const published: {
    at: number;
    messageId: string;
    body: string;
    attributes: Readonly<Record<string, string>>;
  }[] = [];
  const notifier = memoryNotifier(({ body, attributes }) => {
    const messageId = `memory-${published.length + 1}`;
    published.push({ at: time, messageId, body, attributes });
    received.push({ at: time + 50, receiver: 'all', messageId, body });
    if (attributes['area']?.includes('2201'))
      received.push({ at: time + 60, receiver: 'city', messageId, body });
  });
  const correlating = { alerts, clock, correlations: correlationsOf(book.correlations), retired: [] };
  const correlate = correlateTransition(correlating);
  const source = 'urn:tocsin:recorded';
  const notify = notifyTransition({ correlate, alertOf: alerts.get, log, notifier, observer, clock, source });
  const rulesOf = deviceRulesOf(book);
  const archive = memoryArchiveStream();
  const quarantine = memoryQuarantine();
  const backlog = memoryQueue(clock);
  const device = { clock, twins, alerts, book, rulesOf };
  const standing = { alerts, clock };
  for (const registration of registrationsOf(city)) {
    const registeredAt = instant(city.devices[0]?.registeredAt ?? 0);
    const rules = rulesOf(registration);
    const twin = newTwin(rules, registeredAt);
    const stored = { version: 1, bytes: encodeTwin(twin, rules), dueAt: dueAt(rules, twin.rules) };
    state.registrations.set(registration.deviceId, registration);
    state.twins.set(registration.deviceId, stored);
    record.tables.twins.set(`DEV#${registration.deviceId}`, {
      id: { S: `DEV#${registration.deviceId}` },
      version: { N: '1' },
    });
  }
  const ingest = ingestBatch({
    ...device,
    archive: archiveMessages(archive, memoryQueue(clock), observer),
    quarantine,
    backlog,
    observer,
    recordCanary: recordCanary({ watermark, heartbeat: { beat: async () => true }, observer, clock }),
  });
  const tick = runTicks({
    ticks: memoryTickStore(),
    observer,
    clock,
    parts: {
      devices: sweepDevices({
        ...device,
        observer,
        fanOut: async () => 'done',
        countDevices: memoryDeviceCount(state),
        devicesBehind: memoryDevicesBehind(state),
        correlations: { watermark, advance: advanceCorrelation(correlating) },
      }),
      notifications: notifyUndecided({ log, notify, observer, clock }),
      archive: async () => undefined,
      telemetry: judgeTelemetry({
        watermark,
        raise: (event) => raiseMatter(standing, event),
        recover: (event) => recoverMatter(standing, event),
        observer,
        clock,
      }),
      canary: sendCanary({ watermark, clock, publisher: { publish: async (at) => publishCanary(at) } }),
    },
  });
  const drain = async (): Promise<void> => {
    record.as('notify');
    for (let next = stream.shift(); next !== undefined; next = stream.shift()) await notify(next);
  };
  return {
    record,
    observer,
    archive,
    quarantine,
    published,
    received,
    state,
    at: (now: number) => {
      time = now;
    },
    ingest: async (messages: readonly QueueMessage[]) => {
      record.as('ingest');
      const done = await ingest(messages);
      await drain();
      return done;
    },
    /** Bodies that were put aside because they are old; they are taken out. */
    putAside: async (): Promise<readonly string[]> => {
      const waiting = await backlog.receive(100);
      await backlog.remove(waiting.map(({ receipt }) => receipt));
      return waiting.map(({ body }) => body);
    },
    tick: async (instantOfTick: number) => {
      record.as('sweep');
      await tick([instant(instantOfTick)]);
      await drain();
    },
    /** Somebody takes on the oldest alert that nobody has; undefined when there is none. */
    acknowledge: async (by: string) => {
      const alert = [...state.alerts.values()].find(({ handling, closed }) => handling === 'open' && !closed);
      const done = alert && acknowledge(alert, { by: `issuer|${by}`, at: clock.now() });
      if (alert === undefined || done?.ok !== true) return undefined;
      record.as('api');
      const write = { before: alert, after: done.alert, transitions: [done.transition] };
      const outcome = await alerts.commit({ alerts: [write] });
      await drain();
      return outcome === 'committed' ? alert.alertId : undefined;
    },
  };
}
