import {
  type BootClock,
  type ClockState,
  emptyClock,
  timePack,
  timeRecord,
} from '../../../functions/domain/telemetry/clock.ts';
import { instant } from '../../../functions/domain/time.ts';
import { t0 } from './fixtures.ts';

const hour = 3_600_000;

/** Of one pack after the other, all in milliseconds from t0. */
function clock() {
  let state: ClockState = emptyClock;
  return {
    boots: (): readonly BootClock[] => state.boots,
    send(receivedMs: number, sentMs: number | undefined, boot?: string, newestMs = sentMs) {
      const sentAtMs = sentMs === undefined ? undefined : t0 + sentMs;
      const newest = newestMs === undefined ? undefined : t0 + newestMs;
      const timing = timePack(state, { boot, sentAtMs, newestMs: newest }, instant(t0 + receivedMs));
      state = timing.next;
      return timing;
    },
  };
}

test('semantics 10: a correction holds for its boot also when a pack comes after it was sent', () => {
  const ahead = clock();
  ahead.send(0, 10_000, 'b1');
  expect(ahead.send(22_000, 20_000, 'b1')).toStrictEqual({
    shiftMs: -10_000,
    sentAtMs: t0 + 20_000,
    isTrusted: true,
    isClockSuspect: false,
    next: { boots: [{ boot: 'b1', backMs: 10_000, wrong: undefined }] },
  });
});

test('semantics 10: a correction of packs without boot is made for each alone and not kept', () => {
  const ahead = clock();
  expect(ahead.send(0, 10_000).shiftMs).toBe(-10_000);
  expect(ahead.boots()).toEqual([]);
  expect(ahead.send(5_000, 5_000).shiftMs).toBe(0);
});

test('a wrong clock without a boot is watched under an empty text', () => {
  const wrong = clock();
  wrong.send(0, hour);
  expect(wrong.boots()).toStrictEqual([
    {
      boot: '',
      backMs: 0,
      wrong: { offsetMs: -hour, packCount: 1, sentAtMs: t0 + hour, receivedAt: t0 },
    },
  ]);
});

test('semantics 10: without sent a pack of a corrected boot left when it was received, by the clock of the device', () => {
  const ahead = clock();
  ahead.send(0, 10_000, 'b1');
  expect(ahead.send(5_000, undefined, 'b1')).toMatchObject({ shiftMs: -10_000, sentAtMs: t0 + 15_000 });
});

test('semantics 10: the backlog of a corrected clock is trusted when it says when it was sent', () => {
  const ahead = clock();
  ahead.send(0, 10_000, 'b1');
  expect(ahead.send(5_000, 15_000, 'b1', -3 * 24 * hour).isTrusted).toBe(true);
  expect(ahead.send(6_000, undefined, 'b1', -3 * 24 * hour).isTrusted).toBe(false);
});

test('a backlog without sent leaves the clock as it is known', () => {
  const ahead = clock();
  ahead.send(0, 10_000, 'b1');
  const before = ahead.boots();
  ahead.send(6_000, undefined, 'b1', -3 * 24 * hour);
  expect(ahead.boots()).toBe(before);
});

test.each([
  ['stands still', 0, 0],
  ['goes back', 0, -1_000],
  ['stands still while time passes', 5_000, 0],
])('semantics 10: a wrong clock that %s is not trusted', (_, receivedStep, sentStep) => {
  const wrong = clock();
  const trusted = [0, 1, 2, 3].map(
    (at) => wrong.send(at * receivedStep, hour + at * sentStep, 'b1').isTrusted,
  );
  expect(trusted).toEqual([false, false, false, false]);
});

test.each([
  [5_000, true],
  [4_999, false],
])('semantics 10: packs sent 10 s and received %i ms apart prove a wrong clock: %p', (apart, isProof) => {
  const wrong = clock();
  const sends = [0, 1, 2].map((at) => wrong.send(at * apart, hour + at * 10_000, 'b1'));
  expect(sends.map(({ isTrusted }) => isTrusted)).toEqual([false, false, isProof]);
});

test.each([
  [30_000, true],
  [30_001, false],
])('semantics 10: the offset of a wrong clock may move by %i ms: %p', (jitter, isStable) => {
  const wrong = clock();
  for (const at of [0, 1, 2]) wrong.send(at * 5_000, at * 5_000 - hour, 'b1');
  expect(wrong.send(100_000, 100_000 - hour - jitter, 'b1').isTrusted).toBe(isStable);
});

test('semantics 10: a wrong clock is shifted by its least offset, counted to three', () => {
  const wrong = clock();
  const delays = [400, 0, 900, 300];
  for (const [at, delay] of delays.entries()) wrong.send(at * 5_000 + delay, at * 5_000 - hour, 'b1');
  expect(wrong.boots()).toStrictEqual([
    {
      boot: 'b1',
      backMs: 0,
      wrong: {
        offsetMs: hour,
        packCount: 3,
        sentAtMs: t0 + 15_000 - hour,
        receivedAt: t0 + 15_300,
      },
    },
  ]);
});

test('a clock that is set right is forgotten, the clocks of other boots are not', () => {
  const device = clock();
  device.send(0, 10_000, 'b1');
  device.send(1_000, hour, 'b2');
  device.send(2_000, 2_000, 'b2');
  expect(device.boots()).toStrictEqual([{ boot: 'b1', backMs: 10_000, wrong: undefined }]);
});

test('the four boots whose clocks were used last are known', () => {
  const device = clock();
  for (const [at, boot] of ['b1', 'b2', 'b3', 'b1', 'b4', 'b5'].entries())
    device.send(at * 1_000, at * 1_000 + 10_000 + at, boot);
  expect(device.boots().map(({ boot }) => boot)).toEqual(['b3', 'b1', 'b4', 'b5']);
});

test('a record is never of a time before 1970, nor its sign of life', () => {
  const timing = timePack(emptyClock, { boot: 'b1', sentAtMs: 1_000, newestMs: 0 }, instant(1_000));
  expect(timeRecord(timing, -5_000, instant(1_000))).toStrictEqual({
    phenomenonAt: 0,
    lifeAt: 0,
    isTrusted: true,
  });
});
