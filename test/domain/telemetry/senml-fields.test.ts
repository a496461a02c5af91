import {
  noBases,
  reachOf,
  readFields,
  type SenmlFields,
  worse,
} from '../../../functions/domain/telemetry/senml-fields.ts';

type Json = Readonly<Record<string, unknown>>;

const read = (record: Json, fields: SenmlFields = noBases()) => ({
  trouble: readFields(record, fields),
  fields,
});
const troubleOf = (text: string): unknown => read(JSON.parse(text) as Json).trouble;

test('before the first record nothing is said', () => {
  expect(noBases()).toStrictEqual({
    name: undefined,
    unit: undefined,
    value: undefined,
    valueCount: 0,
    time: undefined,
    flag: undefined,
    headerField: undefined,
    isBaseOnly: false,
    baseName: '',
    baseUnit: undefined,
    baseTime: 0,
    baseValue: 0,
  });
});

test('every field that is known is read, and bases hold for the next record', () => {
  const first = { bn: 'd/', bu: 'mm', bt: 5, bv: 2, bver: 10, n: 'a', u: 'Cel', v: 1.5, t: -1, q: 'fault' };
  const { trouble, fields } = read({ ...first, seq: 1 });
  expect(trouble).toBeUndefined();
  const bases = { baseName: 'd/', baseUnit: 'mm', baseTime: 5, baseValue: 2 };
  expect(fields).toStrictEqual({
    name: 'a',
    unit: 'Cel',
    value: 1.5,
    valueCount: 1,
    time: -1,
    flag: 'fault',
    headerField: 'seq',
    isBaseOnly: false,
    ...bases,
  });
  expect(read({ vs: 'open' }, fields).fields).toStrictEqual({
    name: undefined,
    unit: undefined,
    value: 'open',
    valueCount: 1,
    time: undefined,
    flag: undefined,
    headerField: undefined,
    isBaseOnly: false,
    ...bases,
  });
});

test.each([
  [{ v: null }, null, 1],
  [{ vb: false }, false, 1],
  [{ vs: '' }, '', 1],
  [{ v: 9_007_199_254_740_991 }, 9_007_199_254_740_991, 1],
  [{ v: 1, vs: 'a' }, 'a', 2],
  [{ v: 1, vb: true, vs: 'a' }, 'a', 3],
  [{ n: 'a' }, undefined, 0],
])('the value of %j is %j, one of %i', (record, value, valueCount) => {
  expect(read(record)).toMatchObject({ trouble: undefined, fields: { value, valueCount } });
});

test.each(['boot', 'seq', 'sent', 'bver'])('%s is a field of the header', (field) => {
  expect(read({ n: 'a', [field]: 1 }).fields.headerField).toBe(field);
});

test.each([
  [{}, false],
  [{ bn: 'd/' }, true],
  [{ bu: 'mm', bt: 1, bv: 1 }, true],
  [{ boot: 'b', seq: 1, sent: 1, bver: 10 }, true],
  [{ bn: 'd/', n: 'a' }, false],
  [{ bn: 'd/', battery: 5 }, false],
  [{ bn: 'd/', status: 5 }, false],
  [{ bn: 'd/', colour: 5 }, false],
])('that the record %j only sets bases or the header: %p', (record, isBaseOnly) => {
  expect(read(record)).toMatchObject({ trouble: undefined, fields: { isBaseOnly } });
});

test.each([
  ['{"n":5}', 'field-type', 'n'],
  ['{"v":"1"}', 'field-type', 'v'],
  ['{"v":9007199254740992}', 'number-out-of-range', 'v'],
  ['{"v":-9007199254740992}', 'number-out-of-range', 'v'],
  ['{"v":1e999}', 'number-out-of-range', 'v'],
  ['{"t":"1"}', 'field-type', 't'],
  ['{"t":null}', 'field-type', 't'],
  ['{"t":253402300800}', 'number-out-of-range', 't'],
  ['{"t":-253402300800}', 'number-out-of-range', 't'],
  ['{"u":5}', 'field-type', 'u'],
  ['{"q":5}', 'field-type', 'q'],
  ['{"vb":1}', 'field-type', 'vb'],
  ['{"vs":1}', 'field-type', 'vs'],
  ['{"bn":5}', 'base-field', 'bn'],
  ['{"bu":5}', 'base-field', 'bu'],
  ['{"bt":"1"}', 'base-field', 'bt'],
  ['{"bt":253402300800}', 'base-field', 'bt'],
  ['{"bv":"1"}', 'base-field', 'bv'],
  ['{"bv":9007199254740992}', 'base-field', 'bv'],
  ['{"bs":1}', 'base-field', 'bs'],
  ['{"s":1}', 'sum-unsupported', 's'],
  ['{"vd":"AQ"}', 'data-unsupported', 'vd'],
  ['{"__proto__":1}', 'forbidden-field', '__proto__'],
  ['{"constructor":1}', 'forbidden-field', 'constructor'],
  ['{"prototype":1}', 'forbidden-field', 'prototype'],
  ['{"x_":1}', 'must-understand', 'x_'],
  ['{"x":{}}', 'field-type', 'x'],
  ['{"x":[]}', 'field-type', 'x'],
])('the trouble of %s is %s in %s', (text, reason, field) => {
  expect(troubleOf(text)).toStrictEqual({ reason, field });
});

test.each(['{"t":253402300799}', '{"t":-253402300799}', '{"bt":253402300799}', '{"x":null}', '{"x":"y"}'])(
  '%s is no trouble',
  (text) => {
    expect(troubleOf(text)).toBeUndefined();
  },
);

test('of two troubles the one that reaches further counts, else the first', () => {
  const ofRecord = { reason: 'field-type', field: 'n' } as const;
  const ofRest = { reason: 'base-field', field: 'bt' } as const;
  const ofMessage = { reason: 'must-understand', field: 'x_' } as const;
  expect([ofRecord, ofRest, ofMessage].map(reachOf)).toEqual(['record', 'rest', 'message']);
  expect(reachOf({ reason: 'duplicate-key', field: 'sent' })).toBe('message');
  expect(reachOf({ reason: 'duplicate-key', field: 'bv' })).toBe('rest');
  expect(reachOf({ reason: 'field-misplaced', field: 'sent' })).toBe('record');
  expect(worse(undefined, ofRecord)).toBe(ofRecord);
  expect([worse(ofRecord, ofRest), worse(ofRest, ofRecord)]).toEqual([ofRest, ofRest]);
  expect([worse(ofMessage, ofRest), worse(ofRest, ofMessage)]).toEqual([ofMessage, ofMessage]);
  expect(worse(ofRecord, { reason: 'field-type', field: 'u' })).toBe(ofRecord);
});
