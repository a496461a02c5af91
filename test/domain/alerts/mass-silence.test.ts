import {
  emptySilenceWindow,
  fleetMaxFor,
  isMassSilence,
  mostTogether,
  type RecentSilence,
  recentCountMax,
  scopesOf,
  withSilences,
} from '../../../functions/domain/alerts/mass-silence.ts';
import { AreaCode, DeviceId, EnterpriseId } from '../../../functions/domain/ids.ts';
import { instant } from '../../../functions/domain/time.ts';

const t0 = 1_000_000_000;
const silence = (name: string, ms: number, enterprise = 'ent-1', area = '220104'): RecentSilence => ({
  deviceId: DeviceId.parse(name),
  enterpriseId: EnterpriseId.parse(enterprise),
  area: AreaCode.parse(area),
  at: instant(t0 + ms),
});
const enterprise = { kind: 'enterprise', enterpriseId: EnterpriseId.parse('ent-1') } as const;
const together = (silences: readonly RecentSilence[], near = silences) =>
  mostTogether(
    withSilences(emptySilenceWindow, silences),
    enterprise,
    near.map(({ at }) => at),
  );

describe('a mass silence', () => {
  test.each([
    [9, 9, false],
    [10, 10, true],
    [10, 33, true],
    [10, 34, false],
    [30, 100, false],
    [31, 100, true],
    [29, 100, false],
    [12, 40, false],
    [12, 39, true],
  ])('%d of %d devices: %s (more than 30 %%, at least ten)', (silent, total, isMass) => {
    expect(isMassSilence(silent, total)).toBe(isMass);
  });

  test('of more devices than are registered is not known to be one', () => {
    expect(isMassSilence(12, 0)).toBe(false);
  });

  test('counting may stop where the answer is known', () => {
    for (const silent of [10, 11, 12, 13, 100]) {
      expect(isMassSilence(silent, fleetMaxFor(silent))).toBe(false);
      expect(isMassSilence(silent, fleetMaxFor(silent) - 1)).toBe(true);
    }
  });
});

describe('silences within a minute', () => {
  test('a minute is (t - 60 s, t]', () => {
    expect(together([silence('a', 0), silence('b', 59_999)])).toBe(2);
    expect(together([silence('a', 0), silence('b', 60_000)])).toBe(1);
  });

  test('only minutes with the silences in question count', () => {
    const before = [silence('a', 0), silence('b', 1)];
    const late = silence('c', 60_000);
    expect(together([...before, late], [late])).toBe(2);
    expect(together([...before, late], before)).toBe(2);
    expect(together([...before, silence('c', 70_000)], [silence('c', 70_000)])).toBe(1);
  });

  test('a device counts once', () => {
    expect(together([silence('a', 0), silence('a', 10_000), silence('b', 10_000)])).toBe(2);
  });

  test('only those of the scope count', () => {
    expect(together([silence('a', 0), silence('b', 0, 'ent-2')])).toBe(1);
    const window = withSilences(emptySilenceWindow, [silence('a', 0), silence('b', 0, 'ent-2', '2202')]);
    const near = [instant(t0)];
    expect(mostTogether(window, { kind: 'all' }, near)).toBe(2);
    expect(mostTogether(window, { kind: 'area', area: AreaCode.parse('22') }, near)).toBe(2);
    expect(mostTogether(window, { kind: 'area', area: AreaCode.parse('2201') }, near)).toBe(1);
  });

  test('scopes go from the enterprise over its areas to the fleet', () => {
    const ids = scopesOf(silence('a', 0)).map((scope) => ('area' in scope ? scope.area : scope.kind));
    expect(ids).toEqual(['enterprise', '220104', '2201', '22', 'all']);
  });

  test('what is remembered is bounded, the oldest goes first', () => {
    const many = Array.from({ length: recentCountMax + 5 }, (_, i) => silence(`dev-${i}`, i));
    const { recent } = withSilences(emptySilenceWindow, many);
    expect(recent).toHaveLength(recentCountMax);
    expect(recent[0]?.deviceId).toBe('dev-5');
    expect(withSilences({ ...emptySilenceWindow, recent }, [silence('new', 200_000)]).recent).toHaveLength(1);
  });

  test('a device without an area may be part of one of its enterprise and of the fleet', () => {
    const kinds = scopesOf({ ...silence('a', 0), area: '-' }).map(({ kind }) => kind);
    expect(kinds).toEqual(['enterprise', 'all']);
  });

  test('nothing silent is nothing to remember', () => {
    expect(withSilences(emptySilenceWindow, [])).toEqual(emptySilenceWindow);
  });
});
