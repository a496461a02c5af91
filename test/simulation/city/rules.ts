import type { CityCorrelation, CityRule } from '../history.ts';

/** The rules of the simulated city in the words of the oracle; `rules/gas/` says the same in YAML. */
export const cityRules: readonly CityRule[] = [
  {
    ruleId: 'gas.sim.level',
    quantity: 'combustible-gas',
    limits: { alarm: 25, cut: 50, restore: 20 },
    clearBelow: 'restore',
    severities: [
      { severity: 'orange', measure: 'value', limit: 'alarm', forMs: 0, clearForMs: 10_000 },
      { severity: 'red', measure: 'value', limit: 'cut', forMs: 0, clearForMs: 10_000 },
    ],
    silentAfterMs: 40_000,
    silentSeverity: 'orange',
  },
  {
    ruleId: 'gas.sim.held',
    quantity: 'combustible-gas',
    limits: { alarm: 30, restore: 20 },
    clearBelow: 'restore',
    severities: [{ severity: 'orange', measure: 'value', limit: 'alarm', forMs: 20_000, clearForMs: 10_000 }],
    // Longer than its deadline, which would else never be seen to be what raises.
    silentAfterMs: 80_000,
    silentSeverity: 'orange',
  },
  {
    ruleId: 'gas.sim.times',
    quantity: 'combustible-gas',
    limits: { alarm: 25, restore: 20 },
    clearBelow: 'restore',
    severities: [
      {
        severity: 'yellow',
        measure: 'value',
        limit: 'alarm',
        forMs: 0,
        clearForMs: 20_000,
        times: { count: 3, withinMs: 60_000 },
      },
    ],
    silentAfterMs: 40_000,
    silentSeverity: 'yellow',
  },
  {
    ruleId: 'gas.sim.mean',
    quantity: 'combustible-gas',
    limits: { alarm: 22, restore: 15 },
    clearBelow: 'restore',
    severities: [
      {
        severity: 'yellow',
        measure: 'mean',
        windowMs: 60_000,
        limit: 'alarm',
        forMs: 0,
        clearForMs: 10_000,
      },
    ],
    silentAfterMs: 40_000,
    silentSeverity: 'yellow',
  },
];

export const cityCorrelations: readonly CityCorrelation[] = [
  {
    ruleId: 'gas.sim.many',
    memberRuleId: 'gas.sim.level',
    memberSeverityMin: 'orange',
    count: 2,
    withinMs: 60_000,
    clearForMs: 30_000,
    severity: 'red',
  },
];
