/** What this room knows: how a verdict of the rules becomes a numbered change of an alert. */
import type { AlertId } from '../ids.ts';
import type { TransitionDraft } from '../rules/transition.ts';
import { rankOf } from '../severity.ts';
import type { Instant } from '../time.ts';
import type { Alert, AlertChange, Matter, Scope, Subject } from './alert.ts';
import { type Changed, change } from './change.ts';
import { alertIdOf, unopened } from './open.ts';

/** As much of a verdict as its alert is told; a correlation's verdict is one too. */
export type VerdictOnAlert = Pick<
  TransitionDraft,
  'change' | 'condition' | 'severity' | 'at' | 'phenomenonAt' | 'value' | 'marks' | 'because'
>;

/** Where a verdict belongs, and the number of the state that produced it. */
export interface Belonging {
  readonly matter: Matter;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly stateVersion: number;
  readonly committedAt: Instant;
  /** The smaller the value, the graver. */
  readonly isLowGraver?: boolean | undefined;
  /** The alert of its root cause, when that was found with it. */
  readonly cause?: AlertId | undefined;
}

/**
 * The change that `draft` means for an alert that people may have touched meanwhile; undefined when it means
 * none. The rules know episodes, the alert knows what became of it: a raise while it stands open and
 * recovered is an occurrence, after it was closed a new alert.
 */
export function changeFor(current: Alert | undefined, draft: VerdictOnAlert): AlertChange | undefined {
  const over = draft.change === 'recovered';
  if (current === undefined || current.closed) return over ? undefined : 'raised';
  if (current.condition === 'recovered') return over ? undefined : 'occurrence';
  if (over) return 'recovered';
  const rise = rankOf(draft.severity) - rankOf(current.severity);
  if (rise > 0) return 'severity-up';
  if (rise < 0) return 'severity-down';
  if (draft.condition === current.condition) return undefined;
  return draft.condition === 'stale' ? 'stale' : 'firing-again';
}

/** The alert after `draft` and the transition that says so; undefined when nothing changes for it. */
export function applyDraft(
  current: Alert | undefined,
  draft: VerdictOnAlert,
  belonging: Belonging,
): Changed | undefined {
  const name = changeFor(current, draft);
  if (name === undefined) return undefined;
  const before =
    current === undefined || current.closed ? opened(current?.alertId, draft, belonging) : current;
  return change(before, {
    change: before.version === 0 ? 'raised' : name,
    at: draft.at,
    phenomenonAt: draft.phenomenonAt,
    committedAt: belonging.committedAt,
    condition: draft.condition,
    severity: draft.severity,
    matter: belonging.matter,
    value: draft.value,
    isLowGraver: belonging.isLowGraver,
    marks: belonging.cause === undefined ? draft.marks : [...draft.marks, 'caused'],
    because: draft.because,
    ...(belonging.cause === undefined ? {} : { cause: belonging.cause }),
  });
}

function opened(previous: AlertId | undefined, draft: VerdictOnAlert, belonging: Belonging): Alert {
  const { matter, subject, scope, stateVersion } = belonging;
  return unopened({
    alertId: alertIdOf(matter.ruleId, subject.id, stateVersion, draft.at),
    matter,
    subject,
    scope,
    severity: draft.severity,
    at: draft.at,
    previous,
  });
}
