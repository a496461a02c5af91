import fc from 'fast-check';
import { type OpenedMessage, openMessage } from '../../../functions/domain/telemetry/open-message.ts';
import { inSendingOrder } from '../../../functions/domain/telemetry/sending-order.ts';
import { instant } from '../../../functions/domain/time.ts';
import { deviceId, envelopeOf, packAt, registration, t0 } from './fixtures.ts';

const opened = (payload: unknown, receivedMs = 0, id = 'broker-1'): OpenedMessage =>
  openMessage(envelopeOf(payload, { receivedAt: instant(t0 + receivedMs), id }), 'senml', registration);

const seqsOf = (messages: readonly OpenedMessage[]): unknown[] =>
  messages.map((message) =>
    message.kind === 'opened' ? `${message.boot ?? '-'}${message.seq ?? '-'}` : 'refused',
  );

test('the messages of one boot are put in the order of their seq, as numbers', () => {
  const batch = [10, 9, 2, 11].map((seq, at) => opened(packAt(seq, t0), at));
  expect(seqsOf(inSendingOrder(batch))).toEqual(['b12', 'b19', 'b110', 'b111']);
});

test('boots follow each other as they were first received', () => {
  const batch = [
    opened(packAt(1, t0, 1, 'a'), 30),
    opened(packAt(7, t0, 1, 'z'), 20),
    opened(packAt(0, t0, 1, 'a'), 40),
    opened(packAt(6, t0, 1, 'z'), 50),
  ];
  expect(seqsOf(inSendingOrder(batch))).toEqual(['z6', 'z7', 'a0', 'a1']);
});

test('what cannot be read, or carries no seq, goes by receive time', () => {
  const batch = [
    opened('rubbish', 30),
    opened([{ bn: `${deviceId}/`, n: 'ch4-1', v: 1 }], 10),
    opened(packAt(5, t0), 20),
  ];
  expect(seqsOf(inSendingOrder(batch))).toEqual(['--', 'b15', 'refused']);
});

test('the order of a batch does not depend on the order in which it came', () => {
  const batch = Array.from({ length: 12 }, (_, at) =>
    opened(at % 5 === 4 ? [{ bn: `${deviceId}/`, n: 'ch4-1', v: at }] : packAt(at, t0, 1, `b${at % 3}`), at),
  );
  const sorted = inSendingOrder(batch);
  fc.assert(
    fc.property(fc.shuffledSubarray(batch, { minLength: 12, maxLength: 12 }), (shuffled) => {
      expect(inSendingOrder(shuffled)).toEqual(sorted);
    }),
    { numRuns: 1_000 },
  );
});

test('of what was received in the same instant that without a boot goes first, then boots by their name', () => {
  const batch = [
    opened(packAt(4, t0, 1, 'b')),
    opened(packAt(9, t0, 1, 'a')),
    opened('rubbish'),
    opened([{ bn: `${deviceId}/`, n: 'ch4-1', v: 1 }]),
  ];
  expect(seqsOf(inSendingOrder(batch))).toEqual(['refused', '--', 'a9', 'b4']);
  expect(seqsOf(inSendingOrder(batch.toReversed()))).toEqual(['--', 'refused', 'a9', 'b4']);
});
