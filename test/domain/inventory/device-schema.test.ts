import {
  csrMax,
  DeviceRecord,
  deviceSourceMax,
  NewDevice,
  NewSensor,
  periodMaxMs,
  periodMinMs,
} from '../../../functions/domain/inventory/device.ts';

const sensor = {
  sensorId: 'ch4',
  quantity: 'methane',
  unit: '%{vol}',
  position: 'T1',
  range: { min: 0, max: 4 },
  periodMs: 5_000,
  sourceId: 'face-1',
  tags: ['north'],
};
const device = {
  deviceId: 'dev-1',
  siteId: 'site-1',
  name: 'Methane at the face',
  gatewayId: 'gw-1',
  csr: 'a request',
  sourceIds: ['face-2'],
  sensors: [sensor],
};
const record = {
  deviceId: 'dev-1',
  siteId: 'site-1',
  enterpriseId: 'ent-1',
  name: 'Methane at the face',
  certificateId: '0123',
  revokedReason: 'stolen',
  changedReason: 'source face-1 was changed',
  ...{ version: 2, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 2_000, updatedBy: 'iss|wang' },
};
const without = (document: object, name: string): object =>
  Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
const takes = (more: object): boolean => NewDevice.safeParse({ ...device, ...more }).success;
const takesSensor = (more: object): boolean => takes({ sensors: [{ ...sensor, ...more }] });
const takesRecord = (more: object): boolean => DeviceRecord.safeParse({ ...record, ...more }).success;
const complaintsOf = (document: object) =>
  (NewDevice.safeParse(document).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]);
const complaintsOfSensor = (more: object) => complaintsOf({ ...device, sensors: [{ ...sensor, ...more }] });
const lengths = (most: number) => [0, 1, 2, most - 1, most, most + 1].map((length) => 'x'.repeat(length));
const bounded = [false, true, true, true, true, false];

test('a device, a sensor and what is kept of a device are read as they were written', () => {
  expect(NewDevice.parse(device)).toStrictEqual(device);
  expect(NewSensor.parse({ deviceId: 'dev-1', ...sensor })).toStrictEqual({ deviceId: 'dev-1', ...sensor });
  expect(DeviceRecord.parse(record)).toStrictEqual(record);
});

test.each(Object.keys(device))('a device without %s is read only where that may be absent', (name) => {
  const optional = ['name', 'gatewayId', 'sourceIds', 'sensors'];
  expect(NewDevice.safeParse(without(device, name)).success).toBe(optional.includes(name));
});

test.each(Object.keys(sensor))('a sensor without %s is read only where that may be absent', (name) => {
  const isOptional = ['position', 'range', 'tags'].includes(name);
  const declared = without(sensor, name);
  expect(takes({ sensors: [declared] })).toBe(isOptional);
  expect(NewSensor.safeParse({ deviceId: 'dev-1', ...declared }).success).toBe(isOptional);
});

test.each(Object.keys(record))('a record without %s is read only where that may be absent', (name) => {
  const optional = ['name', 'revokedReason', 'changedReason'];
  expect(DeviceRecord.safeParse(without(record, name)).success).toBe(optional.includes(name));
});

test('what is not a field of theirs is refused, and a sensor alone names its device', () => {
  expect([takes({ colour: 'red' }), takesSensor({ colour: 'red' })]).toEqual([false, false]);
  expect(takesRecord({ colour: 'red' })).toBe(false);
  expect(takesSensor({ range: { min: 0, max: 4, typical: 1 } })).toBe(false);
  expect(NewSensor.safeParse(sensor).success).toBe(false);
  expect(NewSensor.safeParse({ deviceId: 'dev-1', ...sensor, colour: 'red' }).success).toBe(false);
});

test('a device has no sources and no sensors unless it is given some, and needs one of them', () => {
  expect(NewDevice.parse(without(device, 'sourceIds'))).toStrictEqual({ ...device, sourceIds: [] });
  expect(NewDevice.parse(without(device, 'sensors'))).toStrictEqual({ ...device, sensors: [] });
  expect(complaintsOf({ ...device, sensors: [], sourceIds: [] })).toEqual([
    ['sourceIds', 'must name a source, here or by a sensor'],
  ]);
});

test('the figures are those of the documentation', () => {
  expect([deviceSourceMax, csrMax, periodMinMs, periodMaxMs]).toEqual([20, 8_192, 100, 86_400_000]);
});

test('each text has one character at least, and as many as the documentation says at most', () => {
  expect(lengths(8_192).map((csr) => takes({ csr }))).toEqual(bounded);
  expect(lengths(100).map((name) => takes({ name }))).toEqual(bounded);
  expect(lengths(48).map((quantity) => takesSensor({ quantity }))).toEqual(bounded);
  expect(lengths(16).map((unit) => takesSensor({ unit }))).toEqual(bounded);
  expect(lengths(128).map((certificateId) => takesRecord({ certificateId }))).toEqual(bounded);
});

test('why a device was changed is told in up to 1100 characters', () => {
  const fits = (length: number) => takesRecord({ changedReason: 'x'.repeat(length) });
  expect([0, 1, 1_099, 1_100, 1_101].map(fits)).toEqual([true, true, true, true, false]);
});

test('a device watches up to 20 sources and has up to 100 sensors', () => {
  const sources = (count: number) => takes({ sourceIds: Array.from({ length: count }, (_, at) => `x${at}`) });
  expect([0, 1, 19, 20, 21].map(sources)).toEqual([true, true, true, true, false]);
  const sensors = (count: number) => takes({ sensors: Array.from({ length: count }, () => sensor) });
  expect([0, 1, 99, 100, 101].map(sensors)).toEqual([true, true, true, true, false]);
});

test('a sensor reports every 100 ms at most and once a day at least', () => {
  const fits = (periodMs: number) => takesSensor({ periodMs });
  expect([99, 100, 100.5, 101, 86_399_999, 86_400_000, 86_400_001].map(fits)).toEqual([
    ...[false, true, false, true, true, true, false],
  ]);
});

test.each(['a', 'z', 'A', 'Z', '0', '9', 'T1', 'a.', 'a_', 'a-', 'aZ09', 'p'.repeat(31), 'p'.repeat(32)])(
  '%s may be a position',
  (position) => {
    expect(complaintsOfSensor({ position })).toEqual([]);
  },
);

test.each([
  ...['', '.', '_', '-', '.a', ' a', 'a\n', 'a b', 'a/', 'a:', 'a@', 'a[', 'a`', 'a{', '@', '[', '`', '{'],
  'p'.repeat(33),
])('%j is no position', (position) => {
  expect(complaintsOfSensor({ position })).toEqual([
    ['sensors.0.position', 'must be 1 to 32 letters, digits, dots or hyphens'],
  ]);
});

test('a measuring range begins below its end', () => {
  const refused = [['sensors.0.range', 'min must be below max']];
  expect(complaintsOfSensor({ range: { min: 4, max: 4 } })).toEqual(refused);
  expect(complaintsOfSensor({ range: { min: 4.5, max: 4 } })).toEqual(refused);
  expect(complaintsOfSensor({ range: { min: -1, max: 4 } })).toEqual([]);
  for (const part of [{ min: 0 }, { max: 4 }, {}]) expect(takesSensor({ range: part })).toBe(false);
});
