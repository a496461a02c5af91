/** What this room knows: who hears of a transition, why, and in which words. */
import type { AlertChange, Transition } from '../alerts/alert.ts';
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
  | 'closed';

export type SuppressReason = 'signal' | 'handling-only';

/** What becomes of one transition; the use case carries it out. */
export type Verdict =
  | { readonly outcome: 'send'; readonly reason: NotifyReason }
  | { readonly outcome: 'suppressed'; readonly reason: SuppressReason }
  | { readonly outcome: 'deferred'; readonly reason: string; readonly until: Instant };

/** What the steps must know beside the transition; silences, planned works and parents will stand here. */
export interface NotifyContext {
  readonly now: Instant;
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

/** The first step that says something decides: silence -> planned work -> inhibit -> group come between these. */
const steps: readonly Step[] = [signal, handling];

const reasons: Readonly<Record<AlertChange, NotifyReason>> = {
  raised: 'first',
  occurrence: 'occurrence',
  'severity-up': 'severity-up',
  'severity-down': 'severity-down',
  stale: 'stale',
  'firing-again': 'firing-again',
  recovered: 'recovered',
  acknowledged: 'closed',
};

/**
 * What becomes of a transition, with its reason. Whatever no step holds back is sent.
 *
 * @example decideNotification({ ...raisedRed }, { now }) // { outcome: 'send', reason: 'first' }
 */
export function decideNotification(transition: Transition, context: NotifyContext): Verdict {
  for (const step of steps) {
    const verdict = step(transition, context);
    if (verdict !== undefined) return verdict;
  }
  return { outcome: 'send', reason: reasons[transition.change] };
}
