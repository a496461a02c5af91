import fc from 'fast-check';
import {
  backlogAgeMax,
  type ClockState,
  clockErrorMax,
  emptyClock,
  offsetJitterMax,
  type PackTimes,
  timePack,
  timeRecord,
} from '../../../functions/domain/telemetry/clock.ts';
import { type Instant, instant } from '../../../functions/domain/time.ts';
import { t0 } from './fixtures.ts';

interface Timed {
  readonly at: number;
  readonly life: number;
  readonly trusted: boolean;
  readonly suspect: boolean;
}

/** A device whose packs hold one record each; answers with times relative to t0. */
function device(boot: string | undefined = 'b1') {
  let state: ClockState = emptyClock;
  return {
    state: () => state,
    /** All in milliseconds from t0; `age` is that of the record by the device's clock. */
    send(receivedMs: number, sentMs: number | undefined, age = 0, more: Partial<PackTimes> = {}): Timed {
      const receivedAt: Instant = instant(t0 + receivedMs);
      const deviceAtMs = (sentMs === undefined ? receivedAt : t0 + sentMs) - age;
      const sentAtMs = sentMs === undefined ? undefined : t0 + sentMs;
      const timing = timePack(state, { boot, sentAtMs, newestMs: deviceAtMs, ...more }, receivedAt);
      state = timing.next;
      const record = timeRecord(timing, deviceAtMs, receivedAt);
      if (record === 'too-old') throw new Error('too old');
      return {
        at: record.phenomenonAt - t0,
        life: record.lifeAt - t0,
        trusted: record.isTrusted,
        suspect: timing.isClockSuspect,
      };
    },
  };
}

test('semantics 10: a slow clock within 5 min is trusted as it is, and its sign of life is by age', () => {
  expect(device().send(0, -40_000, 1_000)).toEqual({
    at: -41_000,
    life: -1_000,
    trusted: true,
    suspect: false,
  });
});

test('semantics 10: a clock that is ahead within 5 min is moved back by the difference', () => {
  expect(device().send(0, 10_000, 1_000)).toEqual({
    at: -1_000,
    life: -1_000,
    trusted: true,
    suspect: false,
  });
});

test('semantics 10: one correction holds for a boot, so the spacing of packs is kept', () => {
  const ahead = device();
  const ats = [0, 5_200, 10_100, 15_900].map(
    (receivedMs, at) => ahead.send(receivedMs, 10_000 + at * 5_000).at,
  );
  expect(ats).toEqual([0, 5_000, 10_000, 15_000]);
});

test('semantics 10: the correction grows when a pack would else come before it was sent', () => {
  const ahead = device();
  expect(ahead.send(0, 10_000).at).toBe(0);
  expect(ahead.send(5_000, 17_000).at).toBe(5_000);
  expect(ahead.send(10_000, 20_000).at).toBe(8_000);
});

test('semantics 10: a new boot starts without a correction', () => {
  const ahead = device();
  ahead.send(0, 10_000);
  expect(ahead.send(5_000, 5_000, 0, { boot: 'b2' }).at).toBe(5_000);
  expect(ahead.send(10_000, 15_000, 0).at).toBe(5_000);
});

test.each([
  [clockErrorMax - 1, false],
  [clockErrorMax, false],
  [clockErrorMax + 1, true],
  [-clockErrorMax + 1, false],
  [-clockErrorMax, false],
  [-clockErrorMax - 1, true],
])('semantics 10: a pack whose sent is %p ms off is clock-suspect: %p', (off, suspect) => {
  expect(device().send(0, off)).toMatchObject({ suspect, trusted: !suspect });
});

test('semantics 10: old records of a trusted pack are backlog, trusted and in their own time', () => {
  const threeDays = 3 * 86_400_000;
  expect(device().send(0, 0, threeDays)).toEqual({
    at: -threeDays,
    life: -threeDays,
    trusted: true,
    suspect: false,
  });
});

test('semantics 10: a record after sent is untrusted and never counts as after its receipt', () => {
  expect(device().send(0, -1_000, -1)).toMatchObject({ at: -999, life: 0, trusted: false });
  const tenYears = 10 * 365 * 86_400_000;
  expect(device().send(0, 0, -tenYears)).toMatchObject({ at: 0, life: 0, trusted: false });
  expect(device().send(0, -1_000, 0)).toMatchObject({ trusted: true });
});

const year1970 = -t0 + 60_000;
const year2036 = 10 * 365 * 86_400_000;

test.each([
  ['1970', year1970],
  ['ten years ahead', year2036],
  ['an hour slow', -3_600_000],
])('bad input 26: a clock in %s is shifted as a whole, and trusted at the third pack in step', (_, off) => {
  const wrong = device();
  const sends = [0, 5_000, 10_000, 15_000].map((ms) => wrong.send(ms, off + ms, 2_000));
  expect(sends.map(({ at }) => at)).toEqual([-2_000, 3_000, 8_000, 13_000]);
  expect(sends.map(({ trusted }) => trusted)).toEqual([false, false, true, true]);
  expect(sends.every(({ suspect }) => suspect)).toBe(true);
});

