import {
  Mode,
  OverrideId,
  OverrideScope,
  RegisteredMode,
  RegisteredOverride,
} from '../../../functions/domain/telemetry/overrides.ts';

const override = {
  id: '0123456789abcdef01234567',
  ruleId: 'gas.leak',
  limit: 'l',
  scope: { kind: 'area', area: '22' },
  value: 1.5,
  from: 0,
  by: 'u',
  at: 0,
  isSigned: false,
};

test.each([
  [{}, true],
  [{ until: 5 }, true],
  [{ until: undefined }, false],
  [{ more: 1 }, false],
  [{ ruleId: 'gas' }, false],
  [{ limit: '' }, false],
  [{ limit: 'x'.repeat(48) }, true],
  [{ limit: 'x'.repeat(49) }, false],
  [{ scope: undefined }, false],
  [{ value: '1' }, false],
  [{ from: -1 }, false],
  [{ by: '' }, false],
  [{ by: 'a longer name' }, true],
  [{ at: undefined }, false],
  [{ isSigned: undefined }, false],
])('an override with %j is one: %p', (more, isGood) => {
  expect(RegisteredOverride.safeParse({ ...override, ...more }).success).toBe(isGood);
});

test.each([
  '0123456789abcdef0123456',
  '0123456789abcdef012345678',
  '0123456789abcdef0123456g',
  '0123456789ABCDEF01234567',
  ' 0123456789abcdef01234567',
])('%j is no id of an override', (id) => {
  const parsed = OverrideId.safeParse(id);
  expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['must be 24 hexadecimal digits']);
});

test.each([
  [{ kind: 'area', area: '2201' }, true],
  [{ kind: 'enterprise', enterpriseId: 'e' }, true],
  [{ kind: 'source', sourceId: 's' }, true],
  [{ kind: 'sensor', deviceId: 'd', sensorId: 's' }, true],
  [{ kind: 'area' }, false],
  [{ kind: 'enterprise' }, false],
  [{ kind: 'source' }, false],
  [{ kind: 'sensor', deviceId: 'd' }, false],
  [{ kind: 'sensor', sensorId: 's' }, false],
  [{ kind: 'area', area: '2201', more: 1 }, false],
  [{ kind: 'enterprise', enterpriseId: 'e', more: 1 }, false],
  [{ kind: 'source', sourceId: 's', more: 1 }, false],
  [{ kind: 'sensor', deviceId: 'd', sensorId: 's', more: 1 }, false],
  [{ kind: '' }, false],
  [{ kind: 'site', siteId: 's' }, false],
])('that the scope %j is one: %p', (scope, isGood) => {
  expect(OverrideScope.safeParse(scope).success).toBe(isGood);
});

test('an area is in one of two modes, from an instant on', () => {
  expect(Mode.options).toEqual(['normal', 'emergency']);
  const mode = { area: '22', mode: 'emergency', from: 5 };
  expect(RegisteredMode.parse(mode)).toStrictEqual(mode);
  for (const wrong of [{ area: '2' }, { mode: 'calm' }, { from: -1 }, { more: 1 }])
    expect(RegisteredMode.safeParse({ ...mode, ...wrong }).success).toBe(false);
});
