import { type OpenedMessage, openMessage } from '../../../functions/domain/telemetry/open-message.ts';
import type { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { sensorsOf } from '../../../functions/domain/telemetry/sensors.ts';
import { deviceId, envelopeOf, registration, t0, t0Seconds } from './fixtures.ts';

const bn = `${deviceId}/`;
const open = (payload: unknown, known: DeviceRegistration | undefined = registration): OpenedMessage =>
  openMessage(envelopeOf(payload), 'senml', known);

test('a registration of another device is none', () => {
  const envelope = envelopeOf('[]', { clientId: 'mine-08' });
  const expected = {
    kind: 'refused',
    envelope,
    refusal: {
      reason: 'device-unregistered',
      detail: 'no such device is registered; register the device first',
    },
  };
  expect(openMessage(envelope, 'senml', registration)).toStrictEqual(expected);
  expect(openMessage(envelope, 'senml', undefined)).toStrictEqual(expected);
});

test('a revoked device is told by its name', () => {
  expect(open('[]', { ...registration, status: 'revoked' })).toMatchObject({
    kind: 'refused',
    refusal: {
      reason: 'device-revoked',
      detail: 'device mine-07 is revoked; register the device anew with a new certificate',
    },
  });
});

test('a message is opened to all that is asked of it later', () => {
  const payload = [
    { bn, boot: 'b1', seq: 7, sent: t0Seconds, n: 'ch4-1', v: 0.5, t: -2 },
    { n: 'ch4-1', v: 9, t: -1 },
    { n: 'fan-1', vb: true, q: 'maintenance', t: -3 },
    { n: 'ch4-9', v: 1, t: -4 },
  ];
  expect(open(payload)).toStrictEqual({
    kind: 'opened',
    envelope: envelopeOf(payload),
    boot: 'b1',
    seq: 7,
    sentAtMs: t0,
    newestMs: t0 - 1_000,
    key: { kind: 'sequence', boot: 'b1', seq: 7, hash: expect.any(Number) },
    clock: { atMs: t0, newestMs: t0 - 1_000 },
    records: [
      { index: 0, sensorId: 'ch4-1', deviceAtMs: t0 - 2_000, value: 0.5, quality: 'good' },
      { index: 1, sensorId: 'ch4-1', deviceAtMs: t0 - 1_000, value: 9, quality: 'over-range' },
      { index: 2, sensorId: 'fan-1', deviceAtMs: t0 - 3_000, value: true, quality: 'maintenance' },
    ],
    refusals: [
      {
        reason: 'sensor-unknown',
        detail: 'record 3: sensor "ch4-9" is not registered; register the sensor on this device',
        recordIndex: 3,
        field: 'n',
      },
    ],
    outOfRangeCount: 1,
  });
});

test('the newest time is that of any record, also of one that is refused', () => {
  const payload = [
    { bn, n: 'ch4-1', v: 1, t: -3 },
    { n: 'ch4-9', v: 1, t: -1 },
    { n: 'ch4-1', v: 1, t: -2 },
  ];
  expect(open(payload)).toMatchObject({ newestMs: t0 - 1_000 });
});

test('without sent the clock of a message stands at its newest absolute time', () => {
  expect(open([{ bn, n: 'ch4-1', v: 1, t: t0Seconds - 5 }])).toMatchObject({
    sentAtMs: undefined,
    clock: { atMs: t0 - 5_000, newestMs: t0 - 5_000 },
  });
});

test('a message without any clock has none, and one of a header alone stands at sent', () => {
  expect(open([{ bn, n: 'ch4-1', v: 1, t: -5 }])).toHaveProperty('clock', undefined);
  expect(open([{ bn, boot: 'b1', seq: 7, sent: t0Seconds }])).toMatchObject({
    newestMs: undefined,
    clock: { atMs: t0, newestMs: t0 },
    records: [],
  });
});

test('the sensors of a registration are found by their id, built once', () => {
  const fresh = structuredClone(registration);
  const sensors = sensorsOf(fresh);
  expect([...sensors.keys()]).toEqual([
    'ch4-1',
    'ch4-2',
    'o2-1',
    'temp-1',
    'shift-1',
    'fan-1',
    'valve-1',
    'odd-1',
  ]);
  expect(sensors.get('fan-1')).toStrictEqual({
    registration: fresh.sensors[5],
    quantity: { id: 'fan-state', unit: '1', scale: 0, kind: 'bool' },
  });
  expect(sensors.get('odd-1')).toStrictEqual({ registration: fresh.sensors[7], quantity: undefined });
  expect(sensorsOf(fresh)).toBe(sensors);
  expect(sensorsOf(structuredClone(fresh))).not.toBe(sensors);
});
