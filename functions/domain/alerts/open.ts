/** What this room knows: how an alert comes to be. */
import { type AlertId, type RuleId, sha256 } from '../ids.ts';
import type { Severity } from '../severity.ts';
import type { Instant } from '../time.ts';
import type { Alert, Matter, Scope, Subject } from './alert.ts';

/**
 * The id of the alert that opens for `ruleId` on `subjectId` out of state number `stateVersion`.
 *
 * Derived, not drawn: a commit that is tried again opens the same alert and not a second one.
 */
export const alertIdOf = (
  ruleId: RuleId,
  subjectId: string,
  stateVersion: number,
  raisedAt: Instant,
): AlertId =>
  `al-${sha256(ruleId, subjectId, String(stateVersion), String(raisedAt)).slice(0, 20)}` as AlertId;

/** An alert about to be opened: version 0, to be handed to `change` with a `raised`. */
export function unopened(input: {
  readonly alertId: AlertId;
  readonly matter: Matter;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly severity: Severity;
  readonly at: Instant;
  readonly previous: AlertId | undefined;
}): Alert {
  return {
    alertId: input.alertId,
    matter: input.matter,
    subject: input.subject,
    scope: input.scope,
    condition: 'firing',
    handling: 'open',
    severity: input.severity,
    gravest: input.severity,
    closed: false,
    version: 0,
    occurrences: 1,
    raisedAt: input.at,
    changedAt: input.at,
    lastValue: undefined,
    peak: undefined,
    spent: {},
    acknowledgedBy: undefined,
    previous: input.previous,
    cause: undefined,
    drill: false,
  };
}
