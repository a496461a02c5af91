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

/** Others won every try; another delivery, or the next tick, does it. */
export class ContendedError extends Error {
  readonly retryable = true;
  constructor(ruleId: string, subjectId: string) {
    super(`correlation ${ruleId} on ${subjectId}: lost every race`);
  }
}

/** Newer code has written the state: it is left alone until this code is replaced. */
export class NewerStateError extends Error {
  readonly retryable = true;
  constructor(ruleId: string, subjectId: string) {
    super(`correlation ${ruleId} on ${subjectId} was written by newer code`);
  }
}
