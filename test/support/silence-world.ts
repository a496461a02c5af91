import { memoryNotificationLog } from '../../functions/adapters/memory/notification-log.ts';
import { memoryNotifier } from '../../functions/adapters/memory/notifier.ts';
import type { Alert } from '../../functions/domain/alerts/alert.ts';
import type { AlertId } from '../../functions/domain/ids.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { instant } from '../../functions/domain/time.ts';
import { notifyTransition } from '../../functions/usecases/notify-transition.ts';
import type { DevicesBehind } from '../../functions/usecases/silence/gateway-root.ts';
import type { CountDevices } from '../../functions/usecases/silence/link-root.ts';
import { methaneBook } from './methane-rule.ts';
import { delivered, openWorld, pack, start } from './world.ts';

/** The pipeline in memory up to what people hear. Times in seconds after `start`. */
export function silenceWorld(
  registrations: readonly DeviceRegistration[],
  given: {
    readonly book?: RuleBook;
    readonly countDevices?: CountDevices;
    readonly devicesBehind?: DevicesBehind;
    readonly alertOf?: (id: AlertId) => Promise<Alert | undefined>;
  } = {},
) {
  const world = openWorld(registrations, given.book ?? methaneBook, given);
  const heard = memoryNotifier();
  const log = memoryNotificationLog(world.state);
  const { clock } = world.deps;
  const notify = notifyTransition({
    log,
    notifier: heard,
    observer: world.observer,
    clock,
    source: 'urn:x',
    alertOf: given.alertOf ?? world.alerts.get,
  });
  let seq = 0;
  let told = 0;
  const drain = async () => {
    for (; told < world.transitions.length; told += 1) {
      const next = world.transitions[told];
      if (next !== undefined) await notify(next);
    }
  };
  return {
    ...world,
    log,
    /** Each named sensor of the device says `value` at `seconds`. */
    says: async (deviceId: string, sensors: readonly string[], seconds: number, value = 0.4) => {
      world.at(seconds);
      for (const sensor of sensors) {
        seq += 1;
        const message = pack(deviceId, seq, [[seconds, value]], { sensor });
        await world.ingest([delivered(deviceId, message, seconds)]);
      }
      await drain();
    },
    /** A tick at `seconds`, with the watermark there. */
    tick: async (seconds: number) => {
      world.at(seconds);
      const until = instant(start + seconds * 1000);
      await world.watermark.update(() => ({ firstDueAt: instant(start), until, early: [] }));
      await world.sweep();
      await drain();
    },
    /** What people heard, as `subject reason`. */
    heard: () =>
      heard.published.map(({ body, attributes }) => {
        const { subject }: { subject: string } = JSON.parse(body);
        return `${subject.slice(subject.indexOf('/') + 1)} ${attributes['reason']}`;
      }),
    published: heard.published,
    alertsOf: (ruleId: string) =>
      [...world.state.alerts.values()].filter(({ matter }) => matter.ruleId === ruleId),
  };
}

/** `count` methane sensors named `ch4-1` and so on. */
export const sensorsOf = (count: number): { readonly sensorId: string }[] =>
  Array.from({ length: count }, (_, i) => ({ sensorId: `ch4-${i + 1}` }));
