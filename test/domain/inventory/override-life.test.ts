import { AreaCode, EnterpriseId, RuleId, SourceId } from '../../../functions/domain/ids.ts';
import {
  endedOverride,
  isRemembered,
  type LimitOverride,
  listScopeOf,
  NewOverride,
  newOverride,
  registeredOverride,
} from '../../../functions/domain/inventory/override.ts';
import { OverrideScope } from '../../../functions/domain/telemetry/overrides.ts';
import { instant } from '../../../functions/domain/time.ts';

const lin = { by: 'iss|lin', at: instant(10_000_000) };
const wang = (at: number) => ({ by: 'iss|wang', at: instant(at) });
const base = { scope: { kind: 'source', sourceId: 'valve-1' }, value: 0.8, reason: 'old pipe' };
const given = {
  overrideId: '0123456789abcdef01234567',
  ruleId: RuleId.parse('gas.leak.valve'),
  place: {
    trade: 'gas' as const,
    enterpriseId: EnterpriseId.parse('ent-1'),
    areas: [AreaCode.parse('220104')],
    sourceId: SourceId.parse('valve-1'),
  },
  setAs: 'regulator' as const,
};
const at = (ms: number) => new Date(ms).toISOString();
const asked = (more: object = {}) =>
  newOverride(NewOverride.parse({ ...base, rule: 'gas.leak.valve', limit: 'alarm', ...more }), given, lin);
function made(more: object = {}): LimitOverride {
  const one = asked(more);
  if (!one.ok) throw new Error(one.problem);
  return one.override;
}
const plain = {
  ...base,
  overrideId: '0123456789abcdef01234567',
  ruleId: 'gas.leak.valve',
  limit: 'alarm',
  validFrom: 10_000_000,
  setAs: 'regulator',
  trade: 'gas',
  enterpriseId: 'ent-1',
  areas: ['220104'],
  sourceId: 'valve-1',
  ...{ version: 1, createdAt: 10_000_000, createdBy: 'iss|lin' },
  ...{ updatedAt: 10_000_000, updatedBy: 'iss|lin' },
};

test('an override begins now, without an end and without a signature, when none is asked for', () => {
  expect(asked()).toStrictEqual({ ok: true, override: plain });
});

test('an override has the beginning, the end and the signature that were asked for', () => {
  const more = { validFrom: at(11_000_000), validTo: at(12_000_000), signature: { reason: 'checked' } };
  expect(asked(more)).toStrictEqual({
    ok: true,
    override: {
      ...{ ...plain, validFrom: 11_000_000, validTo: 12_000_000 },
      signature: { by: 'iss|lin', at: 10_000_000, reason: 'checked' },
    },
  });
});

test('a beginning of up to five minutes ago is now, an earlier one is refused', () => {
  expect(made({ validFrom: at(9_999_999) }).validFrom).toBe(10_000_000);
  expect(made({ validFrom: at(9_700_000) }).validFrom).toBe(10_000_000);
  expect(asked({ validFrom: at(9_699_999) })).toStrictEqual({
    ok: false,
    problem: 'in-the-past',
    field: 'validFrom',
    remedy: 'must not lie in the past, which is judged already: leave it out for now',
  });
});

test('an end must lie after the beginning', () => {
  const refused = {
    ok: false,
    problem: 'never-in-force',
    field: 'validTo',
    remedy: 'must lie after validFrom',
  };
  const until = (from: number, to: number) => asked({ validFrom: at(from), validTo: at(to) });
  expect(until(11_000_000, 10_999_999)).toStrictEqual(refused);
  expect(until(11_000_000, 11_000_000)).toStrictEqual(refused);
  expect(until(9_900_000, 10_000_000)).toStrictEqual(refused);
  expect(made({ validFrom: at(11_000_000), validTo: at(11_000_001) }).validTo).toBe(11_000_001);
});

test('an override that is ended holds until then, and one that never began never will', () => {
  const ended = { by: 'iss|wang', at: 10_500_000, reason: 'over' };
  const next = { version: 2, updatedAt: 10_500_000, updatedBy: 'iss|wang' };
  expect(endedOverride(made(), 'over', wang(10_500_000))).toStrictEqual({
    ...{ ...plain, ...next, validTo: 10_500_000, ended },
  });
  expect(endedOverride(made({ validFrom: at(11_000_000) }), 'over', wang(10_500_000))).toStrictEqual({
    ...{ ...plain, ...next, validFrom: 11_000_000, validTo: 11_000_000, ended },
  });
});

test('an override is remembered for 32 days after its end, and for ever without one', () => {
  const ended = made({ validTo: at(11_000_000) });
  expect(isRemembered(ended, instant(11_000_000 + 2_764_799_999))).toBe(true);
  expect(isRemembered(ended, instant(11_000_000 + 2_764_800_000))).toBe(false);
  expect(isRemembered(ended, instant(11_000_000 + 2_764_800_001))).toBe(false);
  expect(isRemembered(made(), instant(9_000_000_000_000))).toBe(true);
});

test.each([
  [{ kind: 'area', area: '2201' }, 'area 2201'],
  [{ kind: 'enterprise', enterpriseId: 'ent-1' }, 'enterprise ent-1'],
  [{ kind: 'source', sourceId: 'valve-1' }, 'source valve-1'],
  [{ kind: 'sensor', deviceId: 'dev-1', sensorId: 'ch4' }, 'device dev-1'],
])('overrides of %j are looked up as those of %s', (scope, expected) => {
  expect(listScopeOf(OverrideScope.parse(scope))).toBe(expected);
});

test('a device carries what a verdict needs of an override, and whether it is signed', () => {
  const carried = {
    ...{ id: '0123456789abcdef01234567', ruleId: 'gas.leak.valve', limit: 'alarm' },
    ...{ scope: { kind: 'source', sourceId: 'valve-1' }, value: 0.8, from: 10_000_000 },
    ...{ by: 'iss|lin', at: 10_000_000, isSigned: false },
  };
  expect(registeredOverride(made())).toStrictEqual(carried);
  const signed = made({ validTo: at(11_000_000), signature: { reason: 'checked' } });
  expect(registeredOverride(signed)).toStrictEqual({ ...carried, until: 11_000_000, isSigned: true });
  const ended = endedOverride(made(), 'over', wang(10_500_000));
  expect(registeredOverride(ended)).toStrictEqual({ ...carried, until: 10_500_000 });
});
