import { type Cell, type Machine, never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { at } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { gatedCondition, machineOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { applied, registeredCell } from '../../../support/engine/instants.ts';
import { compare, device, either, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { overrideOf } from '../../../support/overrides.ts';

const { isFalse: F } = spanKinds;
const { idle, pending, active, clearing } = phases;
/** Clears below 0.5, in 10 s. */
const orange = conditionOf(ruleOf({ levels: [{ severity: 'orange', at: 1, below: 0.5 }] }));
const raised = (given: Partial<Machine> = {}): Machine =>
  machineOf({ phase: active, since: at(0), ...given });
/** Since second 5. */
const clearRun = (given: Partial<Machine> = {}): Machine =>
  raised({ phase: clearing, clearSince: at(5), ...given });

const stepped = (
  machine: Machine,
  given: Parameters<typeof applied>[2],
  of: Partial<Cell> = {},
  condition = orange,
): Machine => {
  applied(condition, registeredCell({ evaluatedAt: at(5), ...of }, machine), given);
  return machine;
};

test.each<[string, () => Machine, Parameters<typeof applied>[2], Machine['phase'], number]>([
  ['begins with a clear reading', raised, { t: 9, v: 0.4 }, clearing, 9],
  ['begins with no reading that is not clear', raised, { t: 9, v: 0.5 }, active, never],
  ['goes on', clearRun, { t: 14.999, v: 0.4 }, clearing, 5],
  ['ends with a reading that is not clear', clearRun, { t: 9, v: 0.5 }, active, never],
  ['ends with a breach', clearRun, { t: 9, v: 1 }, active, never],
  ['ends with an unknown reading', clearRun, { t: 9, q: 'unknown' }, active, never],
  ['ends with a held normal', clearRun, { t: 9, v: 0, q: 'calibrating' }, active, never],
  ['is over at its end', clearRun, { t: 15, v: 0.4 }, idle, never],
  ['is over after it, too', clearRun, { t: 35, v: 0.4 }, idle, never],
  ['begins again after a gap', clearRun, { t: 35.001, v: 0.4 }, clearing, 35.001],
  ['begins with no echo', raised, { t: 9, v: 0.4, isEcho: true }, active, never],
  ['goes on through an echo', clearRun, { t: 20, v: 0.4, isEcho: true }, clearing, 5],
  ['ends with an echo that is not clear', clearRun, { t: 9, v: 0.5, isEcho: true }, active, never],
  ['ends with an echo after a gap', clearRun, { t: 35.001, v: 0.4, isEcho: true }, active, never],
])('semantics 2, 6, 7: a clear run %s', (_, newMachine, given, phase, clearSince) => {
  const machine = stepped(newMachine(), given);
  expect([machine.phase, machine.clearSince]).toEqual([phase, clearSince === never ? never : at(clearSince)]);
});

test('semantics 9: what has cleared is remembered as closed, and its normal readings are known', () => {
  const machine = stepped(clearRun({ spans: [F, at(5), at(5)] }), { t: 15, v: 0.4 });
  const expected = {
    closed: [at(0), at(5), at(15)],
    spans: [F, at(5), at(15)],
    counting: { recoveries: [at(15)] },
  };
  expect(machine).toEqual(machineOf(expected));
});

test('semantics 7: a clear reading of what rests clears nothing', () => {
  expect(stepped(machineOf(), { t: 15, v: 0.4 })).toEqual(machineOf({ spans: [F, at(15), at(15)] }));
});

test('semantics 7: a reading that ends a run begins no clear run', () => {
  expect(stepped(machineOf({ phase: pending, since: at(1) }), { t: 15, v: 0.4 }).phase).toBe(idle);
});

describe('semantics 26: a severity that has recovered four times of late', () => {
  const recoveries = [at(1), at(2), at(3), at(4)];
  const counting = gatedCondition({ count: 2, withinMs: 60_000 });

  test.each([
    [14.999, clearing, false],
    [15, clearing, true],
    [24.999, clearing, true],
    [25, idle, false],
  ])('clears in twice its 10 s since 5: at %s', (t, phase, isBorrowed) => {
    const machine = stepped(
      clearRun({
        ...machineOf({ counting: { recoveries } }),
        phase: clearing,
        since: at(0),
        clearSince: at(5),
      }),
      { t, v: 0.4 },
      {},
      counting,
    );
    expect([machine.phase, machine.counting.isBorrowed]).toEqual([phase, isBorrowed]);
  });

  test('without a `clearFor` of its own clears in twice its reporting period', () => {
    const quick = conditionOf(ruleOf({ levels: [{ severity: 'orange', at: 1, clearForS: 0 }] }));
    const of = () =>
      machineOf({ phase: clearing, since: at(0), clearSince: at(5), counting: { recoveries } });
    expect([14.999, 15].map((t) => stepped(of(), { t, v: 0.4 }, {}, quick).phase)).toEqual([clearing, idle]);
  });
});

describe('semantics 22: a reading from before a change of limits that was met', () => {
  const changed = conditionOf(ruleOf({ levels: [{ severity: 'orange', at: 1, below: 0.5 }] }), {
    ...device(),
    overrides: [overrideOf({ from: at(20), value: 0.9 })],
  });
  const [first, second] = changed.eras.map(({ key }) => key);
  const met = { limitsKey: second ?? 0 };

  test.each([
    [19.999, first, active, never],
    [20, second, clearing, at(20)],
  ])('begins no clear run, and lets the change be met again: at %s', (t, key, phase, clearSince) => {
    const cell = registeredCell({ ...met, evaluatedAt: at(5) }, raised());
    applied(changed, cell, { t, v: 0.4 });
    expect([cell.limitsKey, cell.machines[0]?.phase, cell.machines[0]?.clearSince]).toEqual([
      key,
      phase,
      clearSince,
    ]);
  });

  test('ends no clear run that it is clear for, and one that it is not', () => {
    expect(stepped(clearRun(), { t: 16, v: 0.4 }, met, changed)).toMatchObject({
      phase: clearing,
      clearSince: at(5),
    });
    expect(stepped(clearRun(), { t: 16, v: 0.5 }, met, changed).phase).toBe(active);
  });
});

describe('semantics 14: with a severity that is raised', () => {
  const levels = [
    { severity: 'yellow', at: 1, forS: 60 },
    { severity: 'orange', at: 2, forS: 0 },
    { severity: 'red', at: 3, forS: 60 },
  ] as const;
  const three = conditionOf(ruleOf({ levels, quality: { ...ruleOf().quality, unknown: 'raise' } }));
  const phasesAfter = (
    given: Parameters<typeof applied>[2],
    of: readonly Partial<Machine>[] = [{}, {}, {}],
    condition = three,
  ) =>
    applied(
      condition,
      registeredCell({ evaluatedAt: at(5) }, ...of.map(machineOf)),
      given,
      given.t + 1,
    ).machines.map(({ phase }) => phase);

  test('the lower ones are raised whose `when` is true, and no graver one', () => {
    expect(phasesAfter({ t: 9, v: 3 })).toEqual([active, active, pending]);
    expect(phasesAfter({ t: 9, v: 1 })).toEqual([pending, idle, idle]);
  });

  test('none is raised that is not', () => {
    const when = either(compare('gt', input('value'), literal(5)), compare('eq', input('value'), literal(1)));
    const rule = ruleOf({ levels });
    const [yellow, ...rest] = rule.severities;
    const condition = conditionOf({ ...rule, severities: yellow ? [{ ...yellow, when }, ...rest] : [] });
    expect(phasesAfter({ t: 9, v: 3 }, [{}, {}, {}], condition)).toEqual([idle, active, pending]);
  });

  test('none is raised by one that stood before', () => {
    expect(phasesAfter({ t: 9, v: 2 }, [{}, { phase: active, since: at(0) }, {}])).toEqual([
      pending,
      active,
      idle,
    ]);
  });

  test('that nobody can answer for the lower ones those are raised that wait', () => {
    const waits = { phase: pending, since: at(0), deadlineAt: at(90) } as const;
    const urgent = conditionOf(
      ruleOf({
        levels: levels.map((one) => ({ ...one, forS: one.severity === 'red' ? 0 : 60 })),
        quality: { ...ruleOf().quality, unknown: 'raise' },
      }),
    );
    expect(phasesAfter({ t: 9, q: 'unknown' }, [waits, {}, {}], urgent)).toEqual([active, idle, active]);
  });

  test('a held reading raises red, and no lower one that waits and of which it is false', () => {
    const rule = ruleOf({
      levels: levels.map((one) => ({ ...one, forS: one.severity === 'yellow' ? 60 : 0 })),
    });
    const [yellow, ...rest] = rule.severities;
    const when = compare('eq', input('value'), literal(1));
    const condition = conditionOf({ ...rule, severities: yellow ? [{ ...yellow, when }, ...rest] : [] });
    const waits = { phase: pending, since: at(0), deadlineAt: at(90) } as const;
    const held = { t: 9, v: 3, q: 'calibrating' } as const;
    expect(phasesAfter(held, [waits, {}, {}], condition)).toEqual([pending, active, active]);
    expect(phasesAfter({ ...held, v: 2 }, [waits, {}, {}], condition)).toEqual([pending, pending, idle]);
  });

  test('a lower one begins with the reading and ends with its hours, not before the message', () => {
    const hour = 22 * 60;
    /** Open from second 40 to second 100. */
    const schedule = scheduleOf([[hour + 14, hour + 15]]);
    const rule = ruleOf({ levels });
    const severities = rule.severities.map((one) => ({ ...one, schedule }));
    const condition = conditionOf({ ...rule, severities });
    const lowerAfter = (t: number, receivedS: number) => {
      const cell = registeredCell({ evaluatedAt: at(35) }, machineOf(), machineOf(), machineOf());
      return applied(condition, cell, { t, v: 2 }, receivedS).machines[0];
    };
    expect(lowerAfter(50, 60)).toMatchObject({ phase: active, since: at(50), deadlineAt: at(100) });
    expect(lowerAfter(50, 110)).toMatchObject({ phase: active, since: at(50), deadlineAt: at(110) });
    expect(lowerAfter(39, 60)?.phase).toBe(pending);
  });
});

test('semantics 22: a reading that is from before no change leaves the era that was met as it is', () => {
  expect(applied(orange, registeredCell({ limitsKey: 99 }, machineOf()), { t: 9, v: 0 }).limitsKey).toBe(99);
});

test('the newest instant is that of the reading', () => {
  expect(applied(orange, registeredCell({}, machineOf()), { t: 9, v: 0 }, 12).evaluatedAt).toBe(at(9));
});
