import fc from 'fast-check';
import type { Admitted } from '../../../functions/domain/telemetry/message.ts';
import { emptyTelemetryState, type TelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { instant } from '../../../functions/domain/time.ts';
import { decode, deviceId, packAt, reasonsOf, t0, t0Seconds } from './fixtures.ts';

const bn = `${deviceId}/`;

/** Sends each payload at its second, to one device, and answers with all that came of it. */
function sendAll(messages: readonly (readonly [seconds: number, payload: unknown])[]): Admitted[] {
  let state: TelemetryState = emptyTelemetryState;
  return messages.map(([seconds, payload]) => {
    const admitted = decode(payload, state, { receivedAt: instant(t0 + seconds * 1000) });
    state = admitted.next;
    return admitted;
  });
}

const readingsOf = ({ readings }: Admitted): unknown[] =>
  readings.map(({ value, phenomenonAt, trusted }) => [value, (phenomenonAt - t0) / 1000, trusted]);

test('a pack becomes readings with their three times', () => {
  const { readings, admission, counts } = decode([
    { bn, boot: 'b1', seq: 1, sent: t0Seconds - 1, n: 'ch4-1', v: 0.45, t: -2 },
    { n: 'fan-1', vb: true },
  ]);
  expect(admission).toBe('fresh');
  expect(readings).toEqual([
    {
      sensorId: 'ch4-1',
      index: 0,
      phenomenonAt: t0 - 3_000,
      receivedAt: t0,
      lifeAt: t0 - 2_000,
      value: 0.45,
      quality: 'good',
      trusted: true,
    },
    {
      sensorId: 'fan-1',
      index: 1,
      phenomenonAt: t0 - 1_000,
      receivedAt: t0,
      lifeAt: t0,
      value: true,
      quality: 'good',
      trusted: true,
    },
  ]);
  expect(counts).toEqual({ records: 2, stored: 2, quarantined: 0, duplicate: 0, gap: 0, outOfRange: 0 });
});

test('semantics 6: the readings of a message are sorted by time, those of one instant as they were sent', () => {
  const { readings } = decode([
    { bn, n: 'ch4-1', v: 3, t: -1 },
    { n: 'ch4-2', v: 1, t: -5 },
    { n: 'ch4-1', v: 4, t: -1 },
    { n: 'ch4-1', v: 2, t: -3 },
  ]);
  expect(readings.map(({ value }) => value)).toEqual([1, 2, 3, 4]);
});

test('bad input 22: the same message a thousand times has one effect', () => {
  const [first, ...others] = sendAll(Array.from({ length: 1_000 }, () => [0, packAt(7, t0)] as const));
  expect(first?.counts).toMatchObject({ records: 1, stored: 1 });
  for (const { admission, readings, refusals, next, counts } of others) {
    expect([admission, readings, refusals]).toEqual(['duplicate', [], []]);
    expect(next).toBe(first?.next);
    expect(counts).toMatchObject({ records: 1, stored: 0, quarantined: 0, duplicate: 1 });
  }
});

test('bad input 23: other bytes under the same seq are quarantined and evaluated raise-only', () => {
  const [, second] = sendAll([
    [0, packAt(7, t0, 0.4)],
    [0, packAt(7, t0, 99)],
  ]);
  expect(second?.admission).toBe('conflict');
  expect(second && reasonsOf(second)).toEqual(['conflict']);
  expect(second && readingsOf(second)).toEqual([[99, 0, false]]);
  expect(second?.counts).toMatchObject({ records: 1, stored: 0, quarantined: 1 });
});

test('bad input 24: a seq reset without a new boot is quarantined and evaluated raise-only, until the third pack', () => {
  const before = Array.from({ length: 90 }, (_, at) => [at, packAt(100 + at, t0 + at * 1000)] as const);
  const after = [0, 1, 2].map((seq) => [100 + seq, packAt(seq, t0 + (100 + seq) * 1000, 2)] as const);
  const last = sendAll([...before, ...after]).slice(-3);
  expect(last.map(({ admission }) => admission)).toEqual(['sequence-reset', 'sequence-reset', 'fresh']);
  expect(last.flatMap(readingsOf)).toEqual([
    [2, 100, false],
    [2, 101, false],
    [2, 102, true],
  ]);
  expect(last.map(reasonsOf)).toEqual([['sequence-reset'], ['sequence-reset'], []]);
});

test('bad input 25: a gap of a billion is accepted and counted', () => {
  const [, second] = sendAll([
    [0, packAt(1, t0)],
    [5, packAt(1_000_000_002, t0 + 5_000)],
  ]);
  expect(second).toMatchObject({ admission: 'fresh', refusals: [], counts: { gap: 1_000_000_000 } });
});

test.each([
  ['ten years ahead', t0Seconds + 315_360_000, 0],
  ['in 2038', 2 ** 31, 0],
])('bad input 26: a record %s of a good clock is untrusted and counts as now', (_, t, at) => {
  const admitted = decode([{ bn, boot: 'b1', seq: 1, sent: t0Seconds, n: 'ch4-2', v: 1, t }]);
  expect(readingsOf(admitted)).toEqual([[1, at, false]]);
  expect(admitted.clockSuspect).toBe(false);
});

test('bad input 26: a pack of a clock in 1970 is evaluated as of now, untrusted and flagged', () => {
  const admitted = decode([{ bn, boot: 'b1', seq: 1, sent: 77.5, n: 'ch4-2', v: 1, t: -2 }]);
  expect(readingsOf(admitted)).toEqual([[1, -2, false]]);
  expect(admitted.clockSuspect).toBe(true);
});

test('semantics 10: a record of 31 days is evaluated, an older one is quarantined alone', () => {
  const day = 86_400;
  const admitted = decode([
    { bn, boot: 'b1', seq: 1, sent: t0Seconds, n: 'ch4-2', v: 1, t: -31 * day },
    { n: 'ch4-2', v: 2, t: -31 * day - 0.001 },
    { n: 'ch4-2', v: 3, t: -1 },
  ]);
  expect(readingsOf(admitted)).toEqual([
    [1, -31 * day, true],
    [3, -1, true],
  ]);
  expect(reasonsOf(admitted)).toEqual(['too-old@1']);
  expect(admitted.counts).toMatchObject({ records: 3, stored: 2, quarantined: 1 });
});

test('bad input 27: seven days of backlog in reverse order arrive once each, in their own time', () => {
  const hours = Array.from({ length: 7 * 24 }, (_, at) => at + 1);
  const admitted = sendAll(
    hours.map((hour) => {
      const sent = t0Seconds + hour;
      return [hour, [{ bn, boot: 'b1', seq: 1_000 - hour, sent, n: 'ch4-2', v: hour, t: -hour * 3_601 }]];
    }),
  );
  expect(admitted.every(({ counts }) => counts.stored === 1)).toBe(true);
  expect(admitted.flatMap(readingsOf)).toEqual(hours.map((hour) => [hour, -hour * 3_600, true]));
});

test('bad input 28: a later message that arrives first is fresh, the earlier one keeps its own time', () => {
  const [, second] = sendAll([
    [10, packAt(8, t0 + 10_000, 0.1)],
    [11, packAt(7, t0 + 5_000, 3)],
  ]);
  expect(second?.admission).toBe('late');
  expect(second && readingsOf(second)).toEqual([[3, 5, true]]);
});

test('equal packs without any clock are two messages, unless the broker says that they are one', () => {
  const pack = [{ bn, n: 'ch4-1', v: 1 }];
  const first = decode(pack, emptyTelemetryState, { id: 'broker-1' });
  expect(decode(pack, first.next, { id: 'broker-2' }).admission).toBe('fresh');
  expect(decode(pack, first.next, { id: 'broker-1' }).admission).toBe('duplicate');
});

test('equal packs with an absolute time are one message', () => {
  const pack = [{ bn, n: 'ch4-1', v: 1, t: t0Seconds }];
  const first = decode(pack, emptyTelemetryState, { id: 'broker-1' });
  expect(decode(pack, first.next, { id: 'broker-2' }).admission).toBe('duplicate');
});

test('a message that is refused is forgotten, so that it can be replayed', () => {
  const refused = decode('[', emptyTelemetryState);
  expect([refused.admission, refused.next]).toEqual(['refused', emptyTelemetryState]);
});

test('a message out of order and a duplicate do not move the correction of the clock', () => {
  const [first, second] = sendAll([
    [0, packAt(7, t0 + 1_000, 0.4)],
    [0, packAt(7, t0 + 9_000, 99)],
  ]);
  expect(second?.admission).toBe('conflict');
  expect(second?.next.clock).toEqual(first?.next.clock);
});

const record = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'bn',
      'bt',
      'bu',
      'bv',
      'n',
      'u',
      'v',
      'vb',
      'vs',
      't',
      'q',
      'boot',
      'seq',
      'sent',
      '__proto__',
    ),
    fc.string(),
  ),
  fc.oneof(fc.constantFrom('ch4-1', bn, 'fan-1', '%{vol}', -0, 2 ** 53), fc.jsonValue(), fc.double()),
);

