import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import {
  type Cell,
  type Machine,
  never,
  newCell,
  newMachine,
  type Phase,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { step } from '../../../../functions/domain/rules/engine/step.ts';
import type { ReadingsInput, TimeInput } from '../../../../functions/domain/rules/engine/step-input.ts';
import { recordedLast } from '../../../../functions/domain/rules/engine/surroundings.ts';
import { minutes } from '../../../../functions/domain/time.ts';
import { at, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { type GivenSeverity, ruleOf } from '../../../support/engine/rules.ts';

const { idle, pending, active } = phases;
const levels: GivenSeverity[] = [
  { severity: 'orange', at: 1 },
  { severity: 'red', at: 2 },
];
const { quality } = ruleOf();
const condition = conditionOf(
  ruleOf({
    levels,
    silent: { afterMs: minutes(60), severity: 'yellow' },
    quality: { ...quality, maintenance: 'ignore' },
  }),
);

const machine = (phase: Phase, given: Partial<Machine> = {}): Machine => ({
  ...newMachine(),
  since: phase === idle ? never : at(0),
  ...given,
  phase,
});
/** Orange is raised and told unless told otherwise. */
const cellOf = ({ machines = [machine(active), machine(idle)], ...given }: Partial<Cell> = {}): Cell => ({
  ...newCell(0, at(0)),
  evaluatedAt: at(0),
  toldRank: 3,
  ...given,
  machines: machines.map((one) => ({ ...one, spans: [...one.spans] })),
});
const readings = (...given: readonly GivenReading[]): ReadingsInput => ({
  kind: 'readings',
  isLate: false,
  at: at(6),
  readings: given.map((one, index) => readingOf(one, 6, index)),
});
const late = (given: GivenReading): ReadingsInput => ({ ...readings(given), isLate: true });
/** Time that changes nothing of what is raised. */
const time = (given: Partial<TimeInput> = {}): TimeInput => ({
  ...{ kind: 'time', event: 'unknown', at: at(9), index: 0, value: 7, quality: 'fault' },
  ...given,
});
const told = (of: Condition, cell: Cell, input: ReadingsInput | TimeInput) => {
  const { transition } = step(of, cell, input);
  return transition && [transition.change, transition.severity, transition.trigger, ...transition.marks];
};

const both = [machine(active), machine(active)];
const none = [machine(idle), machine(idle)];
test.each<
  [string, Partial<Cell>, readonly [change: string, severity: string, condition: string] | undefined]
>([
  ['the first severity', { toldRank: never }, ['raised', 'orange', 'firing']],
  ['nothing', { toldRank: never, machines: none }, undefined],
  ['the same', {}, undefined],
  ['a higher one', { machines: both }, ['severity-up', 'red', 'firing']],
  ['a higher one that is stale', { machines: both, isStale: true }, ['severity-up', 'red', 'stale']],
  ['a lower one', { toldRank: 4 }, ['severity-down', 'orange', 'firing']],
  ['none any more', { machines: none }, ['recovered', 'orange', 'recovered']],
  ['none any more, stale', { machines: none, isStale: true, toldRank: 4 }, ['recovered', 'red', 'recovered']],
  ['the same, stale now', { isStale: true }, ['stale', 'orange', 'stale']],
  ['the same, stale as before', { isStale: true, wasToldStale: true }, undefined],
  ['the same, stale no longer', { wasToldStale: true }, ['firing-again', 'orange', 'firing']],
])('where what stands is %s, that is told', (_, given, expected) => {
  const cell = cellOf(given);
  const { transition, verdict } = step(condition, cell, time());
  expect(transition && [transition.change, transition.severity, transition.condition]).toEqual(expected);
  expect(verdict).toBeUndefined();
  const rank = [never, 3, 4][cell.machines.filter(({ phase }) => phase === active).length];
  expect([cell.toldRank, cell.wasToldStale]).toEqual([rank, rank !== never && cell.isStale]);
  expect(step(condition, cell, time()).transition).toBeUndefined();
});

test('late breaches are counted within an episode', () => {
  const [open, over] = [cellOf({ lateCount: 3 }), cellOf({ lateCount: 3, machines: none })];
  step(condition, open, time());
  step(condition, over, time());
  expect([open.lateCount, over.lateCount]).toEqual([3, 0]);
});

test('what readings cause is told with their time, and with the value and the quality of the one shown', () => {
  const { transition, verdict } = step(condition, cellOf(), readings({ t: 5, v: 0 }, { t: 5, v: 2 }));
  expect(transition).toMatchObject({
    ...{ ruleId: 'test.rule', ruleVersion: 'v1', sensorId: 'ch4', change: 'severity-up', severity: 'red' },
    ...{ phenomenonAt: at(5), at: at(6), trigger: 'reading', marks: [], value: 2, quality: 'good' },
  });
  expect(verdict?.readings).toHaveLength(2);
});

test('what time causes is told with its instant, and with the newest value and quality of the sensor', () => {
  expect(step(condition, cellOf({ toldRank: 4 }), time()).transition).toMatchObject({
    ...{ phenomenonAt: at(9), at: at(9), trigger: 'unknown', marks: [], value: 7, quality: 'fault' },
  });
});

test('a reading that says nothing to the rule tells what has been to tell, with its own value', () => {
  const input = readings({ t: 5, v: 3, q: 'maintenance' });
  const { verdict, transition } = step(condition, cellOf({ toldRank: 4 }), input);
  expect(verdict).toBeUndefined();
  expect(transition).toMatchObject({ change: 'severity-down', value: 3, quality: 'maintenance' });
});

test('without any reading there is no value to tell', () => {
  for (const isLate of [true, false])
    expect(step(condition, cellOf({ toldRank: 4 }), { ...readings(), isLate }).transition).toMatchObject({
      ...{ phenomenonAt: at(6), trigger: 'reading', value: undefined, quality: 'good' },
    });
});

const up = { toldRank: 2 };
test.each<[string, ReadingsInput, Partial<Cell>, readonly string[]]>([
  ['a good reading', readings({ t: 5, v: 1 }), up, ['severity-up', 'orange', 'reading']],
  ['a fault', readings({ t: 5, q: 'fault' }), up, ['severity-up', 'orange', 'quality', 'quality']],
  ['an unknown state', readings({ t: 5, q: 'unknown' }), up, ['severity-up', 'orange', 'quality', 'quality']],
  [
    'one over range',
    readings({ t: 5, q: 'over-range' }),
    up,
    ['severity-up', 'red', 'quality', 'over-range'],
  ],
  [
    'one of two over range, the other a fault',
    readings({ t: 5, q: 'fault' }, { t: 5, q: 'over-range' }),
    up,
    ['severity-up', 'red', 'quality', 'over-range', 'quality'],
  ],
  [
    'a held one',
    readings({ t: 5, v: 1, q: 'calibrating' }),
    up,
    ['severity-up', 'orange', 'reading', 'held'],
  ],
  [
    'a held one at the end',
    readings({ t: 5, v: 0, q: 'calibrating' }),
    { machines: none },
    ['recovered', 'orange', 'reading'],
  ],
  ['a late one', late({ t: -5, v: 2 }), {}, ['severity-up', 'red', 'reading', 'late']],
  [
    'one not trusted',
    late({ t: 5, v: 2, trusted: false }),
    {},
    ['severity-up', 'red', 'reading', 'untrusted'],
  ],
])('the reason and the marks of what %s tells', (_, input, given, expected) => {
  expect(told(condition, cellOf(given), input)).toEqual(expected);
});

const waiting = { phase: pending, deadlineAt: at(9) };
test.each<[TimeInput['event'], Partial<Machine>, readonly string[]]>([
  ['deadline', { ...waiting, isHeld: true }, ['raised', 'orange', 'deadline', 'held']],
  ['deadline', waiting, ['raised', 'orange', 'deadline']],
  ['hold-ended', { ...waiting, isHeld: true }, ['raised', 'orange', 'hold-ended', 'held']],
  ['hold-ended', waiting, ['raised', 'orange', 'hold-ended', 'held']],
  ['silence', { ...waiting, isHeld: true }, ['raised', 'yellow', 'silence']],
])('semantics 5: what %s raises is held where its run was: %j', (event, given, expected) => {
  const raised = event === 'hold-ended' ? { spans: [1, at(0), at(0)] } : {};
  const machines = [{ ...machine(pending), ...given, ...raised }, machine(idle)];
  expect(told(condition, cellOf({ toldRank: never, machines }), time({ event }))).toEqual(expected);
});

const held = (t: number, v: number) => readings({ t, v, q: 'calibrating' });
test('semantics 5: what the end of a hold raises is told so, and nothing else at its end or after it', () => {
  const hold = { holdAt: at(-1_800), holdReceivedAt: at(-1_800), evaluatedAt: at(0) };
  const run = [machine(pending, { isHeld: true, spans: [2, at(-1_800), at(0)] }), machine(idle)];
  const fresh = { ...hold, toldRank: never, machines: run };
  expect(told(condition, cellOf(fresh), held(5, 1))).toEqual(['raised', 'orange', 'hold-ended', 'held']);
  expect(told(condition, cellOf({ ...hold, toldRank: 2 }), held(5, 0))).toEqual([
    ...['severity-up', 'orange', 'reading', 'held'],
  ]);
  expect(told(condition, cellOf({ ...fresh, isHoldOver: true }), held(5, 1))?.[2]).toBe('reading');
});

const hours = scheduleOf([[22 * 60 + 14, 22 * 60 + 15]]);
const byDay = ruleOf({
  levels: [{ severity: 'yellow', at: 1 }],
  silent: { afterMs: minutes(60), severity: 'blue' },
});
/** Listens from second 40 to second 100. */
const inHours = conditionOf({
  ...byDay,
  severities: byDay.severities.map((one) => ({ ...one, schedule: hours })),
});
const standing = (closed: readonly number[] = []) =>
  cellOf({
    toldRank: 2,
    evaluatedAt: at(50),
    machines: [machine(active, { since: at(50), deadlineAt: at(100), spans: [1, at(50), at(50)], closed })],
  });
const closings = [1, 2, 2, 3, 4, 4];
const runs = [1, 2, 3, 4, 5, 6];

test.each([[[]], [closings], [runs]])(
  'semantics 16: what a closing has ended says so on the reading after it, whatever was before: %j',
  (closed) => {
    expect(told(inHours, standing(closed), readings({ t: 101, v: 1 }))).toEqual([
      ...['recovered', 'yellow', 'schedule-ended'],
    ]);
  },
);

test.each([[[]], [closings], [runs]])(
  'semantics 16: what a clear run has ended, or what stands, is told by the reading, whatever was before: %j',
  (closed) => {
    const cell = standing(closed);
    expect(told(inHours, cell, readings({ t: 60, v: 0 }))).toBeUndefined();
    expect(told(inHours, cell, readings({ t: 70, v: 0 }))).toEqual(['recovered', 'yellow', 'reading']);
    expect(told(inHours, { ...standing(closed), toldRank: 1 }, readings({ t: 60, v: 1 }))).toEqual([
      ...['severity-up', 'yellow', 'reading'],
    ]);
  },
);

test('semantics 25: the record says what the cell was before the step and after it', () => {
  const cell = cellOf();
  const { transition } = step(condition, cell, readings({ t: 5, v: 2 }));
  cell.machines = [];
  const { before, after } = JSON.parse(transition?.because ?? '{}');
  expect([before.toldRank, after.toldRank, before.evaluatedAt, after.evaluatedAt]).toEqual([
    3,
    4,
    at(0),
    at(5),
  ]);
  expect([before.machines[1].phase, after.machines[1].phase]).toEqual([undefined, active]);
});

test('a step that tells nothing says what its reading said all the same', () => {
  const { verdict, transition } = step(condition, cellOf(), readings({ t: 5, v: 1 }));
  expect([verdict?.readings.length, transition]).toEqual([1, undefined]);
});

test('semantics 9: a late reading leaves the newest instant that was judged', () => {
  const cell = cellOf();
  expect(step(condition, cell, late({ t: -5, v: 2 })).verdict?.shown.value).toBe(2);
  expect(cell.evaluatedAt).toBe(at(0));
});

test('semantics 25: time that asks no reading records nothing that was asked', () => {
  const { transition } = step(condition, cellOf({ toldRank: 4 }), time(), recordedLast([]));
  expect(JSON.parse(transition?.because ?? '{}').asked).toBeUndefined();
});

test('semantics 16: a closing ends one severity of several, and a raise inside the hours is told by its reading', () => {
  const rule = ruleOf({ levels: [{ severity: 'yellow', at: 1 }, ...levels.slice(1)] });
  const silent = { afterMs: minutes(60), severity: 'blue' as const };
  const mixed = conditionOf({
    ...{ ...rule, silent },
    severities: rule.severities.map((one, i) => (i === 0 ? { ...one, schedule: hours } : one)),
  });
  const cell = { ...standing(), machines: [...standing().machines, machine(idle)] };
  expect(told(mixed, cell, readings({ t: 101, v: 1 }))).toEqual(['recovered', 'yellow', 'schedule-ended']);
  const calm = { ...standing(), toldRank: never, machines: [machine(idle)] };
  expect(told(inHours, calm, readings({ t: 60, v: 1 }))).toEqual(['raised', 'yellow', 'reading']);
});
