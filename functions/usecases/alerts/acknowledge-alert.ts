import { authorize } from '../../domain/access/authorize.ts';
import { Alert } from '../../domain/alerts/alert.ts';
import { acknowledge } from '../../domain/alerts/handling.ts';
import type { AlertId } from '../../domain/ids.ts';
import { type Attempt, once } from '../inventory/once.ts';
import { done, type Result, refuse } from '../inventory/result.ts';
import { refusalOf, scopeOfAlert } from '../inventory/scopes.ts';
import type { Caller } from '../ports/access.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { OutcomeStore } from '../ports/inventory.ts';
import type { Clock } from '../ports/time.ts';

/** Most tries while a busy sensor keeps changing the alert: no human action is lost to it. */
export const acknowledgeTriesMax = 12;

export interface AlertDeps {
  readonly alerts: AlertStore;
  readonly outcomes: OutcomeStore;
  readonly clock: Clock;
}

export interface Acknowledgement {
  readonly alertId: AlertId;
  readonly comment?: string | undefined;
  /** Version that the person saw; absent: whatever stands now. */
  readonly expected?: number | undefined;
}

/**
 * Takes an alert on. When ingest writes the same alert meanwhile, the transition is numbered anew and tried again.
 *
 * Acknowledging again by the same person is answered with the alert as it stands: the answer to the first may
 * have been lost between its commit and its outcome.
 */
export const acknowledgeAlert =
  (deps: AlertDeps) =>
  (caller: Caller, action: Acknowledgement, attempt: Attempt): Promise<Result<Alert>> =>
    once(deps, attempt, Alert, async (keep) => {
      for (let tries = 0; tries < acknowledgeTriesMax; tries++) {
        const result = await tryOnce(deps, caller, action);
        if (result === 'conflict') continue;
        if (result.ok) await deps.outcomes.keep(keep(result.value));
        return result;
      }
      return refuse('busy');
    });

async function tryOnce(
  deps: AlertDeps,
  caller: Caller,
  { alertId, comment, expected }: Acknowledgement,
): Promise<Result<Alert> | 'conflict'> {
  const before = await deps.alerts.get(alertId);
  if (before === undefined) return refuse('not-found');
  const at = deps.clock.now();
  const allowed = authorize(caller.grants, 'acknowledge-alert', scopeOfAlert(before), at);
  if (!allowed.ok) return refusalOf(allowed);
  const handled = acknowledge(before, { by: caller.identity, at, comment });
  const isMine = before.handling === 'acknowledged' && before.acknowledgedBy === caller.identity;
  if (!handled.ok && isMine) return done(before);
  if (expected !== undefined && expected !== before.version) return refuse('version-mismatch', 'If-Match');
  if (!handled.ok) return refuse(handled.problem);
  const { alert: after, transition } = handled;
  const written = await deps.alerts.commit({ alerts: [{ before, after, transitions: [transition] }] });
  return written === 'conflict' ? written : done(after);
}
