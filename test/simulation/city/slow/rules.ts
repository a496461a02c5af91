import type { CityCorrelation, CityRule } from '../../history.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The rules of the slow city in the words of the oracle; `rules/gas/` says the same in YAML. */
export const slowRules: readonly CityRule[] = [
  {
    ruleId: 'gas.slow.level',
    quantity: 'combustible-gas',
    limits: { alarm: 25, cut: 50, restore: 20 },
    clearBelow: 'restore',
    severities: [
      { severity: 'orange', measure: 'value', limit: 'alarm', forMs: 0, clearForMs: 20 * minute },
      { severity: 'red', measure: 'value', limit: 'cut', forMs: 0, clearForMs: 20 * minute },
    ],
    silentAfterMs: 90 * minute,
    silentSeverity: 'orange',
  },
  {
    ruleId: 'gas.slow.held',
    quantity: 'combustible-gas',
    limits: { alarm: 30, restore: 20 },
    clearBelow: 'restore',
    severities: [
      { severity: 'orange', measure: 'value', limit: 'alarm', forMs: 30 * minute, clearForMs: 20 * minute },
    ],
    // Longer than its deadline, which would else never be seen to be what raises.
    silentAfterMs: 4 * hour,
    silentSeverity: 'orange',
  },
  {
    ruleId: 'gas.slow.times',
    quantity: 'combustible-gas',
    limits: { alarm: 25, restore: 20 },
    clearBelow: 'restore',
    severities: [
      {
        severity: 'yellow',
        measure: 'value',
        limit: 'alarm',
        forMs: 0,
        clearForMs: 40 * minute,
        times: { count: 3, withinMs: 3 * hour },
      },
    ],
    silentAfterMs: 90 * minute,
    silentSeverity: 'yellow',
  },
  {
    ruleId: 'gas.slow.mean',
    quantity: 'combustible-gas',
    limits: { alarm: 22, restore: 15 },
    clearBelow: 'restore',
    severities: [
      {
        severity: 'yellow',
        measure: 'mean',
        windowMs: 2 * hour,
        limit: 'alarm',
        forMs: 0,
        clearForMs: 20 * minute,
      },
    ],
    silentAfterMs: 90 * minute,
    silentSeverity: 'yellow',
  },
];

export const slowCorrelations: readonly CityCorrelation[] = [
  {
    ruleId: 'gas.slow.many',
    memberRuleId: 'gas.slow.level',
    memberSeverityMin: 'orange',
    count: 2,
    withinMs: hour,
    clearForMs: 30 * minute,
    severity: 'red',
  },
];