const payload = fc.oneof(
  fc.array(record, { maxLength: 5 }).map((records) => Buffer.from(JSON.stringify(records))),
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }),
);

test('no bytes make decoding throw, and every record is counted exactly once', () => {
  const prototype = Object.getOwnPropertyNames(Object.prototype);
  let state = emptyTelemetryState;
  fc.assert(
    fc.property(payload, (bytes) => {
      const { counts, readings, next } = decode(bytes, state);
      state = next;
      expect(counts.records).toBe(counts.stored + counts.quarantined + counts.duplicate);
      expect(readings.length).toBeLessThanOrEqual(counts.records);
      for (const { phenomenonAt, value } of readings) {
        expect(Number.isSafeInteger(phenomenonAt) && phenomenonAt >= 0 && phenomenonAt <= t0).toBe(true);
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }
    }),
    { numRuns: 5_000 },
  );
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype);
});

test('cutting or flipping one byte of a good pack never throws and never turns a record into two', () => {
  const good = Buffer.from(JSON.stringify(packAt(7, t0)));
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, byte, cut) => {
      const bytes = cut
        ? good.subarray(0, at)
        : Buffer.from(good.map((old, place) => (place === at ? byte : old)));
      expect(decode(bytes).counts.records).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1_000 },
  );
});
