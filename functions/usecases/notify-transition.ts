import type { Alert, Transition } from '../domain/alerts/alert.ts';
import type { AlertId } from '../domain/ids.ts';
import { decideNotification, type Parent, type Verdict } from '../domain/notify/decide.ts';
import { notificationOf } from '../domain/notify/notification.ts';
import type { Correlate } from './correlate/correlate-transition.ts';
import { isPassing } from './passing.ts';
import type { Decision, NotificationLog, Notifier, TransitionKey } from './ports/alerts.ts';
import type { Observer } from './ports/observer.ts';
import type { Clock } from './ports/time.ts';

/** Most published messages remembered until their decision is logged. */
export const unloggedCountMax = 1000;

export interface NotifyDeps {
  readonly log: NotificationLog;
  /** Absent: the rule book has no correlations. */
  readonly correlate?: Correlate;
  /** Reads the alert of a root cause. */
  readonly alertOf?: (alertId: AlertId) => Promise<Alert | undefined>;
  readonly notifier: Notifier;
  readonly observer: Observer;
  readonly clock: Clock;
  /** Source of the envelopes: a URI that names this deployment. */
  readonly source: string;
}

export type NotifyOutcome = Decision['outcome'] | 'already-decided';

/** Decides about one transition, publishes when it is due, and logs. */
export type NotifyTransition = (transition: Transition) => Promise<NotifyOutcome>;

/**
 * Correlates first, because a parent that this transition raises may mute it; a transition is decided only once every
 * correlation knows of it. When that fails it is sent all the same, and tried again.
 *
 * One final decision per transition, and a message before the log says `sent`: a crash between the two may repeat a
 * message, never lose one. Fails open: when the log cannot be read the message goes out.
 *
 * What was published here and could not be logged is remembered, so that a retry only logs.
 *
 * @throws AdapterError when correlating, publishing or logging failed; the transition then still is undecided.
 */
export function notifyTransition(deps: NotifyDeps): NotifyTransition {
  const unlogged = new Map<string, Decision>();
  return async (transition) => {
    const key: TransitionKey = { alertId: transition.alertId, version: transition.version };
    const name = `${key.alertId}/${key.version}`;
    const remembered = unlogged.get(name);
    if (remembered === undefined && (await isDecided(deps, key))) return 'already-decided';
    const { parents, failure } = await correlated(deps, transition);
    const decision = remembered ?? (await carryOut(deps, transition, parents));
    if (unlogged.size < unloggedCountMax) unlogged.set(name, decision);
    if (failure !== undefined) throw failure;
    const logged = await deps.log.decide(key, decision);
    unlogged.delete(name);
    return logged === 'logged' ? decision.outcome : 'already-decided';
  };
}

async function isDecided({ log, observer, clock }: NotifyDeps, key: TransitionKey): Promise<boolean> {
  try {
    const decision = await log.decision(key);
    if (decision === undefined) return false;
    return decision.outcome !== 'deferred' || decision.until > clock.now();
  } catch (error) {
    observer.error('notification log cannot be read: sending anyway', error, { ...key });
    return false;
  }
}

interface Correlated {
  readonly parents: readonly Parent[];
  /** What may pass, so that correlating is worth another try. */
  readonly failure?: unknown;
}

/** Fails open: without parents nothing is muted. */
async function correlated(deps: NotifyDeps, transition: Transition): Promise<Correlated> {
  try {
    return { parents: (await deps.correlate?.(transition)) ?? [] };
  } catch (error) {
    const { alertId, version } = transition;
    deps.observer.metric('CorrelationFailed', 1);
    deps.observer.error('correlation failed: sending anyway', error, { alertId, version });
    return isPassing(error) ? { parents: [], failure: error } : { parents: [] };
  }
}

/** Fails open: without it nothing is muted. One read, and only for what was found with its root cause. */
async function rootOf(deps: NotifyDeps, transition: Transition): Promise<Parent | undefined> {
  const { cause, marks, alertId, version } = transition;
  if (cause === undefined || !marks.includes('caused')) return undefined;
  try {
    const alert = await deps.alertOf?.(cause);
    if (alert?.condition !== 'firing') return undefined;
    const { severity, matter, scope } = alert;
    return { alertId: alert.alertId, severity, kind: matter.kind, scope };
  } catch (error) {
    deps.observer.error('the root cause cannot be read: sending anyway', error, { alertId, version });
    return undefined;
  }
}

async function carryOut(
  deps: NotifyDeps,
  transition: Transition,
  parents: readonly Parent[],
): Promise<Decision> {
  const { notifier, observer, clock, source } = deps;
  const at = clock.now();
  const root = await rootOf(deps, transition);
  const verdict: Verdict = decideNotification(transition, { now: at, parents, root });
  switch (verdict.outcome) {
    case 'suppressed':
      observer.metric('NotificationSuppressed', 1);
      return { ...verdict, at };
    case 'deferred':
      return { ...verdict, at };
    case 'send': {
      const { messageId } = await notifier.publish(notificationOf(transition, verdict.reason, source));
      observer.metric('NotificationSent', 1);
      observer.metric('NotificationDelay', Math.max(0, clock.now() - transition.committedAt));
      return { outcome: 'sent', reason: verdict.reason, at, messageId };
    }
    default:
      return verdict satisfies never;
  }
}
