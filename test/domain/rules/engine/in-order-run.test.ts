import {
  type Cell,
  gapsMax,
  type Machine,
  never,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { raiseStanding } from '../../../../functions/domain/rules/engine/in-order.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { at, type GivenReading } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { type GivenCount, gatedCondition, machineOf, severityOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';
import { applied, registeredCell } from '../../../support/engine/instants.ts';
import { ruleOf } from '../../../support/engine/rules.ts';

const { isFalse: F, isTrue: T, held: H, untrusted: U } = spanKinds;
const { idle, pending, active, clearing } = phases;
const hour = 22 * 60;
/** Open from second 40 to second 100. */
const schedule = scheduleOf([[hour + 14, hour + 15]]);
const slow = conditionOf(ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 20 }] }));
const plain = conditionOf();

const stepped = (
  machine: Machine,
  given: GivenReading,
  of: Partial<Cell> = {},
  condition = slow,
  receivedS = given.t,
) => {
  applied(condition, registeredCell({ evaluatedAt: at(0), ...of }, machine), given, receivedS);
  return machine;
};
const waiting = (given: Partial<Machine> = {}): Machine =>
  machineOf({ phase: pending, since: at(0), deadlineAt: at(50), spans: [T, at(0), at(0)], ...given });

test('semantics 7, 8: a run begins at its first breach, and time raises it a `for` and the grace after the message', () => {
  const expected = machineOf({ phase: pending, since: at(5), deadlineAt: at(57), spans: [T, at(5), at(5)] });
  expect(stepped(machineOf(), { t: 5, v: 1 }, {}, slow, 7)).toEqual(expected);
});

test('semantics 9, 10: a run begins at a late breach before it, but at none that is untrusted', () => {
  const spans = [F, at(1), at(1), U, at(2), at(2), T, at(3), at(3)];
  expect(stepped(machineOf({ spans }), { t: 5, v: 1 }).since).toBe(at(3));
});

test('semantics 15: time raises no run that counts readings', () => {
  expect(stepped(machineOf(), { t: 5, v: 1 }, {}, gatedCondition({ count: 2 }))).toMatchObject({
    phase: pending,
    deadlineAt: never,
  });
});

test.each([
  [19.999, pending],
  [20, active],
  [20.001, active],
])('semantics 7: a run since 0 with a `for` of 20 s at %s', (t, phase) => {
  expect(stepped(waiting(), { t, v: 1 })).toMatchObject({ phase, since: at(0) });
});

test('semantics 7: a run that goes on keeps its deadline', () => {
  expect(stepped(waiting({ deadlineAt: at(90) }), { t: 5, v: 1 }).deadlineAt).toBe(at(90));
});

test('semantics 2, 7: an unknown reading starts no run, ends none, and raises one whose time has come', () => {
  expect(stepped(machineOf(), { t: 30, q: 'unknown' })).toEqual(machineOf());
  expect(stepped(waiting(), { t: 19, q: 'unknown' })).toEqual(waiting());
  expect(stepped(waiting(), { t: 20, q: 'unknown' }).phase).toBe(active);
});

test('semantics 7: a good normal reading ends a run, one that is not good does not', () => {
  expect(stepped(waiting(), { t: 5, v: 0 })).toEqual(
    machineOf({ spans: [T, at(0), at(0), F, at(5), at(5)] }),
  );
  expect(stepped(waiting(), { t: 25, v: 0, q: 'calibrating' })).toEqual(waiting());
});

test.each([
  [30, []],
  [30.001, [at(0), at(30.001)]],
])('semantics 7: a stretch of %s s without a reading is a gap of a run, or not', (t, gaps) => {
  expect(
    stepped(
      waiting(),
      { t, v: 1 },
      {},
      conditionOf(ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 60 }] })),
    ).gaps,
  ).toEqual(gaps);
});

test.each([
  [2 * gapsMax - 2, 2 * gapsMax],
  [2 * gapsMax, 2 * gapsMax],
])('of a run with gaps in %i instants the list has an end', (before, length) => {
  const gaps = Array.from({ length: before }, (_, i) => i);
  const expected = [...gaps, at(0), at(40)].slice(0, length);
  const machine = stepped(
    waiting({ gaps }),
    { t: 40, q: 'unknown' },
    {},
    conditionOf(ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 60 }] })),
  );
  expect(machine.gaps).toEqual(expected);
});

test('a gap is one of a run that waits only, and there is none before the first reading', () => {
  expect(stepped(machineOf({ phase: active, since: at(0) }), { t: 40, v: 1 }).gaps).toEqual([]);
  expect(stepped(waiting(), { t: 19, v: 1 }, { evaluatedAt: never }).gaps).toEqual([]);
});

test.each([
  [5, 10, 5],
  [15, 10, 10],
])(
  'semantics 10: a breach at %i in an episode since %i, which an untrusted one may have raised',
  (t, since, expected) => {
    expect(stepped(machineOf({ phase: active, since: at(since) }), { t, v: 1 }).since).toBe(at(expected));
    expect(stepped(waiting({ since: at(since) }), { t, v: 1 }).since).toBe(at(since));
  },
);

