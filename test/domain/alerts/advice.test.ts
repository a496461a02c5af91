import { matterOf } from '../../../functions/domain/alerts/belonging.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState } from '../../../functions/domain/rules/engine/state.ts';
import { judge } from '../../../functions/domain/rules/engine.ts';
import { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { instant } from '../../../functions/domain/time.ts';
import { loadBook } from '../../../sensors-sim/virtual/book.ts';
import { overrideOf } from '../../support/overrides.ts';

const start = Date.UTC(2026, 2, 1);
const book = loadBook();
const rule = book.rules.find(({ id }) => id === 'gas.combustible.compartment');
if (!rule) throw new Error('the book has no gas.combustible.compartment');

/** What people are told of `value` where these overrides are registered. */
function told(value: number, overrides: readonly unknown[]): string {
  const registration = DeviceRegistration.parse({
    deviceId: 'tunnel-1',
    enterpriseId: 'ent-1',
    siteId: 'site',
    status: 'active',
    sensors: [
      {
        sensorId: 'lel',
        quantity: 'combustible-gas',
        unit: '%{LEL}',
        period: 10_000,
        sourceId: 'gas',
        tags: [],
      },
    ],
    sources: [
      {
        sourceId: 'gas',
        kind: 'gas-compartment',
        trade: 'gas',
        area: '220104',
        siteId: 'site',
        enterpriseId: 'ent-1',
        tags: [],
      },
    ],
    overrides,
    registeredAt: start,
    version: 1,
  });
  const rules = bindDevice(book, registration);
  const at = instant(start + 1_000);
  const reading = {
    sensorId: 'lel',
    index: 0,
    phenomenonAt: at,
    receivedAt: at,
    lifeAt: at,
    value,
    quality: 'good',
    trusted: true,
  } as const;
  const { transitions } = judge(
    rules,
    emptyRuleState(rules, instant(start)),
    { receivedAt: at, readings: [reading] },
    at,
  );
  const [draft] = transitions;
  if (!draft || !rule) throw new Error('nothing was raised');
  return matterOf(rule, draft, registration.sensors[0]).advice.en;
}

test('{limit} is the figure of the book where nobody has set another', () => {
  expect(told(21, [])).toContain('21 %LEL (limit 20)');
});

test('{limit} is the limit in force: the override that tightens it', () => {
  const override = overrideOf({
    ruleId: 'gas.combustible.compartment',
    limit: 'alarm',
    value: 15,
    scope: { kind: 'source', sourceId: 'gas' },
  });
  expect(told(16, [override])).toContain('16 %LEL (limit 15)');
});
