import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import { memoryWatermarkStore } from '../../functions/adapters/memory/watermark-store.ts';
import { instant } from '../../functions/domain/time.ts';
import { canaryEvery, canaryLostAfter } from '../../functions/domain/watermark.ts';
import { canaryDataCharsMax, canaryInstant, recordCanary } from '../../functions/usecases/canary.ts';
import { testClock } from '../support/clock.ts';

const t0 = 1_000_000_000;
const data = (text: string) => Buffer.from(text).toString('base64');

function open(isHeard = true) {
  const watermark = memoryWatermarkStore();
  const observer = memoryObserver();
  const clock = testClock(t0 + 300);
  let beats = 0;
  const heartbeat = {
    beat: async () => {
      beats += 1;
      return isHeard;
    },
  };
  const record = recordCanary({ watermark, heartbeat, observer, clock });
  return { watermark, observer, clock, record, beats: () => beats };
}

describe('the arrival of a canary', () => {
  test('moves the watermark, is counted and calls the heartbeat', async () => {
    const { watermark, observer, record, beats } = open();
    expect(await record(instant(t0))).toBe('advanced');
    expect((await watermark.read())?.until).toBe(t0);
    expect(observer.total('CanaryArrived')).toBe(1);
    expect(observer.total('CanaryDelay')).toBe(300);
    expect(beats()).toBe(1);
  });

  test('a heartbeat that is not heard is reported and fails nothing', async () => {
    const { observer, record } = open(false);
    expect(await record(instant(t0))).toBe('advanced');
    expect(observer.total('HeartbeatFailed')).toBe(1);
  });

  test('a canary that is no canary moves nothing and calls nobody', async () => {
    const { watermark, observer, record, beats } = open();
    expect(await record(instant(t0 + 1))).toBe('refused');
    expect(await watermark.read()).toBeUndefined();
    expect(observer.total('CanaryArrived')).toBe(0);
    expect(beats()).toBe(0);
  });

  test('canaries of one batch wait for each other instead of racing for the one watermark', async () => {
    const { watermark, observer, clock } = open();
    let atOnce = 0;
    let most = 0;
    const counted: typeof watermark = {
      ...watermark,
      update: async (change) => {
        most = Math.max(most, ++atOnce);
        await Promise.resolve();
        atOnce -= 1;
        return watermark.update(change);
      },
    };
    const heartbeat = { beat: async () => true };
    const record = recordCanary({ watermark: counted, heartbeat, observer, clock });
    const instants = Array.from({ length: 10 }, (_, i) => instant(t0 + (i - 9) * canaryEvery));
    await Promise.all(instants.map(record));
    expect(most).toBe(1);
    expect((await watermark.read())?.until).toBe(t0);
  });

  test('canaries that are given up are reported', async () => {
    const { observer, record, clock } = open();
    await record(instant(t0));
    clock.advance(canaryLostAfter + 2 * canaryEvery);
    await record(instant(t0 + canaryLostAfter + 2 * canaryEvery));
    expect(observer.total('CanarySkipped')).toBe(2);
  });

  test('a repeated canary still shows that messages go the whole way', async () => {
    const { record, beats } = open();
    await record(instant(t0));
    expect(await record(instant(t0))).toBe('repeated');
    expect(beats()).toBe(2);
  });
});

describe('the payload of a canary', () => {
  test('is the instant that was published', () => {
    expect(canaryInstant(data('{"at":1000000000}'))).toBe(1_000_000_000);
  });

  test.each([
    ['', 'nothing'],
    [data('{"at":-1}'), 'a negative instant'],
    [data('{"at":1.5}'), 'no whole milliseconds'],
    [data('{"at":"1"}'), 'a text'],
    [data('{"at":1,"b":2}'), 'an unknown field'],
    [data('{"at":1'), 'cut JSON'],
    [data('null'), 'null'],
    ['%%%', 'no base64'],
  ])('%j (%s) is none', (given) => {
    expect(canaryInstant(given)).toBeUndefined();
  });

  test.each([
    [canaryDataCharsMax, 5],
    [canaryDataCharsMax + 4, undefined],
  ])('of %i characters gives %s', (chars, expected) => {
    const padded = data(`{"at":5}${' '.repeat((chars / 4) * 3 - 8)}`);
    expect(padded).toHaveLength(chars);
    expect(canaryInstant(padded)).toBe(expected);
  });
});
