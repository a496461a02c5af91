import type { Alert, Transition } from '../../domain/alerts/alert.ts';
import { rfc3339 } from '../../domain/time.ts';
import type { AlertWithTransitions } from '../../usecases/alerts/read-alerts.ts';

export const alertBody = ({ spent, ...alert }: Alert) => ({
  ...alert,
  raisedAt: rfc3339(alert.raisedAt),
  changedAt: rfc3339(alert.changedAt),
  peak: alert.peak === undefined ? undefined : { value: alert.peak.value, at: rfc3339(alert.peak.at) },
  /** Milliseconds by severity. */
  spentMs: spent,
});

/** What the transition says of its own; what it repeats of its alert is left out. */
const transitionBody = (transition: Transition) => {
  const { version, change, condition, handling, severity, closed, occurrences } = transition;
  const { value, marks, by, comment, because } = transition;
  const record: unknown = because === undefined ? undefined : JSON.parse(because);
  return {
    version,
    change,
    condition,
    handling,
    severity,
    closed,
    occurrences,
    at: rfc3339(transition.at),
    phenomenonAt: rfc3339(transition.phenomenonAt),
    committedAt: rfc3339(transition.committedAt),
    value,
    marks,
    by,
    comment,
    because: record,
  };
};

export const alertWithTransitionsBody = ({ alert, transitions }: AlertWithTransitions) => ({
  ...alertBody(alert),
  transitions: transitions.map(transitionBody),
});
