import { memoryAlertStore } from '../../functions/adapters/memory/alert-store.ts';
import { memoryNotificationLog } from '../../functions/adapters/memory/notification-log.ts';
import { memoryNotifier } from '../../functions/adapters/memory/notifier.ts';
import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryState } from '../../functions/adapters/memory/state.ts';
import { memoryTwinStore } from '../../functions/adapters/memory/twin-store.ts';
import { memoryWatermarkStore } from '../../functions/adapters/memory/watermark-store.ts';
import type { Alert, Transition } from '../../functions/domain/alerts/alert.ts';
import { type Changed, change, type Happening } from '../../functions/domain/alerts/change.ts';
import { alertIdOf, unopened } from '../../functions/domain/alerts/open.ts';
import type { RuleId } from '../../functions/domain/ids.ts';
import type { Tombstone } from '../../functions/domain/rules/book.ts';
import { correlationsOf } from '../../functions/domain/rules/correlate/correlations.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import { instant } from '../../functions/domain/time.ts';
import { advanceCorrelation } from '../../functions/usecases/correlate/advance-correlation.ts';
import { correlateTransition } from '../../functions/usecases/correlate/correlate-transition.ts';
import { notifyTransition } from '../../functions/usecases/notify-transition.ts';
import type { AlertStore, NotificationLog } from '../../functions/usecases/ports/alerts.ts';
import { notifyUndecided } from '../../functions/usecases/sweep/notify-undecided.ts';
import { sweepDevices } from '../../functions/usecases/sweep-devices.ts';
import { matter, scope } from './alerts.ts';
import { testClock } from './clock.ts';
import { methaneBook } from './methane-rule.ts';

/** Where the tests count from; a multiple of the canary's period. */
export const t0 = 1_000_000_000;

/** Alerts of plain rules, and the two ways in which they meet correlations, over memory. Times in seconds after t0. */
export function correlatedWorld(
  rules: readonly CorrelationRule[],
  given: { readonly retired?: readonly Tombstone[]; readonly store?: (store: AlertStore) => AlertStore } = {},
) {
  const state = memoryState();
  const stream: Transition[] = [];
  const all: Transition[] = [];
  const stored = memoryAlertStore(state, (transition) => {
    stream.push(transition);
    all.push(transition);
  });
  const alerts = given.store?.(stored) ?? stored;
  const clock = testClock(t0);
  const observer = memoryObserver();
  const heard = memoryNotifier();
  const log: NotificationLog = memoryNotificationLog(state);
  const watermark = memoryWatermarkStore();
  const correlating = { alerts, clock, correlations: correlationsOf(rules), retired: given.retired ?? [] };
  const correlate = correlateTransition(correlating);
  const notify = notifyTransition({ log, notifier: heard, observer, clock, source: 'urn:x', correlate });
  const twins = memoryTwinStore(state, async () => (await watermark.read())?.until);
  const sweepDue = sweepDevices({
    clock,
    twins,
    alerts,
    observer,
    book: methaneBook,
    fanOut: async () => 'done',
    rulesOf: () => {
      throw new Error('no device is due');
    },
    correlations: { watermark, advance: advanceCorrelation(correlating) },
  });
  const sweepUndecided = notifyUndecided({ log, notify, observer, clock });
  const at = (seconds: number) => instant(t0 + seconds * 1000);
  const times = (seconds: number) => ({
    at: at(seconds),
    phenomenonAt: at(seconds),
    committedAt: at(seconds),
  });
  const put = async ({ alert, transition }: Changed, before?: Alert): Promise<Alert> => {
    const commit = { alerts: [{ before, after: alert, transitions: [transition] }] };
    expect(await stored.commit(commit)).toBe('committed');
    return alert;
  };
  return {
    state,
    alerts,
    correlate,
    observer,
    heard,
    log,
    all,
    stream,
    clock,
    at,
    /** An alert of a plain rule on a sensor. */
    raise: async (
      rule: RuleId,
      seconds: number,
      name: string,
      severity: Severity = 'orange',
      where: Partial<Alert['scope']> = {},
    ): Promise<Alert> => {
      const fresh = unopened({
        alertId: alertIdOf(rule, name, 1, at(seconds)),
        matter: { ...matter, ruleId: rule },
        subject: { kind: 'sensor', id: name },
        scope: { ...scope, ...where },
        severity,
        at: at(seconds),
        previous: undefined,
      });
      return put(change(fresh, { change: 'raised', condition: 'firing', ...times(seconds) }));
    },
    happen: async (
      before: Alert,
      seconds: number,
      happening: Omit<Happening, 'at' | 'phenomenonAt' | 'committedAt'>,
    ) => {
      const now = state.alerts.get(before.alertId) ?? before;
      return put(change(now, { ...happening, ...times(seconds) }), now);
    },
    /** What the stream has brings to notify, and what that brings. */
    drain: async () => {
      for (let next = stream.shift(); next !== undefined; next = stream.shift()) await notify(next);
    },
    notify,
    /** A tick at `seconds`, with the watermark there. */
    tick: async (seconds: number, watermarkAt = seconds) => {
      clock.set(at(seconds));
      await watermark.update(() => ({ firstDueAt: at(0), until: at(watermarkAt), early: [] }));
      await sweepDue();
    },
    sweepUndecided,
    /** The alerts of correlations. */
    correlated: () =>
      [...state.alerts.values()].filter((one) => rules.some(({ id }) => id === one.matter.ruleId)),
    /** What was published, as `subject reason`. */
    published: () =>
      heard.published.map(({ body, attributes }) => {
        const { subject }: { subject: string } = JSON.parse(body);
        return `${subject.slice(subject.indexOf('/') + 1)} ${attributes['reason']}`;
      }),
  };
}
