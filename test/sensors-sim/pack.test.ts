import { encodePack, type LoggedReading } from '../../sensors-sim/device/pack.ts';

const header = { deviceId: 'd1', boot: 'b1', seq: 7, sent: 1_700_000_003_500 };
const records = (readings: readonly LoggedReading[]): unknown =>
  JSON.parse(new TextDecoder().decode(encodePack(header, readings)));

test('the first record carries base name, base time and the header; the others only what differs (RFC 8428 §4)', () => {
  const at = 1_700_000_000_000;
  expect(
    records([
      { sensorId: 'ch4', unit: '%{vol}', at, value: 0.42 },
      { sensorId: 'fan', unit: '1', at, value: true },
      { sensorId: 'valve', unit: '1', at: at + 1500, value: 'open' },
      { sensorId: 'ch4', unit: '%{vol}', at: at + 1500, value: 2, quality: 'calibrating' },
      { sensorId: 'co', unit: '[ppm]', at: at + 1500, value: undefined, quality: 'fault' },
    ]),
  ).toEqual([
    {
      bn: 'd1/',
      bt: 1_700_000_000,
      boot: 'b1',
      seq: 7,
      sent: 1_700_000_003.5,
      n: 'ch4',
      u: '%{vol}',
      v: 0.42,
    },
    { n: 'fan', u: '1', vb: true },
    { n: 'valve', t: 1.5, u: '1', vs: 'open' },
    { n: 'ch4', t: 1.5, u: '%{vol}', v: 2, q: 'calibrating' },
    { n: 'co', t: 1.5, u: '[ppm]', q: 'fault' },
  ]);
});
