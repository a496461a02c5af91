import type { DecodeContext, Pack } from '../../../functions/domain/telemetry/pack.ts';
import { decodeSenml } from '../../../functions/domain/telemetry/senml.ts';
import { timeSecondsMax } from '../../../functions/domain/telemetry/senml-header.ts';
import { deviceId, t0 } from './fixtures.ts';

const context: DecodeContext = { deviceId, receivedAt: t0 };

function packOf(records: unknown, more: Partial<DecodeContext> = {}): Pack {
  const decoded = decodeSenml(Buffer.from(JSON.stringify(records)), { ...context, ...more });
  if (!decoded.ok) throw new Error(decoded.refusal.detail);
  return decoded.pack;
}

const reasonsOf = (pack: Pack): string[] =>
  pack.refusals.map(({ reason, recordIndex }) => `${reason}@${recordIndex}`);

const bn = `${deviceId}/`;

test('RFC 8428 §5.1.1: one value without a time was measured when it was received', () => {
  expect(packOf([{ n: 'temp-1', u: 'Cel', v: 23.1 }]).records).toEqual([
    {
      index: 0,
      sensorId: 'temp-1',
      deviceAtMs: t0,
      value: 23.1,
      baseValue: 0,
      unit: 'Cel',
      baseUnit: undefined,
      flag: undefined,
    },
  ]);
});

test('RFC 8428 §5.1.2: base name and base time hold for the records after them', () => {
  const pack = packOf([
    { bn, bt: 1_320_067_464, bu: '%{vol}', n: 'ch4-1', v: 0.1, t: -5 },
    { n: 'ch4-2', v: 0.2, t: -4 },
    { n: 'ch4-1', v: 0.3 },
  ]);
  expect(pack.records.map(({ sensorId, deviceAtMs }) => [sensorId, deviceAtMs])).toEqual([
    ['ch4-1', 1_320_067_459_000],
    ['ch4-2', 1_320_067_460_000],
    ['ch4-1', 1_320_067_464_000],
  ]);
  expect(pack.records.every(({ baseUnit }) => baseUnit === '%{vol}')).toBe(true);
  expect(pack.hasClock).toBe(true);
});

test('RFC 8428 §5.1.3: bases may change within a pack, from the record that sets them on', () => {
  const pack = packOf([
    { bn: `${bn}ch4-`, bt: 1_700_000_000, n: '1', v: 1 },
    { bt: 1_700_000_060, bv: 20, n: '2', v: 0.5 },
    { bn, bv: 0, n: 'temp-1', v: 3 },
  ]);
  expect(
    pack.records.map(({ sensorId, deviceAtMs, baseValue }) => [sensorId, deviceAtMs, baseValue]),
  ).toEqual([
    ['ch4-1', 1_700_000_000_000, 0],
    ['ch4-2', 1_700_000_060_000, 20],
    ['temp-1', 1_700_000_060_000, 0],
  ]);
});

test('RFC 8428 §5.1.5: numbers, switches and texts each have a field of their own', () => {
  const pack = packOf([
    { bn, n: 'ch4-1', v: 1 },
    { n: 'fan-1', vb: false },
    { n: 'valve-1', vs: 'open' },
  ]);
  expect(pack.records.map(({ value }) => value)).toEqual([1, false, 'open']);
});

test('RFC 8428 §4.5.3: a time below 2^28 is relative to sent, else to receive time; from there it is absolute', () => {
  const sent = t0 / 1000 - 2;
  const atOf = (first: object, t: number): number | undefined =>
    packOf([{ bn, ...first, n: 'ch4-1', v: 1, t }]).records[0]?.deviceAtMs;
  expect(atOf({}, -3)).toBe(t0 - 3_000);
  expect(atOf({ sent }, -3)).toBe(t0 - 5_000);
  expect(atOf({}, 2 ** 28 - 1)).toBe(t0 + (2 ** 28 - 1) * 1000);
  expect(atOf({}, 2 ** 28)).toBe(2 ** 28 * 1000);
  expect(atOf({ bt: 2 ** 28 - 1 }, 1)).toBe(2 ** 28 * 1000);
  expect(atOf({ bt: 1_700_000_000.25 }, 0.5)).toBe(1_700_000_000_750);
});

test('a full name without a base name, and a base name that is a full name, name the sensor', () => {
  const pack = packOf([
    { n: `${bn}ch4-1`, v: 1 },
    { bn: `${bn}ch4-2`, v: 2 },
  ]);
  expect(pack.records.map(({ sensorId }) => sensorId)).toEqual(['ch4-1', 'ch4-2']);
});

