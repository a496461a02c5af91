import { openMessage } from '../../../functions/domain/telemetry/open-message.ts';
import { inSendingOrder } from '../../../functions/domain/telemetry/sending-order.ts';
import { instant } from '../../../functions/domain/time.ts';
import { deviceId, envelopeOf, packAt, registration, t0 } from './fixtures.ts';

const opened = (payload: unknown, receivedMs = 0) =>
  openMessage(envelopeOf(payload, { receivedAt: instant(t0 + receivedMs) }), 'senml', registration);

test('two messages of one boot and seq go by receive time', () => {
  const first = opened(packAt(5, t0, 1), 10);
  const second = opened(packAt(5, t0, 2), 20);
  expect(inSendingOrder([second, first])).toEqual([first, second]);
  expect(inSendingOrder([first, second])).toEqual([first, second]);
});

test('a message with a boot but no seq goes by receive time, before boots of that instant', () => {
  const counted = opened(packAt(9, t0, 1, 'a'));
  const uncounted = opened([{ bn: `${deviceId}/`, boot: 'z', n: 'ch4-1', v: 1 }]);
  const earlier = opened(packAt(1, t0, 1, 'z'), -1);
  expect(inSendingOrder([counted, uncounted, earlier])).toEqual([earlier, uncounted, counted]);
});
