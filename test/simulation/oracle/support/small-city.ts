import { RuleId } from '../../../../functions/domain/ids.ts';
import { bookFormat, type Rule, type RuleBook } from '../../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import type { DeviceRegistration } from '../../../../functions/domain/telemetry/registration.ts';
import { duration } from '../../../../functions/domain/time.ts';
import { countRule } from '../../../support/correlations.ts';
import { compare, input, limit, ruleOf } from '../../../support/engine/rules.ts';
import { windowOf } from '../../../support/engine/windows.ts';
import { registrationOf } from '../../../support/registration.ts';
import type { City, CityDevice, CityRule } from '../../history.ts';

const limits = { warn: 25, alarm: 30, cut: 50, mean: 24, restore: 20 };
const common = {
  quantity: 'methane',
  limits,
  clearBelow: 'restore',
  silentAfterMs: 30_000,
  silentSeverity: 'orange',
} as const;
const value = { measure: 'value', clearForMs: 10_000 } as const;

/** The four kinds of conditions that a simulated city has: at once, held, counted, over a window. */
const rules: readonly CityRule[] = [
  {
    ...common,
    ruleId: 'sim.gas.level',
    severities: [
      { ...value, severity: 'orange', limit: 'warn', forMs: 0 },
      { ...value, severity: 'red', limit: 'cut', forMs: 0 },
    ],
  },
  {
    ...common,
    ruleId: 'sim.gas.held',
    severities: [{ ...value, severity: 'orange', limit: 'alarm', forMs: 20_000 }],
  },
  {
    ...common,
    ruleId: 'sim.gas.times',
    silentSeverity: 'yellow',
    severities: [
      { ...value, severity: 'yellow', limit: 'warn', forMs: 0, times: { count: 3, withinMs: 60_000 } },
    ],
  },
  {
    ...common,
    ruleId: 'sim.gas.mean',
    silentSeverity: 'yellow',
    severities: [
      {
        measure: 'mean',
        windowMs: 60_000,
        clearForMs: 10_000,
        severity: 'yellow',
        limit: 'mean',
        forMs: 0,
      },
    ],
  },
];

const devices: readonly CityDevice[] = ['dev-1', 'dev-2', 'dev-3'].map((deviceId) => ({
  deviceId,
  enterpriseId: 'ent-1',
  siteId: 'site-1',
  area: '220104',
  registeredAt: 0,
  sensors: ['a', 'b'].map((sensorId) => ({
    sensorId,
    quantity: 'methane',
    periodMs: 5_000,
    tags: [],
    range: { min: 0, max: 100 },
    unit: '%{vol}',
  })),
}));

/** Three devices with two sensors each, registered at `registeredAt`. */
export const smallCity = (registeredAt: number): City => ({
  devices: devices.map((one) => ({ ...one, registeredAt })),
  rules,
  correlations: [
    {
      ruleId: 'sim.site.many',
      memberRuleId: 'sim.gas.level',
      count: 2,
      withinMs: 60_000,
      severity: 'red',
    },
  ],
});

export const registrationsOf = (city: City): readonly DeviceRegistration[] =>
  city.devices.map(({ deviceId, sensors }) =>
    registrationOf({
      deviceId,
      sensors: sensors.map(({ sensorId, range, periodMs }) => ({ sensorId, range, period: periodMs })),
    }),
  );

/** What the rule says, as the product's own book has it. */
function bookRule(rule: CityRule): Rule {
  const figureOf = (measure: string): Expression =>
    measure === 'value' ? input('value') : { op: 'window', fn: 'avg', window: 0 };
  return ruleOf({
    id: RuleId.parse(rule.ruleId),
    limits: Object.fromEntries(Object.entries(rule.limits).map(([name, at]) => [name, limit(at)])),
    silent: { afterMs: duration(rule.silentAfterMs), severity: rule.silentSeverity },
    windows: [windowOf({ lengthS: 60, functions: ['avg'] })],
    severities: rule.severities.map((one) => ({
      severity: one.severity,
      when: compare('ge', figureOf(one.measure), input(`limits.${one.limit}`)),
      clear: compare('lt', figureOf(one.measure), input(`limits.${rule.clearBelow}`)),
      forMs: duration(one.forMs),
      clearForMs: duration(one.clearForMs),
      ...(one.times && {
        times: { count: one.times.count, withinMs: duration(one.times.withinMs), consecutive: false },
      }),
    })),
  });
}

export const bookOf = (city: City): RuleBook => ({
  format: bookFormat,
  version: 'test',
  rules: city.rules.map(bookRule),
  correlations: city.correlations.map(({ ruleId, memberRuleId, count, withinMs, severity }) =>
    countRule(count, {
      id: RuleId.parse(ruleId),
      pattern: { kind: 'count', of: { rules: [RuleId.parse(memberRuleId)], severityMin: 'signal' }, count },
      withinMs: duration(withinMs),
      severity,
    }),
  ),
  retired: [],
});
