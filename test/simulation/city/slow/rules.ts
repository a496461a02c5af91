import { rulesOf } from '../rules.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The rules of the slow city: those of the quick one, with times for devices that read each ten minutes. */
export const { rules: slowRules, correlations: slowCorrelations } = rulesOf('slow', {
  clearForMs: 20 * minute,
  countedClearForMs: 40 * minute,
  heldForMs: 30 * minute,
  countWithinMs: 3 * hour,
  meanWindowMs: 2 * hour,
  silentAfterMs: 90 * minute,
  heldSilentAfterMs: 4 * hour,
  togetherWithinMs: hour,
  togetherClearForMs: 30 * minute,
});
