import { gatewaySilence, isSilent, withNames } from '../../../functions/domain/alerts/gateway-silence.ts';
import { DeviceId } from '../../../functions/domain/ids.ts';

const id = (i: number) => DeviceId.parse(`dev-${i}`);
/** Devices with the seconds of their last signs and of their silences. */
const signsOf = (...devices: readonly (readonly [signS: number, afterS: number])[]) =>
  new Map(devices.map(([sign, after], i) => [id(i), { signAt: sign * 1000, silentAfterMs: after * 1000 }]));

describe('semantics 12: a gateway is silent', () => {
  test.each([
    [29.999, false],
    [30, false],
    [30.001, true],
  ])('30 s after the newest sign of any device behind it, asked after %s s: %s', (proven, is) => {
    const signs = signsOf([-10, 30], [0, 30]);
    const found = gatewaySilence(signs, [id(0)], proven * 1000);
    expect(found !== undefined).toBe(is);
    if (is) expect(found).toEqual({ newestSignAt: 0, silent: new Set([id(0), id(1)]) });
  });

  test.each([
    [1, 0, false],
    [2, 0, true],
    [2, 4, true],
    [3, 7, false],
    [4, 9, true],
  ])('with %d devices silent and %d merely slow: %s', (silent, slow, is) => {
    const signs = signsOf(
      ...Array.from({ length: silent }, () => [0, 30] as const),
      ...Array.from({ length: slow }, () => [0, 300] as const),
    );
    expect(gatewaySilence(signs, [id(0)], 31_000) !== undefined).toBe(is);
  });

  test('not by a device of which nothing is known', () => {
    expect(gatewaySilence(signsOf([0, 30], [0, 30]), [id(7)], 31_000)).toBeUndefined();
    expect(gatewaySilence(new Map(), [id(0)], 31_000)).toBeUndefined();
  });

  test('when one of the devices whose silence falls due is as impatient as that', () => {
    const found = gatewaySilence(signsOf([0, 30], [0, 30], [0, 300]), [id(0), id(2)], 31_000);
    expect(found).toEqual({ newestSignAt: 0, silent: new Set([id(0), id(1)]) });
  });

  test('not yet at the very end of the silence, whoever else has been silent for longer', () => {
    const signs = signsOf([-10, 30], [-10, 30], [0, 30]);
    expect(gatewaySilence(signs, [id(0)], 30_000)).toBeUndefined();
    expect(gatewaySilence(signs, [id(0)], 30_001)?.silent.size).toBe(3);
  });

  test('a device is silent once more than its time has passed', () => {
    expect(isSilent({ signAt: 1_000, silentAfterMs: 30_000 }, 31_000)).toBe(false);
    expect(isSilent({ signAt: 1_000, silentAfterMs: 30_000 }, 31_001)).toBe(true);
  });
});

test('names are told as far as they fit, the rest is counted, and both languages stay within an advice', () => {
  const names = Array.from({ length: 200 }, (_, i) => `${'x'.repeat(60)}-${i}`);
  const advice = { zh: '检查网关', en: 'Check the gateway' };
  expect(withNames(advice, ['a', 'b'])).toEqual({
    zh: '检查网关。其下设备：a、b',
    en: 'Check the gateway. Behind it: a, b',
  });
  const { zh, en } = withNames(advice, names);
  expect(en).toMatch(/ and 196 more$/);
  expect(zh).toMatch(/等 200 台$/);
  expect(Math.max(zh.length, en.length)).toBeLessThan(500);
});

test('names of 300 characters with what stands between them still fit', () => {
  const advice = { zh: '检查网关', en: 'Check the gateway' };
  const names = ['a'.repeat(148), 'b'.repeat(148)];
  expect(withNames(advice, names).en).toMatch(/, b{148}$/);
  expect(withNames(advice, [...names, 'c']).en).toMatch(/, b{148} and 1 more$/);
  expect(withNames(advice, ['a'.repeat(148), 'b'.repeat(149)]).en).toMatch(/: a{148} and 1 more$/);
});