test('a first record that only carries the header is no reading', () => {
  const pack = packOf([{ bn, boot: 'b7f3', seq: 12, sent: 1_700_000_000.5 }]);
  expect(pack).toEqual({
    boot: 'b7f3',
    seq: 12,
    sentAtMs: 1_700_000_000_500,
    hasClock: true,
    records: [],
    refusals: [],
  });
});

test('without sent and absolute times a pack has no clock', () => {
  expect(packOf([{ bn, n: 'ch4-1', v: 1, t: -5 }]).hasClock).toBe(false);
});

test('RFC 8428 §4.4: a field that is not known is ignored, one that must be understood refuses the pack', () => {
  expect(packOf([{ bn, n: 'ch4-1', v: 1, ut: 60, colour: 'red' }]).records).toHaveLength(1);
  const decoded = decodeSenml(
    Buffer.from(JSON.stringify([{ bn, n: 'ch4-1', v: 1, colour_: 'red' }])),
    context,
  );
  expect(decoded).toMatchObject({ ok: false, refusal: { reason: 'must-understand', field: 'colour_' } });
});

test.each([
  [{ n: 'ch4-1', s: 5 }, 'sum-unsupported'],
  [{ n: 'ch4-1', vd: 'AQ' }, 'data-unsupported'],
  [{ n: 'ch4-1', v: 1, vb: true }, 'several-values'],
  [{ n: 'ch4-1' }, 'no-value'],
  [{ n: 'ch4-1', q: 'good' }, 'no-value'],
  [{ v: 1 }, 'no-name'],
  [{ n: 'ch4-1', v: 1, q: 5 }, 'field-type'],
  [{ n: 'ch4-1', v: 1, boot: 'b2' }, 'field-misplaced'],
  [{ n: 'ch4-1', v: 1, sent: 5 }, 'field-misplaced'],
  [5, 'record-not-object'],
  [null, 'record-not-object'],
])('record %j is refused alone: %s', (record, reason) => {
  const pack = packOf([{ bn, n: 'ch4-2', v: 1 }, record, { n: 'ch4-2', v: 2 }]);
  expect(reasonsOf(pack)).toEqual([`${reason}@1`]);
  expect(pack.records.map(({ index }) => index)).toEqual([0, 2]);
});

test('a record that is refused still sets the bases of those after it', () => {
  const pack = packOf([
    { bn, bt: 1_700_000_000, n: 'ch4-1' },
    { n: 'ch4-2', v: 1 },
  ]);
  expect(pack.records[0]).toMatchObject({ sensorId: 'ch4-2', deviceAtMs: 1_700_000_000_000 });
});

test.each([{ bt: '5' }, { bv: '1' }, { bu: 5 }, { bn: 5 }, { bs: 1 }, { bt: null }])(
  'the unusable base %j spoils its record and all that rest on it, not those before it',
  (base) => {
    const pack = packOf([
      { bn, n: 'ch4-1', v: 1 },
      { ...base, n: 'ch4-1', v: 2 },
      { n: 'ch4-1', v: 3 },
    ]);
    expect(reasonsOf(pack)).toEqual(['base-field@1', 'base-field@2']);
    expect(pack.records.map(({ index }) => index)).toEqual([0]);
  },
);

test.each([
  { seq: -1 },
  { seq: 1.5 },
  { seq: '1' },
  { seq: 2 ** 53 },
  { sent: '2026-03-01T00:00:00+08:00' },
  { sent: '2016-12-31T23:59:60Z' },
  { sent: -1 },
  { sent: 1e300 },
  { sent: timeSecondsMax + 1 },
  { boot: 5 },
  { boot: 'x'.repeat(33) },
])('the header %j refuses the message', (header) => {
  const decoded = decodeSenml(Buffer.from(JSON.stringify([{ bn, ...header, n: 'ch4-1', v: 1 }])), context);
  expect(decoded).toMatchObject({ ok: false, refusal: { reason: 'header-field' } });
});

test('the largest header is accepted', () => {
  const header = { boot: 'x'.repeat(32), seq: Number.MAX_SAFE_INTEGER, sent: timeSecondsMax };
  expect(packOf([{ bn, ...header }])).toMatchObject({ boot: header.boot, seq: header.seq });
});
