import { messageKey } from '../../../functions/domain/telemetry/message-key.ts';
import type { Pack } from '../../../functions/domain/telemetry/pack.ts';
import { envelopeOf } from './fixtures.ts';

const envelope = envelopeOf('[1]', { topic: 'tocsin/v1/mine-07/senml', id: 'broker-1' });
const keyOf = (more: Partial<Pack>, of = envelope) =>
  messageKey(of, {
    boot: undefined,
    seq: undefined,
    sentAtMs: undefined,
    hasClock: true,
    records: [],
    refusals: [],
    ...more,
  });

test('a message with boot and seq is known by them and by MurmurHash3 of its bytes', () => {
  expect(keyOf({ boot: 'b1', seq: 0 }, envelopeOf('abc'))).toStrictEqual({
    kind: 'sequence',
    boot: 'b1',
    seq: 0,
    hash: 0xb3dd93fa,
  });
});

/** The first six bytes of what `sha256sum` says of topic, newline and payload. */
const withClock = { kind: 'digest', digest: 0x06b9e1092f51 };

test('any other message is known by six bytes of the SHA-256 of its topic and payload', () => {
  expect(keyOf({})).toStrictEqual(withClock);
  expect(keyOf({ boot: 'b1' })).toStrictEqual(withClock);
  expect(keyOf({ seq: 1 })).toStrictEqual(withClock);
});

test('one without any clock is known by a newline and the id of the broker too', () => {
  expect(keyOf({ hasClock: false })).toStrictEqual({ kind: 'digest', digest: 0x5992a26c7e07 });
});
