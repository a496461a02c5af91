import {
  emptySilenceWindow,
  mostTogether,
  narrowness,
  type RecentSilence,
  SilenceWindow,
  subjectOfScope,
  withSilences,
} from '../../../functions/domain/alerts/mass-silence.ts';
import { AreaCode, DeviceId, EnterpriseId } from '../../../functions/domain/ids.ts';
import { instant } from '../../../functions/domain/time.ts';

const enterprise = { kind: 'enterprise', enterpriseId: EnterpriseId.parse('ent-1') } as const;
const areaOf = (code: string) => ({ kind: 'area', area: AreaCode.parse(code) }) as const;
const fleet = { kind: 'all' } as const;

const silence = (name: string, ms: number): RecentSilence => ({
  deviceId: DeviceId.parse(name),
  enterpriseId: enterprise.enterpriseId,
  area: AreaCode.parse('220104'),
  at: instant(ms),
});
const remembered = (...silences: readonly RecentSilence[]) =>
  withSilences(emptySilenceWindow, silences).recent.map(({ deviceId, at }) => [deviceId, at]);

describe('scopes', () => {
  test('each is a subject of its own', () => {
    expect(subjectOfScope(enterprise)).toEqual({ kind: 'enterprise', id: 'enterprise/ent-1' });
    expect(subjectOfScope(areaOf('2201'))).toEqual({ kind: 'area', id: 'area/2201' });
    expect(subjectOfScope(fleet)).toEqual({ kind: 'platform', id: 'fleet' });
  });

  test('an enterprise is narrower than any area, an area the narrower the longer its code, the fleet the widest', () => {
    const scopes = [enterprise, areaOf('220104001002'), areaOf('220104'), areaOf('22'), fleet];
    expect(scopes.map(narrowness)).toEqual([100, 12, 6, 2, 0]);
  });
});

describe('the window of silences', () => {
  const window = {
    format: 1,
    recent: [
      { deviceId: 'dev-1', enterpriseId: 'ent-1', area: '220104', at: 1_000 },
      { deviceId: 'dev-2', enterpriseId: 'ent-1', area: '-', at: 2_000 },
    ],
    scopes: [{ id: 'area/2201', at: 2_000 }],
  };
  const [recent] = window.recent;
  const [scope] = window.scopes;

  test('is read as it was written', () => {
    expect(SilenceWindow.parse(window)).toStrictEqual(window);
  });

  test('begins with nothing', () => {
    expect(emptySilenceWindow).toStrictEqual({ format: 1, recent: [], scopes: [] });
  });

  test.each([
    ['another format', { format: 2 }],
    ['an area that is none', { recent: [{ ...recent, area: '' }] }],
    ['a device without a name', { recent: [{ ...recent, deviceId: '' }] }],
    ['a silence at no time', { recent: [{ ...recent, at: undefined }] }],
    ['a silence of which more is said', { recent: [{ ...recent, more: 1 }] }],
    ['a scope at no time', { scopes: [{ id: 'fleet' }] }],
    ['a scope of which more is said', { scopes: [{ ...scope, more: 1 }] }],
    ['more than a window has', { more: 1 }],
    ['no silences', { recent: undefined }],
    ['no scopes', { scopes: undefined }],
  ])('is refused with %s', (_, more) => {
    expect(SilenceWindow.safeParse({ ...window, ...more }).success).toBe(false);
  });

  test('holds the newest silence of a device, in whatever order they are told', () => {
    expect(remembered(silence('a', 10_000), silence('a', 1_000))).toEqual([['a', 10_000]]);
    expect(remembered(silence('a', 1_000), silence('a', 10_000))).toEqual([['a', 10_000]]);
  });

  test('is in the order of time, also where a device fell silent again', () => {
    expect(remembered(silence('a', 1_000), silence('b', 5_000), silence('a', 10_000))).toEqual([
      ['b', 5_000],
      ['a', 10_000],
    ]);
    expect(remembered(silence('b', 5_000), silence('c', 3_000))).toEqual([
      ['c', 3_000],
      ['b', 5_000],
    ]);
  });

  test('forgets what is two minutes older than the newest', () => {
    expect(remembered(silence('a', 1_000), silence('b', 1_001), silence('c', 121_000))).toEqual([
      ['b', 1_001],
      ['c', 121_000],
    ]);
  });
});

describe('the most that fell silent together', () => {
  const together = (near: number, ...silences: readonly RecentSilence[]) =>
    mostTogether(withSilences(emptySilenceWindow, silences), fleet, [instant(near)]);

  test('counts those after the one in question', () => {
    expect(together(1_000, silence('a', 1_000), silence('b', 11_000), silence('c', 60_999))).toBe(3);
  });

  test('counts none of a minute that began after the one in question', () => {
    expect(together(1_000, silence('a', 1_000), silence('b', 71_000), silence('c', 71_001))).toBe(1);
  });

  test('counts none of a minute that ended before the one in question', () => {
    expect(together(71_000, silence('a', 1_000), silence('b', 1_001), silence('c', 71_000))).toBe(1);
  });
});
