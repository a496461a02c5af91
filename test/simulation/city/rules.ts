import type { CityCorrelation, CityRule } from '../history.ts';

/** How slowly the rules of a city go, in milliseconds; the levels are the same in every city. */
export interface RuleTimes {
  readonly clearForMs: number;
  /** Of the severity that counts. */
  readonly countedClearForMs: number;
  readonly heldForMs: number;
  readonly countWithinMs: number;
  readonly meanWindowMs: number;
  readonly silentAfterMs: number;
  /** Longer than the deadline of what is held, which would else never be seen to be what raises. */
  readonly heldSilentAfterMs: number;
  readonly togetherWithinMs: number;
  readonly togetherClearForMs: number;
}

interface CityRules {
  readonly rules: readonly CityRule[];
  readonly correlations: readonly CityCorrelation[];
}

/** The rules of a city, `gas.<name>.level` and so on, in the words of the oracle; its folder of rules says the same in YAML. */
export function rulesOf(name: string, times: RuleTimes): CityRules {
  const common = {
    quantity: 'combustible-gas',
    clearBelow: 'restore',
    silentAfterMs: times.silentAfterMs,
  } as const;
  const { clearForMs } = times;
  const rules: readonly CityRule[] = [
    {
      ...common,
      ruleId: `gas.${name}.level`,
      limits: { alarm: 25, cut: 50, restore: 20 },
      severities: [
        { severity: 'orange', measure: 'value', limit: 'alarm', forMs: 0, clearForMs },
        { severity: 'red', measure: 'value', limit: 'cut', forMs: 0, clearForMs },
      ],
      silentSeverity: 'orange',
    },
    {
      ...common,
      ruleId: `gas.${name}.held`,
      limits: { alarm: 30, restore: 20 },
      severities: [
        { severity: 'orange', measure: 'value', limit: 'alarm', forMs: times.heldForMs, clearForMs },
      ],
      silentAfterMs: times.heldSilentAfterMs,
      silentSeverity: 'orange',
    },
    {
      ...common,
      ruleId: `gas.${name}.times`,
      limits: { alarm: 25, restore: 20 },
      severities: [
        {
          severity: 'yellow',
          measure: 'value',
          limit: 'alarm',
          forMs: 0,
          clearForMs: times.countedClearForMs,
          times: { count: 3, withinMs: times.countWithinMs },
        },
      ],
      silentSeverity: 'yellow',
    },
    {
      ...common,
      ruleId: `gas.${name}.mean`,
      limits: { alarm: 22, restore: 15 },
      severities: [
        {
          severity: 'yellow',
          measure: 'mean',
          windowMs: times.meanWindowMs,
          limit: 'alarm',
          forMs: 0,
          clearForMs,
        },
      ],
      silentSeverity: 'yellow',
    },
  ];
  const together: CityCorrelation = {
    ruleId: `gas.${name}.many`,
    memberRuleId: `gas.${name}.level`,
    memberSeverityMin: 'orange',
    count: 2,
    withinMs: times.togetherWithinMs,
    clearForMs: times.togetherClearForMs,
    severity: 'red',
  };
  return { rules, correlations: [together] };
}

/** The rules of the city of worlds that last some minutes. */
export const { rules: cityRules, correlations: cityCorrelations } = rulesOf('sim', {
  clearForMs: 10_000,
  countedClearForMs: 20_000,
  heldForMs: 20_000,
  countWithinMs: 60_000,
  meanWindowMs: 60_000,
  silentAfterMs: 40_000,
  heldSilentAfterMs: 80_000,
  togetherWithinMs: 60_000,
  togetherClearForMs: 30_000,
});
