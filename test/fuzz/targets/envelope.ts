import assert from 'node:assert/strict';
import { parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import { receive } from '../../../functions/usecases/ingest/receive.ts';
import { delivery, t0 } from '../../domain/telemetry/fixtures.ts';
import type { FuzzTarget } from '../target.ts';

/** A body of the queue: what is opened is handed on, and reads the same from the archive or the backlog. */
export const target: FuzzTarget = {
  bytesMax: 4_096,
  shortInputs: 20_000,
  words: [
    '"data":"',
    '"receivedAt":',
    '"Type":"Notification"',
    '"base64OriginalPayload":"',
    '"clientId":"N/A"',
  ],
  run: (input) => {
    const body = input.toString('utf8');
    const parsed = parseEnvelope(body, delivery);
    const message = { ...delivery, body, queue: 'telemetry' } as const;
    const { arrivals, old, unreadable } = receive([message], t0);
    assert.equal(arrivals.length + old.length + unreadable.length, 1);
    assert.equal(unreadable.length, parsed.ok ? 0 : 1);
    if (!parsed.ok) {
      assert.match(parsed.refusal.detail, /^[ -~…]*$/);
      return;
    }
    const { envelope } = parsed;
    assert(Number.isSafeInteger(envelope.receivedAt) && envelope.receivedAt >= 0);
    const again = old[0]?.body ?? JSON.stringify(arrivals[0]?.broker);
    const reopened = parseEnvelope(again, { messageId: 'another', sentAt: instant(0) });
    // What is written as JSON knows no negative zero.
    const receivedAt = instant(envelope.receivedAt + 0);
    assert.deepEqual(reopened, { ok: true, envelope: { ...envelope, receivedAt, via: 'rule' } });
  },
};