test('semantics 10: the shift of a wrong clock holds for its boot too, but no pack comes before it was sent', () => {
  const wrong = device();
  const hour = -3_600_000;
  const late = [0, 400, 100, 900, -300, 0];
  const sends = late.map((delay, at) => wrong.send(at * 5_000 + delay, hour + at * 5_000).at);
  expect(sends).toEqual([0, 5_000, 10_000, 15_000, 19_700, 24_700]);
});

test('semantics 10: an offset that moves is watched anew', () => {
  const wrong = device();
  const hour = -3_600_000;
  const sends = [0, 5_000, 10_000].map((ms) => wrong.send(ms, hour + ms));
  expect(sends[2]?.trusted).toBe(true);
  expect(wrong.send(15_000, hour + 15_000 + offsetJitterMax).trusted).toBe(true);
  expect(wrong.send(100_000, hour + 100_000 - 2 * offsetJitterMax).trusted).toBe(false);
});

test('semantics 10: packs that waited together do not pass for a clock that is wrong', () => {
  const waiting = device();
  waiting.send(0, 0);
  const hour = -3_600_000;
  const flush = [0, 1, 2, 3, 4].map((at) => waiting.send(10_000 + at * 50, hour + at * 5_000));
  expect(flush.map(({ trusted }) => trusted)).toEqual([false, false, false, false, false]);
  expect(waiting.send(15_000, 15_000)).toMatchObject({ at: 15_000, trusted: true, suspect: false });
});

test('semantics 10: without sent it is taken to be receive time', () => {
  const plain = device(undefined);
  expect(plain.send(0, undefined, 4_000)).toEqual({
    at: -4_000,
    life: -4_000,
    trusted: true,
    suspect: false,
  });
  expect(plain.state()).toBe(emptyClock);
});

test('semantics 10: without sent a newest record in the future shifts the pack back', () => {
  expect(device(undefined).send(0, undefined, -7_000)).toMatchObject({ at: 0, life: 0, trusted: true });
  expect(device(undefined).send(0, undefined, -3_600_000)).toMatchObject({
    at: 0,
    trusted: false,
    suspect: true,
  });
});

test.each([
  [clockErrorMax, true],
  [clockErrorMax + 1, false],
])('semantics 10: without sent a newest record %p ms old is trusted: %p', (age, trusted) => {
  expect(device(undefined).send(0, undefined, age)).toMatchObject({ at: -age, trusted });
});

test.each([
  [backlogAgeMax - 1, false],
  [backlogAgeMax, false],
  [backlogAgeMax + 1, true],
])('semantics 10: a record %p ms old is too old: %p', (age, tooOld) => {
  const timing = timePack(emptyClock, { boot: 'b1', sentAtMs: t0, newestMs: t0 - age }, t0);
  expect(timeRecord(timing, t0 - age, t0) === 'too-old').toBe(tooOld);
});

test('semantics 12: a wrong but steady clock gives every record the life of its age', () => {
  const off = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
  const age = fc.integer({ min: 0, max: 86_400_000 });
  fc.assert(
    fc.property(off, age, (offMs, ageMs) => {
      expect(device().send(0, offMs, ageMs).life).toBe(0 - ageMs);
    }),
    { numRuns: 1_000 },
  );
});

test('whatever the clock says: times are instants, none after receipt, and the state stays bounded', () => {
  const pack = fc.record({
    boot: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { nil: undefined }),
    sentAtMs: fc.option(fc.integer({ min: 0, max: 8.64e15 }), { nil: undefined }),
    newestMs: fc.option(fc.integer({ min: -8.64e15, max: 8.64e15 }), { nil: undefined }),
    gap: fc.integer({ min: 0, max: 10 ** 9 }),
  });
  fc.assert(
    fc.property(fc.array(pack, { maxLength: 20 }), (packs) => {
      let state = emptyClock;
      let now = t0 as number;
      for (const { gap, ...times } of packs) {
        now += gap;
        const timing = timePack(state, times, instant(now));
        state = timing.next;
        expect(state.boots.length).toBeLessThanOrEqual(4);
        const record = timeRecord(timing, times.newestMs ?? now, instant(now));
        if (record === 'too-old') continue;
        expect(record.phenomenonAt).toBeLessThanOrEqual(now);
        expect(record.lifeAt).toBeLessThanOrEqual(now);
        expect(Number.isSafeInteger(record.phenomenonAt) && record.phenomenonAt >= 0).toBe(true);
        expect(Number.isSafeInteger(record.lifeAt) && record.lifeAt >= 0).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});
