import type { Refusal } from '../../../functions/domain/telemetry/refusal.ts';
import { emptyTelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { decode, deviceId, packAt, t0, t0Seconds } from './fixtures.ts';

const bn = `${deviceId}/`;
const one = (record: object): readonly Refusal[] => decode([{ bn, ...record }]).refusals;

test.each([
  [
    { n: 'ch4-9', v: 1 },
    'sensor-unknown',
    'n',
    'sensor "ch4-9" is not registered; register the sensor on this device',
  ],
  [
    { n: 'odd-1', v: 1 },
    'quantity-unknown',
    'n',
    'quantity "phlogiston" is not known; update this system: it does not know the registered quantity',
  ],
  [
    { n: 'ch4-1', v: 1, u: '%' },
    'unit-mismatch',
    'u',
    'unit "%" is not "%{vol}"; send the registered unit, or register the sensor anew',
  ],
  [
    { n: 'ch4-1', v: 1, bu: 'mm' },
    'unit-mismatch',
    'bu',
    'unit "mm" is not "%{vol}"; send the registered unit, or register the sensor anew',
  ],
  [
    { n: 'ch4-1', vb: true },
    'kind-mismatch',
    'v',
    'the kind number cannot have this value; send v for a number, vb for a switch, vs for a name',
  ],
  [
    { n: 'fan-1', v: 1 },
    'kind-mismatch',
    'v',
    'the kind bool cannot have this value; send v for a number, vb for a switch, vs for a name',
  ],
  [
    { n: 'valve-1', vs: 'ajar' },
    'kind-mismatch',
    'v',
    'the kind enum cannot have this value; send v for a number, vb for a switch, vs for a name',
  ],
])('the record %j is refused with the whole of: %s in %s', (record, reason, field, found) => {
  expect(one(record)).toStrictEqual([{ reason, detail: `record 0: ${found}`, recordIndex: 0, field }]);
});

test('a record that is too old is told with its place and its field', () => {
  const { refusals } = decode([
    { bn, n: 'ch4-1', v: 1 },
    { n: 'ch4-1', v: 1, t: -32 * 86_400 },
  ]);
  expect(refusals).toStrictEqual([
    {
      reason: 'too-old',
      detail:
        'record 1: it is older than 31 days; records are accepted for 31 days; import older ones by backtest',
      recordIndex: 1,
      field: 't',
    },
  ]);
});

test('a message out of order is told with its boot and seq, before what is wrong with its records', () => {
  const first = decode(packAt(7, t0));
  const pack = [
    { bn, boot: 'b1', seq: 7, sent: t0Seconds, n: 'ch4-1', v: 9 },
    { n: 'ch4-9', v: 1 },
  ];
  const { refusals, counts, clockSuspect } = decode(pack, first.next);
  expect(refusals).toStrictEqual([
    {
      reason: 'conflict',
      detail:
        'boot b1, seq 7 came before with other bytes or a later clock; two messages share boot and seq: ' +
        'count seq up, and look for a cloned certificate',
    },
    {
      reason: 'sensor-unknown',
      detail: 'record 1: sensor "ch4-9" is not registered; register the sensor on this device',
      recordIndex: 1,
      field: 'n',
    },
  ]);
  expect(counts).toStrictEqual({
    records: 2,
    stored: 0,
    quarantined: 2,
    duplicate: 0,
    gap: 0,
    outOfRange: 1,
  });
  expect(clockSuspect).toBe(false);
});

test('a duplicate is counted with the records that were refused', () => {
  const pack = [
    { bn, boot: 'b1', seq: 7, sent: t0Seconds, n: 'ch4-1', v: 9 },
    { n: 'ch4-9', v: 1 },
  ];
  const first = decode(pack);
  expect(decode(pack, first.next)).toStrictEqual({
    admission: 'duplicate',
    readings: [],
    refusals: [],
    next: first.next,
    clockSuspect: false,
    counts: { records: 2, stored: 0, quarantined: 0, duplicate: 2, gap: 0, outOfRange: 0 },
  });
});

test('a message that cannot be read counts as one record and leaves everything as it was', () => {
  expect(decode('[')).toStrictEqual({
    admission: 'refused',
    readings: [],
    refusals: [
      {
        reason: 'not-json',
        detail: 'the body is not JSON; send one complete JSON array and nothing after it',
      },
    ],
    next: emptyTelemetryState,
    clockSuspect: false,
    counts: { records: 1, stored: 0, quarantined: 1, duplicate: 0, gap: 0, outOfRange: 0 },
  });
});
