import fc from 'fast-check';
import { parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import { delivery, t0 } from './fixtures.ts';

const payload = Buffer.from([0x00, 0xff, 0x01, 0x02]);

const ruleDocument = {
  data: payload.toString('base64'),
  topic: 'tocsin/v1/mine-07/senml',
  clientId: 'mine-07',
  principal: 'certificate-1',
  receivedAt: t0 + 5,
  id: 'a6c1',
};

const errorDocument = {
  ruleName: 'tocsin_prod',
  topic: 'tocsin/v1/mine-07/senml',
  cloudwatchTraceId: 'trace-1',
  clientId: 'mine-07',
  sourceIp: '192.0.2.1',
  base64OriginalPayload: payload.toString('base64'),
  failures: [{ failedAction: 'SqsAction', failedResource: 'queue', errorMessage: 'denied' }],
};

const inSns = (document: unknown): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'sns-1',
    TopicArn: 'arn:any:sns:x:1:rejected',
    Subject: null,
    Message: typeof document === 'string' ? document : JSON.stringify(document),
    Timestamp: '2026-03-01T00:00:07.000Z',
    SignatureVersion: '1',
  });

test("the rule's own document becomes an envelope with its bytes", () => {
  const opened = parseEnvelope(JSON.stringify(ruleDocument), delivery);
  expect(opened).toEqual({
    ok: true,
    envelope: {
      id: 'a6c1',
      topic: 'tocsin/v1/mine-07/senml',
      clientId: 'mine-07',
      principal: 'certificate-1',
      receivedAt: t0 + 5,
      data: payload,
      via: 'rule',
    },
  });
});

test('bad input 41: an error document that comes raw counts as received when the queue had it', () => {
  const opened = parseEnvelope(JSON.stringify(errorDocument), delivery);
  expect(opened).toMatchObject({
    ok: true,
    envelope: { id: 'trace-1', principal: '-', receivedAt: t0, data: payload, via: 'error-action' },
  });
});

test('bad input 41: an error document inside an SNS notification counts as received when SNS had it', () => {
  const opened = parseEnvelope(inSns(errorDocument), { messageId: 'm', sentAt: instant(0) });
  expect(opened).toMatchObject({
    ok: true,
    envelope: { clientId: 'mine-07', receivedAt: t0 + 7_000, data: payload, via: 'error-action' },
  });
});

test("bad input 41: the rule's document inside an SNS notification keeps its own receive time", () => {
  const opened = parseEnvelope(inSns(ruleDocument), delivery);
  expect(opened).toMatchObject({ ok: true, envelope: { receivedAt: t0 + 5, via: 'rule' } });
});

test('an error document without a trace id takes the id of its queue message', () => {
  const { cloudwatchTraceId, ...rest } = errorDocument;
  expect(cloudwatchTraceId).toBe('trace-1');
  const opened = parseEnvelope(JSON.stringify(rest), delivery);
  expect(opened).toMatchObject({ ok: true, envelope: { id: 'queue-message-1' } });
});

test('an error document shows the topic as the rule saw it, and who has no client id as clientid() does', () => {
  const canary = {
    ...errorDocument,
    topic: '$aws/rules/tocsin_prod/tocsin/v1/-/canary',
    clientId: 'N/A',
  };
  const opened = parseEnvelope(JSON.stringify(canary), delivery);
  expect(opened).toMatchObject({ ok: true, envelope: { topic: 'tocsin/v1/-/canary', clientId: 'n/a' } });
});

test('an empty payload is an envelope all the same: the payload is refused with its own reason', () => {
  const opened = parseEnvelope(JSON.stringify({ ...ruleDocument, data: '' }), delivery);
  expect(opened).toMatchObject({ ok: true, envelope: { data: Buffer.alloc(0) } });
});

test.each([
  ['nothing', ''],
  ['half a document', '{"data":"AP8B'],
  ['a bare number', '5'],
  ['null', 'null'],
  ['an array', '[]'],
  ['a document of another kind', '{"Records":[]}'],
  ['a payload that is not base64', JSON.stringify({ ...ruleDocument, data: '%%%%' })],
  ['a payload of half a base64', JSON.stringify({ ...ruleDocument, data: 'AP8' })],
  ['a receive time that is a text', JSON.stringify({ ...ruleDocument, receivedAt: '5' })],
  ['a receive time beyond all time', JSON.stringify({ ...ruleDocument, receivedAt: 1e300 })],
  ['a receive time after the last date', JSON.stringify({ ...ruleDocument, receivedAt: 8.64e15 + 1 })],
  ['a receive time before 1970', JSON.stringify({ ...ruleDocument, receivedAt: -1 })],
  ['no client id', JSON.stringify({ ...ruleDocument, clientId: undefined })],
  ['a notification without JSON', inSns('hello')],
  ['a notification of another document', inSns({ a: 1 })],
  ['a notification from before 1970', inSns(errorDocument).replace('2026-03-01', '1969-12-31')],
])('bad input 41: %s is refused as no envelope', (_, body) => {
  expect(parseEnvelope(body, delivery)).toMatchObject({
    ok: false,
    refusal: { reason: 'envelope-unreadable' },
  });
});

test('the broker gives up none of its fields to the payload, and no text makes parsing throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (body) => {
      expect(typeof parseEnvelope(body, delivery).ok).toBe('boolean');
    }),
    { numRuns: 1_000 },
  );
});