test('semantics 2: an unknown reading moves no beginning and counts as no breach', () => {
  expect(stepped(machineOf({ phase: active, since: at(10) }), { t: 5, q: 'unknown' }).since).toBe(at(10));
  const counting = gatedCondition({ count: 2, withinMs: 60_000 });
  expect(stepped(waiting(), { t: 5, q: 'unknown' }, {}, counting).counting.hits).toEqual([]);
  expect(stepped(waiting(), { t: 5, v: 1 }, {}, counting).counting.hits).toEqual([at(5)]);
});

test('semantics 15: a breach that is enough raises, and one in an episode does not raise it again', () => {
  const counting = gatedCondition({ count: 2, withinMs: 60_000 });
  expect(
    stepped(
      waiting({ ...machineOf({ counting: { hits: [at(0)] } }), phase: pending, since: at(0) }),
      { t: 5, v: 1 },
      {},
      counting,
    ).phase,
  ).toBe(active);
  const borrowed = machineOf({ phase: active, since: at(0), counting: { isBorrowed: true } });
  expect(stepped(borrowed, { t: 5, v: 1 }, {}, counting).counting.isBorrowed).toBe(true);
});

test.each([
  [{ t: 5, v: 1 }, [T, at(5), at(5)]],
  [{ t: 5, v: 1, q: 'over-range' }, [T, at(5), at(5)]],
  [{ t: 5, v: 1, q: 'calibrating' }, [H, at(5), at(5)]],
  [{ t: 5, v: 0, q: 'calibrating' }, []],
  [{ t: 5, v: 0 }, [F, at(5), at(5)]],
] as const)('semantics 9: what is known after %o', (given, spans) => {
  expect(stepped(machineOf(), given).spans).toEqual(spans);
});

describe('semantics 16: the hours of a severity', () => {
  const hours = (given: GivenCount = {}) => gatedCondition({ schedule, severity: 'yellow', ...given });

  test('raise a run at an opening before the reading, and let one wait for the next', () => {
    expect(stepped(waiting(), { t: 45, v: 0 }, {}, hours()).closed).toEqual([]);
    expect(stepped(waiting(), { t: 45, v: 0 }, {}, hours())).toMatchObject({
      phase: clearing,
      since: at(0),
      clearSince: at(45),
    });
    expect(stepped(machineOf(), { t: 5, v: 1 }, {}, hours())).toMatchObject({
      phase: pending,
      deadlineAt: at(35),
    });
    expect(stepped(waiting({ deadlineAt: never }), { t: 5, v: 1 }, {}, hours()).deadlineAt).toBe(at(40));
  });

  test('end what stands at a closing, and what is raised in them ends at the next, not before its message', () => {
    expect(
      stepped(
        machineOf({ phase: active, since: at(50), deadlineAt: at(100) }),
        { t: 101, v: 0 },
        { evaluatedAt: at(80) },
        hours(),
      ).closed,
    ).toEqual([at(50), at(100), at(100)]);
    expect(stepped(machineOf(), { t: 50, v: 1 }, {}, hours(), 110).deadlineAt).toBe(at(110));
  });
});

describe('semantics 5: a breach that stood through a hold', () => {
  const stood = (given: Partial<Machine>, of: GivenCount = { forMs: 10_000 }): Machine => {
    const machine = waiting({ isHeld: true, deadlineAt: never, ...given });
    raiseStanding(machine, severityOf(of), at(50), at(60));
    return machine;
  };

  test.each([
    [9.999, pending],
    [10, active],
  ])('since 0 raises after a `for` of 10 s, or not, when it was seen last at %s', (last, phase) => {
    expect(stood({ spans: [H, at(0), at(last)] })).toMatchObject({
      phase,
      since: at(0),
      isHeld: phase === pending,
    });
  });

  test('of which nothing is known any more has lasted no time', () => {
    expect(stood({ spans: [] }).phase).toBe(pending);
    expect(stood({ spans: [] }, {}).phase).toBe(active);
  });

  test.each([idle, active, clearing])('raises from waiting only, not in phase %i', (phase) => {
    expect(stood({ phase, spans: [H, at(0), at(20)] }).phase).toBe(phase);
  });

  test('raises inside its hours until they end, not before the message', () => {
    const yellow = { schedule, severity: 'yellow' } as const;
    expect(stood({}, yellow)).toMatchObject({ phase: active, deadlineAt: at(100) });
  });

  test('is held no more and waits for the next opening where its hours are closed', () => {
    const later = scheduleOf([[hour + 15, hour + 16]]);
    expect(stood({}, { schedule: later })).toMatchObject({
      phase: pending,
      isHeld: false,
      deadlineAt: at(100),
    });
  });
});

test('semantics 14: without `for` a breach raises at once', () => {
  const expected = machineOf({ phase: active, since: at(5), spans: [T, at(5), at(5)] });
  expect(stepped(machineOf(), { t: 5, v: 1 }, {}, plain)).toEqual(expected);
});
