import { type Cell, type Machine, never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, type GivenReading } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { machineOf } from '../../../support/engine/counting.ts';
import { applied, registeredCell } from '../../../support/engine/instants.ts';
import { ruleOf } from '../../../support/engine/rules.ts';

const { isTrue: T, held: H } = spanKinds;
const { idle, pending, active } = phases;
const q = 'calibrating' as const;
/** A hold of 100 s at most. */
const holding = (forS = 0, maxHoldS = 100, severity: 'orange' | 'red' = 'orange') =>
  conditionOf(ruleOf({ levels: [{ severity, at: 1, forS }], maxHoldMs: seconds(maxHoldS) }));
const plain = holding();
/** Since second 10, told at second 15. */
const held = { evaluatedAt: at(20), holdAt: at(10), holdReceivedAt: at(15) };
const standing = (given: Partial<Machine> = {}): Machine =>
  machineOf({
    phase: pending,
    since: at(10),
    deadlineAt: at(115),
    isHeld: true,
    spans: [H, at(10), at(20)],
    ...given,
  });

const stepped = (
  of: Partial<Cell>,
  machine: Machine,
  given: GivenReading,
  receivedS = given.t,
  condition = plain,
) => applied(condition, registeredCell(of, machine), given, receivedS);
const holdIn = ({ holdAt, holdReceivedAt, isHoldOver }: Cell) => [holdAt, holdReceivedAt, isHoldOver];

test.each<[string, Partial<Cell>, GivenReading, number, readonly unknown[]]>([
  ['begins at the first held reading', {}, { t: 5, v: 0, q }, 7, [at(5), at(7), false]],
  ['goes on', held, { t: 30, v: 0, q }, 31, [at(10), at(15), false]],
  ['goes on through what says nothing of it', held, { t: 120, q: 'unknown' }, 120, [at(10), at(15), false]],
  ['ends with a good reading', { ...held, isHoldOver: true }, { t: 30, v: 0 }, 31, [never, never, false]],
  ['goes on just before its longest', held, { t: 109.999, v: 0, q }, 114.999, [at(10), at(15), false]],
  ['is over at its longest by its readings', held, { t: 110, v: 0, q }, 110, [at(10), at(15), true]],
  ['is over at its longest by its messages', held, { t: 30, v: 0, q }, 115, [at(10), at(15), true]],
  ['stays over', { ...held, isHoldOver: true }, { t: 30, v: 0, q }, 30, [at(10), at(15), true]],
])('semantics 5: a hold %s', (_, of, given, receivedS, expected) => {
  expect(holdIn(stepped(of, machineOf(), given, receivedS))).toEqual(expected);
});

test.each<[string, Partial<Cell>, GivenReading, number]>([
  ['good', {}, { t: 5, v: 0, life: 4 }, 4],
  ['held', held, { t: 30, v: 0, q, life: 29 }, 29],
  ['held, with the hold over', held, { t: 110, v: 0, q, life: 109 }, 0],
  ['faulty', {}, { t: 5, v: 0, q: 'fault', life: 4 }, 0],
])('semantics 12: a sign of life of a reading that is %s', (_, of, given, life) => {
  const cell = stepped(of, machineOf(), given, 114);
  expect(cell.lifeAt).toBe(at(life));
  expect(cell.lifeSetAt).toBe(at(life === 0 ? 0 : 114));
});

test('semantics 5: a held breach waits for the end of the hold, or for its own deadline', () => {
  const [short] = stepped({}, machineOf(), { t: 5, v: 1, q }).machines;
  expect(short).toEqual(standing({ since: at(5), deadlineAt: at(105), spans: [H, at(5), at(5)] }));
  const [long] = stepped({}, machineOf(), { t: 5, v: 1, q }, 5, holding(80)).machines;
  expect(long?.deadlineAt).toBe(at(115));
});

test('semantics 5: red is never delayed, nor anything once the hold is over', () => {
  const [red] = stepped({}, machineOf(), { t: 5, v: 1, q }, 5, holding(0, 100, 'red')).machines;
  expect([red?.phase, red?.isHeld]).toEqual([active, false]);
  const [orange] = stepped({ ...held, isHoldOver: true }, machineOf(), { t: 30, v: 1, q }).machines;
  expect([orange?.phase, orange?.isHeld]).toEqual([active, false]);
});

test.each<[string, GivenReading, Machine['phase'], boolean]>([
  ['a held breach', { t: 30, v: 1, q }, pending, true],
  ['a held normal', { t: 30, v: 0, q }, pending, true],
  ['a bad reading', { t: 30, q: 'unknown' }, pending, true],
  ['a good breach', { t: 30, v: 1 }, active, false],
  ['a good reading without a value', { t: 30 }, active, false],
  ['a reading out of range', { t: 30, q: 'over-range' }, active, false],
  ['a good normal', { t: 30, v: 0 }, idle, false],
])('semantics 5: a run that is held, after %s', (_, given, phase, isHeld) => {
  expect(stepped(held, standing(), given).machines).toMatchObject([{ phase, isHeld }]);
});

test.each([
  [200, 81],
  [70, 70],
])(
  'semantics 5, 8: a run that is held no more keeps its deadline at %i or has that of any other',
  (deadline, expected) => {
    const machine = standing({ deadlineAt: at(deadline) });
    expect(stepped(held, machine, { t: 30, v: 1 }, 30, holding(21)).machines).toMatchObject([
      { phase: pending, since: at(10), isHeld: false, deadlineAt: at(expected) },
    ]);
  },
);

test('semantics 5: a run that was never held stays free under a bad reading, and keeps its deadline under a held one', () => {
  const free = standing({ isHeld: false, deadlineAt: at(200), spans: [T, at(10), at(20)] });
  expect(stepped(held, free, { t: 25, v: 1, q }, 25, holding(20)).machines).toMatchObject([
    { phase: pending, isHeld: false, deadlineAt: at(200) },
  ]);
  expect(stepped(held, free, { t: 30, q: 'unknown' }, 30, holding(20)).machines).toMatchObject([
    { phase: active },
  ]);
});

test.each<[string, Partial<Cell>, number, Machine['phase']]>([
  ['raises when the hold ends', held, 100, active],
  ['goes on waiting while it lasts', held, 101, pending],
  ['was raised, or not, when it ended before', { ...held, isHoldOver: true }, 100, pending],
  ['is none of a hold that has just begun', { evaluatedAt: at(20) }, 0, pending],
])('semantics 5: what stands through a hold %s', (_, of, maxHoldS, phase) => {
  const normal: GivenReading = { t: 110, v: 0, q };
  expect(stepped(of, standing(), normal, 110, holding(10, maxHoldS)).machines).toMatchObject([{ phase }]);
});
