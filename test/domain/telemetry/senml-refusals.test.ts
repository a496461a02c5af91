import type { DecodedPack } from '../../../functions/domain/telemetry/pack.ts';
import { remedies } from '../../../functions/domain/telemetry/refusal.ts';
import { readSenml } from '../../../functions/domain/telemetry/senml.ts';
import { deviceId, t0 } from './fixtures.ts';

const read = (payload: unknown): DecodedPack =>
  readSenml(Buffer.from(JSON.stringify(payload)), { deviceId, receivedAt: t0 });
const refusalsOf = (payload: unknown): unknown => {
  const decoded = read(payload);
  return decoded.ok ? decoded.pack.refusals : decoded.refusal;
};

const bn = 'mine-07/';
const good = { bn, n: 'ch4-1', v: 1 };

test.each([
  [5, 'record-not-object', '', 'the record is not an object'],
  [[1], 'record-not-object', '', 'the record is not an object'],
  [null, 'record-not-object', '', 'the record is not an object'],
  [{ n: 5, v: 1 }, 'field-type', 'n', 'field "n" is unusable'],
  [{ v: 1 }, 'no-name', 'n', 'field "n" is unusable'],
  [{ n: 'a', v: 1, vs: 'b' }, 'several-values', 'v', 'field "v" is unusable'],
  [{ n: 'a' }, 'no-value', 'v', 'field "v" is unusable'],
  [{ n: 'a', v: 1, seq: 5 }, 'field-misplaced', 'seq', 'field "seq" is unusable'],
  [{ n: 'a', 'x"': {}, v: 1 }, 'field-type', 'x"', 'field "x\\u0022" is unusable'],
] as const)('the record %j is refused with the whole of: %s in %j, %s', (record, reason, field, found) => {
  expect(refusalsOf([good, record])).toStrictEqual([
    { reason, detail: `record 1: ${found}; ${remedies[reason]}`, recordIndex: 1, field },
  ]);
});

test('what rests on a base that is unusable is told so', () => {
  const remedy = 'bn and bu are texts, bt and bv are finite numbers; bs is not supported';
  expect(
    refusalsOf([
      { bn, bt: 'x', n: 'ch4-1', v: 1 },
      { n: 'ch4-1', v: 2 },
    ]),
  ).toStrictEqual([
    {
      reason: 'base-field',
      detail: `record 0: field "bt" is unusable; ${remedy}`,
      recordIndex: 0,
      field: 'bt',
    },
    {
      reason: 'base-field',
      detail: `record 1: it rests on an unusable field "bt" of a record before it; ${remedy}`,
      recordIndex: 1,
      field: 'bt',
    },
  ]);
});

test.each([
  ['a foreign base name', [{ bn: 'mine-08/', n: 'a', v: 1 }], 'bn'],
  ['a foreign base name alone', [{ bn: 'mine-08/' }, { n: 'a', v: 1 }], 'bn'],
  ['the end of a base name', [{ bn: '7/' }], 'bn'],
  ['the own base name inside another', [{ bn: 'x/mine-07/' }], 'bn'],
  ['a foreign full name', [{ n: 'mine-08/a', v: 1 }], 'n'],
  ['a base name that does not become the own one', [{ bn: 'mine', n: 'x', v: 1 }], 'bn'],
])('%s names another device', (_, payload, field) => {
  expect(refusalsOf(payload)).toStrictEqual({
    reason: 'identity-mismatch',
    detail:
      'the pack names another device; ' +
      'a device speaks only for itself: check its certificate, client id and base name',
    field,
  });
});

test.each([
  ['the start of the own one', [{ bn: 'mi' }, { n: 'ne-07/a', v: 1 }], 'a'],
  ['the own one and more', [{ bn: 'mine-07/a-' }, { n: 'b', v: 1 }], 'a-b'],
  ['the own one', [{ bn: 'mine-07/' }, { n: 'a/b', v: 1 }], 'a/b'],
])('a base name that is %s names this device', (_, payload, sensorId) => {
  expect(read(payload)).toMatchObject({
    ok: true,
    pack: { records: [{ index: 1, sensorId }], refusals: [] },
  });
});

test('a pack without records is refused', () => {
  expect(read([])).toStrictEqual({
    ok: false,
    refusal: { reason: 'empty-pack', detail: 'the pack has no records; send at least one record' },
  });
});

test('a field that must be understood refuses the pack, without an index', () => {
  expect(read([good, { n: 'a', v: 1, x_: 1 }])).toStrictEqual({
    ok: false,
    refusal: {
      reason: 'must-understand',
      detail: 'record 1: field "x_" is unusable; leave out fields that end in an underscore',
      field: 'x_',
    },
  });
});

test('500 readings are read the long way too, 501 are too many, refused ones among them', () => {
  const many = (count: number, last: unknown = good): unknown => [...Array(count - 1).fill(good), last];
  expect(read(many(500))).toMatchObject({ ok: true });
  expect(read(many(500, 5))).toMatchObject({ ok: true });
  const tooMany = {
    ok: false,
    refusal: {
      reason: 'too-many-readings',
      detail: 'the pack has more than 500 readings; send at most 500 readings in a message',
    },
  };
  expect(read(many(501))).toStrictEqual(tooMany);
  expect(read(many(501, 5))).toStrictEqual(tooMany);
});

test('the long way reads every field of a record', () => {
  const record = { n: 'a', q: 'fault', u: 'mm', t: 268_435_456, bu: 'Cel', bv: 2 };
  expect(read([{ bn, ...record }])).toStrictEqual({
    ok: true,
    pack: {
      boot: undefined,
      seq: undefined,
      sentAtMs: undefined,
      hasClock: true,
      records: [
        {
          index: 0,
          sensorId: 'a',
          deviceAtMs: 268_435_456_000,
          value: undefined,
          baseValue: 2,
          unit: 'mm',
          baseUnit: 'Cel',
          flag: 'fault',
        },
      ],
      refusals: [],
    },
  });
  expect(read([{ bn, n: 'a', v: 1, t: 268_435_455 }])).toMatchObject({
    pack: { hasClock: false, records: [{ deviceAtMs: t0 + 268_435_455_000 }] },
  });
});
