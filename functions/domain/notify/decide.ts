/** What this room knows: who hears of a transition, why, and in which words. */
import type { AlertChange, Transition } from '../alerts/alert.ts';
import { rankOf } from '../severity.ts';
import type { Instant } from '../time.ts';

/** Why a message goes out: an attribute of it, so that receivers can filter on it. */
export type NotifyReason =
  | 'first'
  | 'occurrence'
  | 'severity-up'
  | 'severity-down'
  | 'stale'
  | 'firing-again'
  | 'recovered'
  | 'closed'
  | 'inhibition-ended'
  | 'restored';

export type SuppressReason = 'signal' | 'handling-only' | 'linked' | 'inhibited' | 'root-cause';

/** What becomes of one transition; the use case carries it out. */
export type Verdict =
  | { readonly outcome: 'send'; readonly reason: NotifyReason }
  | { readonly outcome: 'suppressed'; readonly reason: SuppressReason }
  | { readonly outcome: 'deferred'; readonly reason: string; readonly until: Instant };

/** An alert of a correlation that mutes its members while it fires (semantics 21). */
export interface Parent extends Pick<Transition, 'alertId' | 'severity'> {
  readonly kind: Transition['matter']['kind'];
  readonly scope: Pick<Transition['scope'], 'area' | 'enterpriseId' | 'trade' | 'audience'>;
}

/** What the steps must know beside the transition; silences and planned works will stand here. */
export interface NotifyContext {
  readonly now: Instant;
  /** Those that fire and have this alert as a member; empty as well when they cannot be read: then it is sent. */
  readonly parents: readonly Parent[];
  /** The alert of its root cause while that fires; absent as well when it cannot be read: then it is sent. */
  readonly root?: Parent | undefined;
}

type Step = (transition: Transition, context: NotifyContext) => Verdict | undefined;

/** `signal` is recorded, never notified; but who heard of something graver hears that it has become one. */
const signal: Step = ({ severity, change }) =>
  severity === 'signal' && change !== 'severity-down'
    ? { outcome: 'suppressed', reason: 'signal' }
    : undefined;

/** What people did is no news to alarm with, unless it ended the matter. */
const handling: Step = ({ change, closed }) =>
  change === 'acknowledged' && !closed ? { outcome: 'suppressed', reason: 'handling-only' } : undefined;

/** A link is for whoever reads the alert. */
const linked: Step = ({ change }) =>
  change === 'linked' ? { outcome: 'suppressed', reason: 'linked' } : undefined;

/** Whoever hears of the alert hears of the parent: each filter of a subscription that matches one matches the other. */
const isHeardInstead = ({ scope, matter }: Transition, parent: Parent): boolean =>
  parent.kind === matter.kind &&
  [parent.scope, ...(parent.scope.audience ?? [])].some(
    ({ enterpriseId, trade, area }) =>
      enterpriseId === scope.enterpriseId && trade === scope.trade && area.startsWith(scope.area),
  );

/**
 * A parent that fires and is at least as severe mutes what the same people would hear; never red, and never an end:
 * whoever heard of the beginning must hear of it (semantics 21).
 */
const inhibited: Step = (transition, { parents }) => {
  const { severity, condition } = transition;
  if (severity === 'red' || condition === 'recovered') return undefined;
  const isMuted = parents.some(
    (parent) => rankOf(parent.severity) >= rankOf(severity) && isHeardInstead(transition, parent),
  );
  return isMuted ? { outcome: 'suppressed', reason: 'inhibited' } : undefined;
};

/**
 * What was found silent together with its root cause is told by the alert of that. What comes later is news: a breach, an
 * end, a silence of its own. Red always notifies (semantics 21).
 */
const caused: Step = (transition, { root }) => {
  const { severity, marks, cause } = transition;
  if (severity === 'red' || root === undefined || !marks.includes('caused') || root.alertId !== cause)
    return undefined;
  const isMuted = rankOf(root.severity) >= rankOf(severity) && isHeardInstead(transition, root);
  return isMuted ? { outcome: 'suppressed', reason: 'root-cause' } : undefined;
};

/** The first step that says something decides: silence and planned work come before inhibit, group after it. */
const steps: readonly Step[] = [signal, linked, handling, inhibited, caused];

const reasons: Readonly<Record<AlertChange, NotifyReason>> = {
  raised: 'first',
  occurrence: 'occurrence',
  'severity-up': 'severity-up',
  'severity-down': 'severity-down',
  stale: 'stale',
  'firing-again': 'firing-again',
  recovered: 'recovered',
  acknowledged: 'closed',
  linked: 'first', // never sent
  'inhibition-ended': 'inhibition-ended',
  restored: 'restored',
};

/**
 * What becomes of a transition, with its reason. Whatever no step holds back is sent.
 *
 * @example decideNotification({ ...raisedRed }, { now, parents: [] }) // { outcome: 'send', reason: 'first' }
 */
export function decideNotification(transition: Transition, context: NotifyContext): Verdict {
  for (const step of steps) {
    const verdict = step(transition, context);
    if (verdict !== undefined) return verdict;
  }
  return { outcome: 'send', reason: reasons[transition.change] };
}
