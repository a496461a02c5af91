import type { Correlations } from '../../domain/rules/correlate/correlations.ts';
import type { AlertStore } from '../ports/alerts.ts';
import type { Clock } from '../ports/time.ts';

export interface CorrelateDeps {
  readonly alerts: AlertStore;
  readonly clock: Clock;
  readonly correlations: Correlations;
}

/** Tries when others write the same correlation: as many as for a device (design 2.3). */
export const correlateTriesMax = 4;

/** It cannot be done now; another delivery, or the next tick, does it. */
class HeldUpError extends Error {
  readonly retryable = true;
}

/** The error for a correlation on a subject that must wait; by default because others won every try. */
export const heldUp = (ruleId: string, subjectId: string, why = 'lost every race'): HeldUpError =>
  new HeldUpError(`correlation ${ruleId} on ${subjectId}: ${why}`);
