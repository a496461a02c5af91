import { qualities } from '../../../functions/domain/telemetry/reading.ts';
import { excerpt, refusal, remedies } from '../../../functions/domain/telemetry/refusal.ts';

test('each reason of a refusal comes with this remedy', () => {
  expect(remedies).toStrictEqual({
    'envelope-unreadable':
      'check what is subscribed to this queue: only the topic rule and its error action may be',
    'topic-malformed': 'publish to tocsin/v1/{deviceId}/{format}',
    'identity-mismatch': 'a device speaks only for itself: check its certificate, client id and base name',
    'device-unregistered': 'register the device first',
    'device-revoked': 'register the device anew with a new certificate',
    'format-unknown': 'use a format that this version knows: senml',
    'empty-payload': 'send a SenML pack; an empty body says nothing',
    'too-large': 'send at most 120 KB in a message',
    'not-utf8': 'encode JSON as UTF-8',
    'not-json': 'send one complete JSON array and nothing after it',
    'too-deep': 'nest at most 32 levels; a SenML pack needs two',
    'not-a-pack': 'send a JSON array of records (RFC 8428)',
    'empty-pack': 'send at least one record',
    'too-many-readings': 'send at most 500 readings in a message',
    'future-version': 'send SenML version 10, or update this system and replay',
    'must-understand': 'leave out fields that end in an underscore',
    'header-field': 'boot: 1 to 32 printable characters; seq: integer from 0; sent: Unix seconds',
    'base-field': 'bn and bu are texts, bt and bv are finite numbers; bs is not supported',
    'record-not-object': 'each record is a JSON object',
    'field-type': 'send each field as RFC 8428 types it: simple values, numbers as numbers',
    'field-misplaced': 'boot, seq, sent and bver belong to the first record',
    'forbidden-field': 'leave out __proto__, constructor and prototype',
    'duplicate-key': 'name each field once in a record',
    'number-out-of-range': 'send finite numbers of at most 2^53',
    'no-name': 'name the sensor: n, or bn and n together',
    'sensor-unknown': 'register the sensor on this device',
    'quantity-unknown': 'update this system: it does not know the registered quantity',
    'unit-mismatch': 'send the registered unit, or register the sensor anew',
    'kind-mismatch': 'send v for a number, vb for a switch, vs for a name',
    'no-value': 'send a value, or q to say why there is none',
    'several-values': 'send exactly one of v, vb, vs',
    'sum-unsupported': 'send v instead of the integrated sum s',
    'data-unsupported': 'send v, vb or vs instead of vd',
    'too-old': 'records are accepted for 31 days; import older ones by backtest',
    conflict: 'two messages share boot and seq: count seq up, and look for a cloned certificate',
    'sequence-reset': 'send a new boot text whenever seq starts again',
  });
});

test('a refusal tells what was found, then what helps, and where it was if that is known', () => {
  expect(refusal('not-utf8', 'it is binary')).toStrictEqual({
    reason: 'not-utf8',
    detail: 'it is binary; encode JSON as UTF-8',
  });
  expect(refusal('no-name', 'none', { recordIndex: 3, field: 'n' })).toStrictEqual({
    reason: 'no-name',
    detail: 'none; name the sensor: n, or bn and n together',
    recordIndex: 3,
    field: 'n',
  });
});

test.each([
  ['', '""'],
  ['ch4 ~!', '"ch4 ~!"'],
  ['a"b', '"a\\u0022b"'],
  ['a\\b', '"a\\u005cb"'],
  ['a\nb', '"a\\u000ab"'],
  ['\u007f\u202e', '"\\u007f\\u202e"'],
  ['瓦', '"\\u74e6"'],
  ['1234567890123456789012345678901234567890', '"1234567890123456789012345678901234567890"'],
  ['12345678901234567890123456789012345678901', '"1234567890123456789012345678901234567890…"'],
])('the excerpt of %j is %s', (text, cut) => {
  expect(excerpt(text)).toBe(cut);
});

test('the qualities of a value are these', () => {
  expect(qualities).toEqual(['good', 'calibrating', 'maintenance', 'fault', 'over-range', 'unknown']);
});
