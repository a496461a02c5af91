import { EnterpriseId } from '../../../functions/domain/ids.ts';
import {
  type Device,
  deviceSourceMax,
  NewDevice,
  NewSensor,
  newDevice,
  revoked,
  withInventory,
  withSensor,
} from '../../../functions/domain/inventory/device.ts';
import { SourceContext, sensorCountMax } from '../../../functions/domain/telemetry/registration.ts';
import { instant } from '../../../functions/domain/time.ts';

const actor = { by: 'iss|lin', at: instant(1_000_000) };
const later = { by: 'iss|wang', at: instant(2_000_000) };

const contextOf = (sourceId: string, kind = 'storage-tank'): SourceContext =>
  SourceContext.parse({ sourceId, kind, trade: 'chemical', area: '22', siteId: 's', enterpriseId: 'e' });

const sensorOf = (sensorId: string, sourceId: string) => ({
  ...{ sensorId, quantity: 'h2s', unit: 'mg/m3', periodMs: 1_000, sourceId },
});

function deviceOf(sensorCount: number, sourceCount: number): Device {
  const sources = Array.from({ length: sourceCount }, (_, at) => contextOf(`tank-${at}`));
  const declared = NewDevice.parse({
    ...{ deviceId: 'd', siteId: 's', csr: 'c', sourceIds: sources.map(({ sourceId }) => sourceId) },
    sensors: Array.from({ length: sensorCount }, (_, at) => sensorOf(`n-${at}`, 'tank-0')),
  });
  return newDevice(declared, { enterpriseId: EnterpriseId.parse('e'), sources, certificateId: '1' }, actor);
}

const oneMore = NewSensor.parse({ deviceId: 'd', ...sensorOf('more', 'tank-0') });

test('a device takes sensors up to its most, then no more', () => {
  const added = withSensor(deviceOf(sensorCountMax - 1, 1), oneMore, contextOf('tank-0'), later);
  expect(added.ok && added.device.registration.sensors).toHaveLength(sensorCountMax);
  expect(withSensor(deviceOf(sensorCountMax, 1), oneMore, contextOf('tank-0'), later)).toEqual({
    ok: false,
    problem: 'too-many-sensors',
  });
});

test('a device that watches the most sources takes a sensor on one of them, and none on another', () => {
  const device = deviceOf(0, deviceSourceMax);
  expect(withSensor(device, oneMore, contextOf('tank-0'), later)).toMatchObject({ ok: true });
  expect(withSensor(device, oneMore, contextOf('elsewhere'), later)).toEqual({
    ok: false,
    problem: 'too-many-sources',
  });
});

test('a source of which nothing new is known stays as the device has it', () => {
  const device = deviceOf(1, 2);
  const changed = contextOf('tank-1', 'gas-holder');
  const contexts = [{ context: changed, from: later.at }];
  const { registration } = withInventory(device, { contexts, dated: {} }, later, 'source changed');
  expect(registration.sources).toEqual([contextOf('tank-0'), changed]);
  expect(registration.former).toEqual([{ until: later.at, source: contextOf('tank-1') }]);
});

test('to revoke a device again changes nothing, not even who did it', () => {
  const once = revoked(deviceOf(1, 1), 'stolen', later);
  expect(once.registration.status).toBe('revoked');
  expect(revoked(once, 'lost', actor)).toBe(once);
});
