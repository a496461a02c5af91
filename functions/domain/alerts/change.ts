/** What this room knows: how one numbered change turns an alert into the next and says so. */
import { AssertionError } from 'node:assert';
import type { AlertId } from '../ids.ts';
import type { Condition } from '../rules/transition.ts';
import { graver, type Severity } from '../severity.ts';
import type { Value } from '../telemetry/reading.ts';
import type { Instant } from '../time.ts';
import type { Alert, AlertChange, Handling, Mark, Matter, Transition } from './alert.ts';
import { isClosed } from './closing.ts';
import { edgeRefusal } from './edges.ts';

/** What happens to an alert; fields that are left out stay as they are. */
export interface Happening {
  readonly change: AlertChange;
  readonly at: Instant;
  readonly phenomenonAt: Instant;
  readonly committedAt: Instant;
  readonly condition?: Condition;
  readonly handling?: Handling;
  readonly severity?: Severity;
  readonly matter?: Matter;
  readonly value?: Value | undefined;
  /** The smaller the value, the graver: oxygen, the wind of a fan. */
  readonly isLowGraver?: boolean | undefined;
  readonly marks?: readonly Mark[];
  readonly by?: string;
  readonly comment?: string | undefined;
  readonly because?: string;
  readonly cause?: AlertId;
}

export interface Changed {
  readonly alert: Alert;
  readonly transition: Transition;
}

/** A change of the world that makes earlier handling void: people must look again. */
const reopens: readonly AlertChange[] = ['occurrence', 'severity-up'];

/**
 * The alert and its next transition once `happening` has come to pass; `version` grows by one.
 *
 * `before` for a first transition is the alert as it is about to be opened, with version 0.
 *
 * @throws AssertionError when the edge is not in the table: callers ask `edgeRefusal` first.
 */
export function change(before: Alert, happening: Happening): Changed {
  const refusal = edgeRefusal(before.version === 0 ? undefined : before, happening.change);
  if (refusal !== undefined)
    throw new AssertionError({ message: `${happening.change} on ${before.alertId}: ${refusal}` });
  const severity = happening.severity ?? before.severity;
  const open: Omit<Alert, 'closed'> = {
    ...before,
    matter: happening.matter ?? before.matter,
    condition: happening.condition ?? before.condition,
    handling: reopens.includes(happening.change) ? 'open' : (happening.handling ?? before.handling),
    severity,
    gravest: graver(before.gravest, severity),
    version: before.version + 1,
    occurrences: before.occurrences + (happening.change === 'occurrence' ? 1 : 0),
    changedAt: happening.at > before.changedAt ? happening.at : before.changedAt,
    lastValue: happening.value ?? before.lastValue,
    peak: peakOf(before, happening),
    spent: spentOf(before, happening.at),
    cause: happening.cause ?? before.cause,
    acknowledgedBy: happening.change === 'acknowledged' ? happening.by : before.acknowledgedBy,
  };
  const alert: Alert = { ...open, closed: isClosed(open) };
  return { alert, transition: transitionOf(alert, happening) };
}

/**
 * Semantics 26: the gravest value among those that came with a change, and when it was true: the least where less is graver,
 * else the one furthest from zero.
 */
export function peakOf(
  before: Alert,
  happening: Pick<Happening, 'value' | 'change' | 'isLowGraver' | 'phenomenonAt'>,
): Alert['peak'] {
  const { value } = happening;
  if (typeof value !== 'number' || happening.change === 'recovered') return before.peak;
  const held = before.peak?.value;
  const isGraver = (one: number, other: number): boolean =>
    happening.isLowGraver === true ? one < other : Math.abs(one) > Math.abs(other);
  if (typeof held === 'number' && !isGraver(value, held)) return before.peak;
  return { value, at: happening.phenomenonAt };
}

/** Semantics 26: time that has passed at the severity that stood, while the matter was not over. */
export function spentOf(before: Alert, at: Instant): Alert['spent'] {
  if (before.version === 0 || before.condition === 'recovered' || at <= before.changedAt) return before.spent;
  const sofar = before.spent[before.severity] ?? 0;
  return { ...before.spent, [before.severity]: sofar + (at - before.changedAt) };
}

function transitionOf(alert: Alert, happening: Happening): Transition {
  return {
    alertId: alert.alertId,
    version: alert.version,
    change: happening.change,
    matter: alert.matter,
    subject: alert.subject,
    scope: alert.scope,
    condition: alert.condition,
    handling: alert.handling,
    severity: alert.severity,
    closed: alert.closed,
    occurrences: alert.occurrences,
    at: happening.at,
    phenomenonAt: happening.phenomenonAt,
    committedAt: happening.committedAt,
    value: happening.value,
    marks: happening.marks ?? [],
    by: happening.by,
    comment: happening.comment,
    cause: alert.cause,
    drill: alert.drill,
    because: happening.because,
  };
}
