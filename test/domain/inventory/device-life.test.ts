import { EnterpriseId } from '../../../functions/domain/ids.ts';
import {
  NewDevice,
  NewSensor,
  newDevice,
  registrationOf,
  revoked,
  sourcesNamedBy,
  withDated,
  withInventory,
  withSensor,
} from '../../../functions/domain/inventory/device.ts';
import { RegisteredMode } from '../../../functions/domain/telemetry/overrides.ts';
import { SourceContext } from '../../../functions/domain/telemetry/registration.ts';
import { instant } from '../../../functions/domain/time.ts';

const lin = { by: 'iss|lin', at: instant(1_000) };
const wang = { by: 'iss|wang', at: instant(2_000) };
const contextOf = (sourceId: string, kind = 'coal-face') => {
  const where = { trade: 'coal-mine', area: '220104', siteId: 'site-1', enterpriseId: 'ent-1' };
  return SourceContext.parse({ sourceId, kind, ...where, tags: [] });
};
const plain = { quantity: 'methane', unit: '%{vol}', sourceId: 'face-1' };
const declared = NewDevice.parse({
  ...{ deviceId: 'dev-1', siteId: 'site-1', csr: 'a request', sourceIds: ['face-2', 'face-1'] },
  sensors: [
    {
      sensorId: 'ch4',
      ...plain,
      periodMs: 5_000,
      position: 'T1',
      range: { min: 0, max: 4 },
      tags: ['north'],
    },
    { sensorId: 'co', ...plain, periodMs: 1_000 },
  ],
});
const sensors = [
  { sensorId: 'ch4', ...plain, period: 5_000, position: 'T1', range: { min: 0, max: 4 }, tags: ['north'] },
  { sensorId: 'co', ...plain, period: 1_000, tags: [] },
];
const of = {
  enterpriseId: EnterpriseId.parse('ent-1'),
  sources: [contextOf('face-1'), contextOf('face-2')],
  certificateId: '0123',
};
const made = () => newDevice(declared, of, lin);
const first = { version: 1, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 1_000, updatedBy: 'iss|lin' };
const next = { ...first, version: 2, updatedAt: 2_000, updatedBy: 'iss|wang' };
const base = { deviceId: 'dev-1', siteId: 'site-1', enterpriseId: 'ent-1', certificateId: '0123' };
const registration = {
  ...{ deviceId: 'dev-1', siteId: 'site-1', enterpriseId: 'ent-1', status: 'active' },
  ...{ sensors, sources: of.sources, registeredAt: 1_000, version: 1 },
};
const emergency = RegisteredMode.parse({ area: '2201', mode: 'emergency', from: 500 });
const more = NewSensor.parse({ deviceId: 'dev-1', sensorId: 'o2', ...plain, periodMs: 2_000 });

test('a device names each of its sources once', () => {
  expect(sourcesNamedBy(declared)).toStrictEqual(['face-2', 'face-1']);
  expect(sourcesNamedBy({ ...declared, sourceIds: [] })).toStrictEqual(['face-1']);
  expect(sourcesNamedBy({ ...declared, sensors: [] })).toStrictEqual(['face-2', 'face-1']);
});

test('a sensor is registered with its position and its range when it has them', () => {
  expect(declared.sensors.map(registrationOf)).toStrictEqual(sensors);
});

test('a device is registered with neither name, gateway nor modes when none is given', () => {
  expect(made()).toStrictEqual({ record: { ...base, ...first }, registration });
});

test('a device is registered with its name, its gateway and the modes of its areas', () => {
  const full = NewDevice.parse({ ...declared, name: 'Methane at the face', gatewayId: 'gw-1' });
  expect(newDevice(full, { ...of, dated: { modes: [emergency] } }, lin)).toStrictEqual({
    record: { ...base, ...first, name: 'Methane at the face' },
    registration: { ...registration, gatewayId: 'gw-1', modes: [emergency] },
  });
});

test('a device with one sensor more is in its next version, the source of the sensor last and as it is now', () => {
  const source = contextOf('face-1', 'heading');
  expect(withSensor(made(), more, source, wang)).toStrictEqual({
    ok: true,
    device: {
      record: { ...base, ...next },
      registration: {
        ...registration,
        sensors: [...sensors, { sensorId: 'o2', ...plain, period: 2_000, tags: [] }],
        sources: [contextOf('face-2'), source],
        version: 2,
      },
    },
  });
});

test('a sensor that a device has already is refused, whichever it is', () => {
  for (const sensorId of ['ch4', 'co']) {
    const again = NewSensor.parse({ ...more, sensorId });
    expect(withSensor(made(), again, contextOf('face-1'), wang)).toStrictEqual({
      ...{ ok: false, problem: 'sensor-exists' },
    });
  }
});

test('a revoked device says why, is in its next version and takes no sensor', () => {
  const gone = revoked(made(), 'stolen', wang);
  expect(gone).toStrictEqual({
    record: { ...base, ...next, revokedReason: 'stolen' },
    registration: { ...registration, status: 'revoked', version: 2 },
  });
  expect(withSensor(gone, more, contextOf('face-1'), wang)).toStrictEqual({
    ...{ ok: false, problem: 'device-revoked' },
  });
});

test('why the limits were bound anew is said of the last change only', () => {
  const bound = withInventory(made(), { contexts: [], dated: { modes: [emergency] } }, wang, 'mode of 2201');
  expect(bound.record).toStrictEqual({ ...base, ...next, changedReason: 'mode of 2201' });
  expect(revoked(bound, 'stolen', wang).record).toStrictEqual({
    ...{ ...base, ...next, version: 3, revokedReason: 'stolen' },
  });
});

test('a device with other modes stays in its version, and has none of those before', () => {
  const dated = withDated(made(), { modes: [emergency] });
  expect(dated).toStrictEqual({
    record: made().record,
    registration: { ...registration, modes: [emergency] },
  });
  expect(withDated(dated, {})).toStrictEqual(made());
});
