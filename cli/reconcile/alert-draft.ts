/** One alert as it is put right: what was stored, what it becomes, and the transitions that say so. Pure. */
import type { Alert, Transition } from '../../functions/domain/alerts/alert.ts';
import { peakOf, spentOf } from '../../functions/domain/alerts/change.ts';
import { isClosed } from '../../functions/domain/alerts/closing.ts';
import { unopened } from '../../functions/domain/alerts/open.ts';
import { graver } from '../../functions/domain/severity.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import type { Finding, FindingKind } from './finding.ts';

/** A transition to be written; one that nobody is to hear of is written with its decision. */
export interface Added {
  readonly transition: Transition;
  readonly isHeard: boolean;
}

export interface AlertDraft {
  readonly stored: Alert | undefined;
  /** When it was first written; when it was raised if that is not known. A late message raises at the time of its receipt. */
  readonly openedAt: Instant;
  after: Alert;
  readonly added: Added[];
  readonly findings: Finding[];
}

/** What is known of an alert's state; the rest stays. */
export type State = Partial<Pick<Alert, 'condition' | 'severity' | 'handling'>>;

/** The alert once `transition`, which was written by others, is in it. */
export function withTransition(alert: Alert | undefined, transition: Transition): Alert {
  const { alertId, matter, subject, scope, severity, at, version, change } = transition;
  const before = alert ?? unopened({ alertId, matter, subject, scope, severity, at, previous: undefined });
  return {
    ...before,
    matter,
    scope,
    condition: transition.condition,
    handling: transition.handling,
    severity,
    gravest: graver(before.gravest, severity) ?? severity,
    closed: transition.closed,
    version,
    occurrences: transition.occurrences,
    changedAt: at > before.changedAt ? at : before.changedAt,
    lastValue: transition.value ?? before.lastValue,
    peak: peakOf(before, transition),
    spent: spentOf(before, at),
    acknowledgedBy: change === 'acknowledged' ? transition.by : before.acknowledgedBy,
    cause: transition.cause ?? before.cause,
    drill: transition.drill,
  };
}

/** Stands for a transition whose content was lost: the state as far as it is known, under the number that was given. */
export const restored = (alert: Alert, version: number, at: Instant): Transition => ({
  alertId: alert.alertId,
  version,
  change: 'restored',
  matter: alert.matter,
  subject: alert.subject,
  scope: alert.scope,
  condition: alert.condition,
  handling: alert.handling,
  severity: alert.severity,
  closed: alert.closed,
  occurrences: alert.occurrences,
  at: alert.changedAt,
  phenomenonAt: alert.changedAt,
  committedAt: at,
  value: alert.lastValue,
  marks: [],
  cause: alert.cause,
  drill: alert.drill,
  because: JSON.stringify({ kind: 'restored' }),
});

export const found = (draft: AlertDraft, kind: FindingKind, what: string): void => {
  draft.findings.push({ kind, subject: draft.after.alertId, found: what });
};

/**
 * The alert in `state` from now on. Numbers up to `spentVersion` were given to transitions that are gone: they are filled
 * silently; the one that follows is heard, because receivers have dropped nothing under it yet.
 */
export function moveOn(draft: AlertDraft, state: State, spentVersion: number, now: Instant): void {
  const { after } = draft;
  const open = {
    ...after,
    ...state,
    gravest: graver(after.gravest, state.severity) ?? after.gravest,
    changedAt: now > after.changedAt ? now : after.changedAt,
    spent: spentOf(after, now),
  };
  const version = Math.max(after.version, spentVersion) + 1;
  const next: Alert = { ...open, closed: isClosed(open), version };
  for (let lost = after.version + 1; lost < version; lost++)
    draft.added.push({ transition: restored(next, lost, now), isHeard: false });
  draft.added.push({ transition: restored(next, version, now), isHeard: true });
  draft.after = next;
}

/** An alert of which nothing is left, about to be raised again under its id. */
export function lostAlert(input: Parameters<typeof unopened>[0]): AlertDraft {
  return {
    stored: undefined,
    openedAt: input.at,
    after: { ...unopened(input), changedAt: instant(input.at) },
    added: [],
    findings: [],
  };
}
