import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { type Cell, type Machine, never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { applyLimitChange } from '../../../../functions/domain/rules/engine/limit-change.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { duration } from '../../../../functions/domain/time.ts';
import { at, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { machineOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { registeredCell } from '../../../support/engine/instants.ts';
import { device, type GivenSeverity, ruleOf } from '../../../support/engine/rules.ts';
import { overrideOf } from '../../../support/overrides.ts';

const { isFalse: F, isTrue: T, held: H } = spanKinds;
const { idle, pending, active, clearing } = phases;

/** From second 20 on orange is 0.8 instead of 1. */
const changed = (rule: Rule) => conditionOf(rule, { ...device(), overrides: [overrideOf({ from: at(20) })] });
const orangeWith = (given: Partial<GivenSeverity> = {}) =>
  changed(ruleOf({ levels: [{ severity: 'orange', at: 1, ...given }] }));

interface Given {
  readonly condition?: ReturnType<typeof changed>;
  readonly last?: GivenReading | undefined;
  readonly goodS?: number;
  readonly atS?: number;
}

/** The cell after second 20, or later, has brought the change. */
function met(
  cell: Cell,
  { condition = orangeWith(), last = { t: 5, v: 0.9 }, goodS, atS = 20 }: Given = {},
): Cell {
  applyLimitChange(condition, cell, {
    at: at(atS),
    index: condition.eras.at(-1)?.key ?? 0,
    last: readingOf(last, last.t),
    around: undefined,
    ...(goodS === undefined ? {} : { goodAt: at(goodS) }),
  });
  return cell;
}
const machineAfter = (of: Partial<Machine>, given: Given = {}): Machine => {
  const machine = machineOf(of);
  met(registeredCell({}, machine), given);
  return machine;
};
const waiting = { phase: pending, since: at(0), deadlineAt: at(50) } as const;

test('semantics 22: the era is met, also where there is nothing to judge', () => {
  const condition = orangeWith();
  const key = condition.eras.at(-1)?.key ?? 0;
  const cell = registeredCell({}, machineOf());
  applyLimitChange(condition, cell, { at: at(20), index: key, last: undefined, around: undefined });
  expect([cell.limitsKey, cell.machines]).toEqual([key, [machineOf()]]);
  expect(met(registeredCell({}, machineOf())).limitsKey).toBe(key);
});

test.each<[string, Given, Machine['phase'], number]>([
  ['a breach of the limit raises since the limit holds', {}, active, 20],
  [
    'a value from after its beginning is a breach since it was read',
    { last: { t: 25, v: 0.9 }, atS: 26 },
    active,
    25,
  ],
  ['or since it was read before a bad one', { last: { t: 30, v: 0.9 }, goodS: 25, atS: 31 }, active, 25],
  ['what is no breach of the limit raises nothing', { last: { t: 5, v: 0.7 } }, idle, never],
  ['what is unknown raises nothing', { last: { t: 5, v: Number.NaN } }, idle, never],
])('semantics 22: %s', (_, given, phase, since) => {
  expect(machineAfter({}, given)).toMatchObject({ phase, since: since === never ? never : at(since) });
});

test('semantics 8, 22: a `for` begins with the limit, and time raises it after the grace, by when the change was met', () => {
  const given = { condition: orangeWith({ forS: 10 }), atS: 23 };
  expect(machineAfter({}, given)).toEqual(machineOf({ phase: pending, since: at(20), deadlineAt: at(63) }));
});

test('semantics 22: a run that waits, or what is raised, goes on as it was', () => {
  const raised = { phase: active, since: at(0), deadlineAt: at(70) } as const;
  expect(machineAfter({ ...waiting, deadlineAt: at(90) })).toEqual(
    machineOf({ ...waiting, deadlineAt: at(90) }),
  );
  expect(machineAfter(raised)).toEqual(machineOf(raised));
});

describe('semantics 5, 22: a run that was held is free', () => {
  const held = { ...waiting, isHeld: true };

  test.each([
    [0, 20, active, 0],
    [0, 21, pending, 0],
    [25, 0, active, 20],
    [25, 1, pending, 20],
  ])('since %i with a `for` of %i s', (since, forS, phase, start) => {
    const machine = machineAfter({ ...held, since: at(since) }, { condition: orangeWith({ forS }) });
    expect(machine).toMatchObject({ phase, since: at(start), isHeld: false });
  });

  test.each([
    [79, 79],
    [90, 80],
  ])('and keeps its deadline at %i, or has that of any other', (deadline, expected) => {
    const of = { ...held, deadlineAt: at(deadline) };
    expect(machineAfter(of, { condition: orangeWith({ forS: 30 }) }).deadlineAt).toBe(at(expected));
  });
});

describe('semantics 22: a clear run goes on', () => {
  const run = { phase: clearing, since: at(0), clearSince: at(5) } as const;

  test.each<[string, number, Partial<GivenSeverity>, Machine['phase']]>([
    ['while the value is clear', 0.4, { below: 0.5 }, clearing],
    ['not where it is not clear', 0.5, { below: 0.5 }, active],
    ['where there is no `clear` and it is no breach', 0.7, {}, clearing],
    ['not where it is a breach', 0.8, {}, active],
    ['not where it is a breach, whatever `clear` says', 0.8, { below: 2 }, active],
    ['not where it is unknown', Number.NaN, {}, active],
  ])('%s', (_, v, given, phase) => {
    const machine = machineAfter(run, { condition: orangeWith(given), last: { t: 5, v } });
    expect([machine.phase, machine.clearSince]).toEqual([phase, phase === clearing ? at(5) : never]);
  });
});

const normal = { t: 10, v: 0.7 };

test.each<[string, Partial<Machine>, Given, Machine['phase']]>([
  ['with a value after its last breach', { spans: [T, at(0), at(9)] }, { last: normal }, idle],
  ['with the value of its last breach', { spans: [T, at(0), at(10)] }, { last: normal }, idle],
  ['not with a breach after the value', { spans: [H, at(11), at(11)] }, { last: normal }, pending],
  ['with a value after its beginning, of which no more is known', {}, { last: normal }, idle],
  ['not with a value before its beginning', { since: at(11) }, { last: normal }, pending],
  [
    'not with a value that is judged after it but was read before',
    { spans: [T, at(9), at(9)] },
    { last: normal, goodS: 8 },
    pending,
  ],
  ['with a value that was read after it', { spans: [T, at(9), at(9)] }, { last: normal, goodS: 9 }, idle],
  ['not with one that is not good', {}, { last: { ...normal, q: 'unknown' } }, pending],
  ['not with one that is unknown', {}, { last: { t: 10 } }, pending],
])('semantics 5, 22: a run that waits ends %s', (_, of, given, phase) => {
  expect(
    machineAfter({ ...waiting, ...of, spans: [F, at(-1), at(-1), ...(of.spans ?? [])] }, given).phase,
  ).toBe(phase);
});

test('semantics 22: what is raised or rests is ended by no value', () => {
  expect(machineAfter({ phase: active, since: at(0) }, { last: normal }).phase).toBe(active);
  expect(machineAfter({ gaps: [1, 2] }, { last: normal }).gaps).toEqual([1, 2]);
});

describe('semantics 15, 16, 22: count and hours', () => {
  const gated = (given: Partial<Rule['severities'][number]>, severity: 'orange' | 'yellow' = 'orange') => {
    const rule = ruleOf({ levels: [{ severity, at: 0.8 }] });
    return changed({
      ...rule,
      limits: { ...rule.limits, ...ruleOf().limits },
      severities: rule.severities.map((one) => ({ ...one, ...given })),
    });
  };
  const hour = 22 * 60;
  /** Open from second 40 to second 100. */
  const schedule = scheduleOf([[hour + 14, hour + 15]]);

  test('a count that is not enough raises nothing, and no deadline does', () => {
    const times = { count: 2, withinMs: duration(10_000), consecutive: false };
    expect(machineAfter({}, { condition: gated({ times }) })).toMatchObject({
      phase: pending,
      since: at(20),
      deadlineAt: never,
    });
  });

  test('outside its hours a breach waits for the opening, inside them it ends with them', () => {
    const condition = gated({ schedule }, 'yellow');
    expect(machineAfter({}, { condition })).toMatchObject({
      phase: pending,
      since: at(20),
      deadlineAt: at(40),
    });
    expect(machineAfter({}, { condition, atS: 45 })).toMatchObject({
      phase: active,
      since: at(20),
      deadlineAt: at(100),
    });
  });
});

describe('semantics 14, 22: with a severity that a change of limits raises', () => {
  const levels = [
    { severity: 'yellow', at: 0.5, forS: 60 },
    { severity: 'orange', at: 1, forS: 0 },
    { severity: 'red', at: 0.9, forS: 60 },
  ] as const;
  const condition = changed(ruleOf({ levels }));
  const cellAfter = (
    v: number,
    of: readonly Partial<Machine>[],
    at_ = condition,
  ): readonly (readonly [number, number])[] =>
    met(registeredCell({}, ...of.map(machineOf)), {
      condition: at_,
      last: { t: 5, v },
      atS: 23,
    }).machines.map(({ phase, since }) => [phase, since]);

  test('the lower ones are raised whose `when` is true, and no graver one', () => {
    expect(cellAfter(0.9, [{}, {}, {}])).toEqual([
      [active, at(20)],
      [active, at(20)],
      [pending, at(20)],
    ]);
    expect(cellAfter(0.9, [waiting, {}, {}])).toEqual([
      [active, at(0)],
      [active, at(20)],
      [pending, at(20)],
    ]);
  });

  test('none is raised by one that stood before, or that only waits', () => {
    expect(cellAfter(0.9, [{}, { phase: active, since: at(1) }, {}])).toEqual([
      [pending, at(20)],
      [active, at(1)],
      [pending, at(20)],
    ]);
    expect(cellAfter(0.7, [{}, {}, {}])).toEqual([
      [pending, at(20)],
      [idle, never],
      [idle, never],
    ]);
  });

  test('none is raised whose `when` is not', () => {
    const higher = levels.map((one) => ({ ...one, at: one.severity === 'yellow' ? 2 : one.at }));
    expect(cellAfter(0.85, [waiting, {}, {}], changed(ruleOf({ levels: higher })))).toEqual([
      [idle, never],
      [active, at(20)],
      [idle, never],
    ]);
    expect(
      cellAfter(0.85, [{ ...waiting, since: at(6) }, {}, {}], changed(ruleOf({ levels: higher }))),
    ).toEqual([
      [pending, at(6)],
      [active, at(20)],
      [idle, never],
    ]);
  });

  test('those with hours are raised inside them, by when the change was met', () => {
    const hour = 22 * 60;
    const schedule = scheduleOf([[hour + 13, hour + 14]]);
    const rule = ruleOf({ levels });
    const [yellow, ...rest] = rule.severities;
    const scheduled = changed({ ...rule, severities: yellow ? [{ ...yellow, schedule }, ...rest] : [] });
    const cell = met(registeredCell({}, machineOf(), machineOf(), machineOf()), {
      condition: scheduled,
      last: { t: 5, v: 0.9 },
      atS: 23,
    });
    expect(cell.machines[0]).toMatchObject({ phase: active, since: at(20), deadlineAt: at(40) });
  });
});
