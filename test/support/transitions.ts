import type { Alert, Transition } from '../../functions/domain/alerts/alert.ts';
import { type Changed, change, type Happening } from '../../functions/domain/alerts/change.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import { instant } from '../../functions/domain/time.ts';
import { fresh } from './alerts.ts';

/** First transition of an alert of `subjectId`, at `ms`; every field may be overridden. */
export function raisedAt(
  ms: number,
  given: Partial<Transition> = {},
  severity: Severity = 'orange',
  subjectId = 'dev-1/ch4',
): Transition {
  return { ...raisedAlert(ms, severity, subjectId).transition, ...given };
}

/** The alert with its first transition. */
export const raisedAlert = (ms: number, severity: Severity = 'orange', subjectId = 'dev-1/ch4'): Changed =>
  change(fresh(severity, ms, subjectId), {
    change: 'raised',
    condition: 'firing',
    value: 1.2,
    because: '{}',
    ...times(ms),
  });

/** The next change of an alert at `ms`. */
export const changedAt = (
  ms: number,
  before: Alert,
  happening: Omit<Happening, 'at' | 'phenomenonAt' | 'committedAt'>,
): Changed => change(before, { ...happening, ...times(ms) });

const times = (ms: number) => ({ at: instant(ms), phenomenonAt: instant(ms), committedAt: instant(ms) });
