import { calmGapMs, forEver, rest, restUntil } from '../../../../functions/domain/rules/engine/calm.ts';
import { newCell, noBand, type Phase, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { cellOf, conditionWith, saying, sensorCellOf } from '../../../support/engine/cells.ts';
import { machineOf } from '../../../support/engine/counting.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const [bound] = boundTo(ruleOf()).sensors;
if (bound === undefined) throw new Error('a device without a sensor');
const { idle, pending, active, clearing } = phases;

describe('the conditions on a calm sensor alone rest', () => {
  const band = { ...noBand, dueAt: 50_000 };
  const calm = { isCalm: true, band, lifeAt: 0, lifeSetAt: 0 };

  test.each([
    ['until it falls silent (semantics 12)', calm, 30_000],
    ['until it falls silent, counted from its last sign of life', { ...calm, lifeAt: 5_000 }, 35_000],
    ['not before the message that told of that life', { ...calm, lifeSetAt: 40_000 }, 40_000],
    ['until something else falls due', { ...calm, lifeAt: 25_000 }, 50_000],
    [
      'until something else falls due, however late its life was told',
      { ...calm, lifeSetAt: 60_000 },
      50_000,
    ],
  ])('%s', (_, sensor, until) => {
    expect(restUntil(sensorCellOf(sensor), bound)).toBe(until);
  });

  test('only if it is calm, all were asked, and there are some', () => {
    expect(restUntil(sensorCellOf({ ...calm, isCalm: false }), bound)).toBeUndefined();
    expect(restUntil(sensorCellOf({ ...calm, band: noBand }), bound)).toBeUndefined();
    expect(restUntil(sensorCellOf(calm), { ...bound, alone: [] })).toBeUndefined();
  });
});

test.each<readonly [string, readonly Phase[], number]>([
  ['while nothing is raised', [idle, idle], forEver],
  ['while something is', [idle, active], forEver],
  ['without a severity', [], forEver],
  ['but silence in a `for`', [pending, idle], 30_000],
  ['but silence in the `for` of a graver one', [active, pending], 30_000],
  ['but silence in a clear run', [idle, clearing], 30_000],
])('semantics 7: no stretch without a reading is a gap to a timer, %s', (_, of, gapMs) => {
  const cell = cellOf(of.map((phase) => machineOf({ phase })));
  expect(calmGapMs(conditionWith([saying(false)]), cell)).toBe(gapMs);
});

describe('a calm instant', () => {
  const cell = () => ({ ...newCell(1, at(10)), evaluatedAt: at(10), lifeSetAt: at(11) });

  test('moves a cell on, and notes the newer sign of life and when it was told', () => {
    const rested = cell();
    rest(rested, readingOf({ t: 20, life: 19 }, 20), at(25));
    expect(rested).toEqual({
      ...cell(),
      evaluatedAt: at(20),
      isCalm: true,
      lifeAt: at(19),
      lifeSetAt: at(25),
    });
  });

  test.each([9, 10])('tells nothing new with a sign of life at second %d when one at 10 is known', (life) => {
    const rested = cell();
    rest(rested, readingOf({ t: 20, life }, 20), at(25));
    expect(rested).toEqual({ ...cell(), evaluatedAt: at(20), isCalm: true });
  });
});
