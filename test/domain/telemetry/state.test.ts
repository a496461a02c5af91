import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../functions/domain/bytes.ts';
import { admit } from '../../../functions/domain/telemetry/admission.ts';
import { timePack } from '../../../functions/domain/telemetry/clock.ts';
import type { MessageKey } from '../../../functions/domain/telemetry/message-key.ts';
import { timeSecondsMax } from '../../../functions/domain/telemetry/senml-header.ts';
import {
  decodeTelemetryState,
  emptyTelemetryState,
  encodeTelemetryState,
  type TelemetryState,
} from '../../../functions/domain/telemetry/state.ts';
import { instant } from '../../../functions/domain/time.ts';
import { decode, packAt, t0 } from './fixtures.ts';

function bytesOf(state: TelemetryState): Uint8Array {
  const writer = byteWriter();
  encodeTelemetryState(writer, state);
  return writer.finish();
}

const afterPacks = (count: number, first = 1): TelemetryState => {
  let state = emptyTelemetryState;
  for (let at = 0; at < count; at++)
    state = decode(packAt(first + at, t0 + at * 5_000), state, { receivedAt: instant(t0 + at * 5_000) }).next;
  return state;
};

test('a device that was never heard takes 5 bytes', () => {
  expect(bytesOf(emptyTelemetryState)).toHaveLength(5);
});

test('semantics 29: a device in good order takes 64 hashes and at most 40 bytes more', () => {
  const state = afterPacks(500, 1_000_000);
  expect(state.memory.lives[0]?.hashes).toHaveLength(64 * 4);
  expect(bytesOf(state).length).toBeLessThanOrEqual(64 * 4 + 40);
});

test('a writer goes on behind the state, a reader finds what follows', () => {
  const writer = byteWriter();
  encodeTelemetryState(writer, afterPacks(100));
  writer.text('rules');
  const reader = byteReader(writer.finish());
  expect(decodeTelemetryState(reader)).toEqual(afterPacks(100));
  expect(reader.text()).toBe('rules');
  expect(reader.done()).toBe(true);
});

const key: fc.Arbitrary<MessageKey> = fc.oneof(
  fc.record({
    kind: fc.constant('sequence' as const),
    boot: fc.constantFrom('b', 'boot-2', 'x'.repeat(32)),
    seq: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.maxSafeNat()),
    hash: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  }),
  fc.record({ kind: fc.constant('digest' as const), digest: fc.integer({ min: 0, max: 2 ** 48 - 1 }) }),
);

/** What a pack can claim at most: `sent`, or a base and a time on top of it. */
const clockMsMax = timeSecondsMax * 1000;

test('what was written is read back, whatever messages came with whatever clocks', () => {
  const message = fc.record({
    key,
    sent: fc.option(fc.integer({ min: 0, max: clockMsMax }), { nil: undefined }),
    newest: fc.integer({ min: -3 * clockMsMax, max: 3 * clockMsMax }),
    at: fc.integer({ min: 0, max: 10 ** 7 }),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 120 }), (messages) => {
      let { memory, clock } = emptyTelemetryState;
      for (const { key: of, sent, newest, at } of messages) {
        const atMs = sent ?? newest;
        const sentClock = { atMs, newestMs: newest };
        memory = admit(memory, of, sentClock).next;
        const boot = of.kind === 'sequence' ? of.boot : undefined;
        clock = timePack(clock, { boot, sentAtMs: sent, newestMs: newest }, instant(t0 + at)).next;
      }
      const state = { memory, clock };
      const reader = byteReader(bytesOf(state));
      expect(decodeTelemetryState(reader)).toEqual(state);
      expect(reader.done()).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('a boot whose clock is right, a life without a clock and a wrong clock come back as they were', () => {
  const wrong = { packCount: 2, offsetMs: -7_000, sentAtMs: 5, receivedAt: t0 };
  const state: TelemetryState = {
    memory: {
      lives: [
        {
          boot: 'b1',
          recent: [{ from: 3, to: 4 }],
          hashes: Buffer.alloc(8, 7),
          older: [{ from: 0, to: 1 }],
          clock: undefined,
        },
      ],
      digests: [1, 2 ** 31],
      refused: [{ seq: 9, hash: 1 }],
      run: { count: 2, boot: 'b2', seq: 0, atMs: -1 },
    },
    clock: {
      boots: [
        { boot: 'b1', backMs: 12, wrong: undefined },
        { boot: 'b2', backMs: 0, wrong },
      ],
    },
  };
  expect(decodeTelemetryState(byteReader(bytesOf(state)))).toEqual(state);
});
