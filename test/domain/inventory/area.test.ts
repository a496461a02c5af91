import { AreaCode } from '../../../functions/domain/ids.ts';
import {
  Area,
  modeCountMax,
  NewMode,
  registeredModes,
  withMode,
} from '../../../functions/domain/inventory/area.ts';
import { instant } from '../../../functions/domain/time.ts';

const code = AreaCode.parse('2201');
const emergency = { mode: 'emergency', from: 1_000, by: 'iss|lin', reason: 'flood' };
const normal = { mode: 'normal', from: 2_000, by: 'iss|wang', reason: 'it is over' };
const area = {
  area: '2201',
  modes: [emergency, normal],
  ...{ version: 2, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 2_000, updatedBy: 'iss|wang' },
};
const without = (document: object, name: string): object =>
  Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
const takesEntry = (more: object): boolean =>
  Area.safeParse({ ...area, modes: [{ ...emergency, ...more }] }).success;
const lin = (at: number) => ({ by: 'iss|lin', at: instant(at) });
const wang = (at: number) => ({ by: 'iss|wang', at: instant(at) });
const declared = { mode: 'emergency', reason: 'flood' } as const;
const back = { mode: 'normal', reason: 'it is over' } as const;
const entries = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ ...(at % 2 === 0 ? emergency : normal), from: at }));

test('an area is read as it was written', () => {
  expect(Area.parse(area)).toStrictEqual(area);
  expect(NewMode.parse(declared)).toStrictEqual(declared);
});

test.each(Object.keys(area))('an area without %s is refused', (name) => {
  expect(Area.safeParse(without(area, name)).success).toBe(false);
});

test.each(Object.keys(emergency))('a mode of an area without %s is refused', (name) => {
  expect(Area.safeParse({ ...area, modes: [without(emergency, name)] }).success).toBe(false);
});

test('what is declared of a mode is the mode and the reason, and nothing else', () => {
  expect(NewMode.safeParse({ mode: 'normal' }).success).toBe(false);
  expect(NewMode.safeParse({ reason: 'flood' }).success).toBe(false);
  expect(NewMode.safeParse({ ...declared, from: 1 }).success).toBe(false);
  expect(NewMode.safeParse({ ...declared, mode: 'panic' }).success).toBe(false);
});

test('a mode was set by somebody, in a word that is one', () => {
  expect(['', 'i', 'iss|lin'].map((by) => takesEntry({ by }))).toEqual([false, true, true]);
  expect(['normal', 'emergency', 'panic', ''].map((mode) => takesEntry({ mode }))).toEqual([
    ...[true, true, false, false],
  ]);
  expect(takesEntry({ colour: 'red' })).toBe(false);
});

test('a reason has 1 to 1000 characters', () => {
  const lengths = [0, 1, 999, 1000, 1001];
  const expected = [false, true, true, true, false];
  expect(lengths.map((length) => takesEntry({ reason: 'r'.repeat(length) }))).toEqual(expected);
  const fits = (length: number) => NewMode.safeParse({ ...declared, reason: 'r'.repeat(length) }).success;
  expect(lengths.map(fits)).toEqual(expected);
});

test('an area keeps at most 100 modes', () => {
  expect(modeCountMax).toBe(100);
  const fits = (count: number) => Area.safeParse({ ...area, modes: entries(count) }).success;
  expect([0, 1, 99, 100, 101].map(fits)).toEqual([true, true, true, true, false]);
});

test('the first mode of an area is its first version', () => {
  expect(withMode(code, undefined, declared, lin(1_000))).toStrictEqual({
    area: '2201',
    modes: [emergency],
    ...{ version: 1, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 1_000, updatedBy: 'iss|lin' },
  });
});

test('another mode comes after those before, in the next version', () => {
  const before = withMode(code, undefined, declared, lin(1_000));
  expect(withMode(code, before, back, wang(2_000))).toStrictEqual(area);
});

test('the mode that it is in already changes nothing', () => {
  const before = Area.parse(area);
  expect(withMode(code, before, { mode: 'normal', reason: 'again' }, lin(3_000))).toBe(before);
});

test('an area of which no mode is kept takes one', () => {
  const before = Area.parse({ ...area, modes: [] });
  expect(withMode(code, before, back, wang(2_000))).toStrictEqual({
    ...{ ...area, version: 3, modes: [normal] },
  });
});

test('a mode begins after the one before it, whatever the clock says', () => {
  const begins = (at: number) => withMode(code, Area.parse(area), declared, lin(at)).modes.at(-1)?.from;
  expect([0, 1_999, 2_000, 2_001, 2_002].map(begins)).toEqual([2_001, 2_001, 2_001, 2_001, 2_002]);
});

test('the oldest mode goes when there is one too many', () => {
  const starts = (count: number) => {
    const before = Area.parse({ ...area, modes: entries(count) });
    const next = count % 2 === 0 ? declared : back;
    const { modes } = withMode(code, before, next, lin(5_000));
    return [modes.length, modes[0]?.from, modes.at(-1)?.from];
  };
  expect([98, 99, 100].map(starts)).toEqual([
    [99, 0, 5_000],
    [100, 0, 5_000],
    [100, 1, 5_000],
  ]);
});

test('devices carry the modes of the last 32 days, and the one that held when these began', () => {
  const carried = (now: number) => registeredModes(Area.parse(area), instant(now));
  const first = { area: '2201', mode: 'emergency', from: 1_000 };
  const second = { area: '2201', mode: 'normal', from: 2_000 };
  expect(carried(2_000)).toStrictEqual([first, second]);
  expect(carried(2_764_801_000)).toStrictEqual([first, second]);
  expect(carried(2_764_801_999)).toStrictEqual([first, second]);
  expect(carried(2_764_802_000)).toStrictEqual([second]);
  expect(carried(9_000_000_000)).toStrictEqual([second]);
});
