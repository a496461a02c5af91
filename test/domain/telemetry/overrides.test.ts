import { OverrideScope, scopeText } from '../../../functions/domain/telemetry/overrides.ts';

test.each([
  [{ kind: 'area', area: '2201' }, 'area 2201'],
  [{ kind: 'enterprise', enterpriseId: 'north-mine' }, 'enterprise north-mine'],
  [{ kind: 'source', sourceId: 'face-1' }, 'source face-1'],
  [{ kind: 'sensor', deviceId: 'mine-07', sensorId: 'ch4-1' }, 'sensor mine-07/ch4-1'],
])('the scope %j is told as "%s"', (scope, text) => {
  expect(scopeText(OverrideScope.parse(scope))).toBe(text);
});
