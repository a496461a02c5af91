import { type ParsedEnvelope, parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import { delivery } from './fixtures.ts';

const byRule = { data: 'AP8=', topic: 't', clientId: 'c', principal: 'p', receivedAt: 5, id: 'i' };
const byError = { topic: 't', clientId: 'c', base64OriginalPayload: 'AP8=', cloudwatchTraceId: 'i' };
const bySns = { Type: 'Notification', MessageId: 'm', Timestamp: '2026-03-01T00:00:07.000Z' };

const open = (document: unknown): ParsedEnvelope => parseEnvelope(JSON.stringify(document), delivery);
const detailOf = (parsed: ParsedEnvelope): unknown => (parsed.ok ? parsed.envelope : parsed.refusal.detail);

const remedy = 'check what is subscribed to this queue: only the topic rule and its error action may be';
const neither = `it is neither an envelope of the topic rule nor an error document; ${remedy}`;
const longest = 'x'.repeat(1_024);

test.each(['topic', 'clientId', 'principal', 'id'])(
  '%s of a rule document has 1 to 1024 characters',
  (key) => {
    expect(open({ ...byRule, [key]: longest })).toMatchObject({ ok: true, envelope: { [key]: longest } });
    expect(open({ ...byRule, [key]: 'x' })).toMatchObject({ ok: true, envelope: { [key]: 'x' } });
    for (const wrong of [`${longest}x`, '', 5, null])
      expect(detailOf(open({ ...byRule, [key]: wrong }))).toBe(neither);
  },
);

test('a rule document without a principal comes from one that is not known', () => {
  const { principal, ...rest } = byRule;
  expect(principal).toBe('p');
  expect(open(rest)).toMatchObject({ ok: true, envelope: { principal: '-' } });
});

test('a payload that is no text is no payload', () => {
  expect(detailOf(open({ ...byRule, data: 5 }))).toBe(neither);
  expect(detailOf(open({ ...byRule, data: undefined }))).toBe(neither);
});

test.each([0, 8.64e15])('a rule document may be received at %p ms', (receivedAt) => {
  expect(open({ ...byRule, receivedAt })).toMatchObject({ ok: true, envelope: { receivedAt } });
});

test.each([-1, 8.64e15 + 1, 1.5, '5', null, 2 ** 53])('nothing is received at %p ms', (receivedAt) => {
  expect(detailOf(open({ ...byRule, receivedAt }))).toBe(neither);
});

test.each(['topic', 'clientId'])('%s of an error document has 1 to 1024 characters', (key) => {
  expect(open({ ...byError, [key]: longest })).toMatchObject({ ok: true, envelope: { [key]: longest } });
  for (const wrong of [`${longest}x`, '', 5, undefined])
    expect(detailOf(open({ ...byError, [key]: wrong }))).toBe(neither);
});

test('the trace id of an error document has 1 to 1024 characters, its payload is a text', () => {
  expect(open({ ...byError, cloudwatchTraceId: longest })).toMatchObject({ envelope: { id: longest } });
  for (const wrong of [`${longest}x`, '', 5])
    expect(detailOf(open({ ...byError, cloudwatchTraceId: wrong }))).toBe(neither);
  expect(detailOf(open({ ...byError, base64OriginalPayload: 5 }))).toBe(neither);
});

test('the whole of an error document is this', () => {
  expect(open({ ...byError, cloudwatchTraceId: undefined })).toStrictEqual({
    ok: true,
    envelope: {
      id: 'queue-message-1',
      topic: 't',
      clientId: 'c',
      principal: '-',
      receivedAt: delivery.sentAt,
      via: 'error-action',
      data: Buffer.from([0x00, 0xff]),
    },
  });
});

test('inside a notification the error document has the id and the time of the notification', () => {
  const { cloudwatchTraceId, ...untraced } = byError;
  expect(cloudwatchTraceId).toBe('i');
  expect(open({ ...bySns, Message: JSON.stringify(untraced) })).toMatchObject({
    ok: true,
    envelope: { id: 'm', receivedAt: instant(1_772_323_207_000) },
  });
});

test.each([
  ['of another type', { Type: 'SubscriptionConfirmation' }],
  ['without an id', { MessageId: '' }],
  ['without a time', { Timestamp: undefined }],
  ['of a time that is none', { Timestamp: 'now' }],
  ['whose message is no text', { Message: 5 }],
])('a notification %s is none', (_, wrong) => {
  const whole = { ...bySns, Message: JSON.stringify(byError), ...wrong };
  expect(detailOf(open(whole))).toBe(neither);
});

test.each([
  ['tocsin/v1/x/senml', 'tocsin/v1/x/senml'],
  ['$aws/rules/tocsin_prod/tocsin/v1/x/senml', 'tocsin/v1/x/senml'],
  ['$aws/rules//tocsin', '$aws/rules//tocsin'],
  ['x/$aws/rules/r/y', 'x/$aws/rules/r/y'],
])('the topic %s of an error document is %s', (topic, seen) => {
  expect(open({ ...byError, topic })).toMatchObject({ ok: true, envelope: { topic: seen } });
});

test.each([
  ['', `the body is not JSON; ${remedy}`],
  ['{', `the body is not JSON; ${remedy}`],
  ['null', neither],
  ['"Type"', neither],
  [JSON.stringify({ ...byRule, data: '%' }), `the payload is not base64; ${remedy}`],
  [JSON.stringify({ ...bySns, Message: '{' }), `the notification holds no JSON; ${remedy}`],
])('the body %s is refused with what was found and what helps', (body, detail) => {
  expect(parseEnvelope(body, delivery)).toStrictEqual({
    ok: false,
    refusal: { reason: 'envelope-unreadable', detail },
  });
});
