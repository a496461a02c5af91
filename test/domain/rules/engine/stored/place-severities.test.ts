import type { DeviceRules } from '../../../../../functions/domain/rules/engine/bind.ts';
import {
  type Machine,
  never,
  newCell,
  newMachine,
  newSensorCell,
  phases,
  type SensorCell,
} from '../../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../../functions/domain/rules/engine/spans.ts';
import { headingOf } from '../../../../../functions/domain/rules/engine/stored/heading.ts';
import { reopen } from '../../../../../functions/domain/rules/engine/stored/place.ts';
import { rankOf } from '../../../../../functions/domain/severity.ts';
import { duration, seconds } from '../../../../../functions/domain/time.ts';
import { machineOf } from '../../../../support/engine/counting.ts';
import { scheduleOf } from '../../../../support/engine/gated.ts';
import { boundTo, compare, input, literal, ruleOf } from '../../../../support/engine/rules.ts';
import { placed, rawCondition, rawSensor, renamed, storedAt } from '../../../../support/engine/stored.ts';

const levels = [
  { severity: 'orange', at: 1, forS: 10 },
  { severity: 'red', at: 2 },
] as const;
const rules = boundTo(ruleOf({ levels }));
const [orange = never, red = never] = [rankOf('orange'), rankOf('red')];
const known = { spans: [spanKinds.isTrue, 990_000, 995_000], forgottenTo: 980_000, closed: [1, 2, 3] };
const pending = (): Machine => machineOf({ phase: phases.pending, since: 5, deadlineAt: 9, ...known });
const active = (): Machine => machineOf({ phase: phases.active, since: 5, ...known });
const unknown = { spans: [], forgottenTo: never, closed: [] };

/** The severities of `machines`, stored with these ranks and shapes, under `under`. */
function adopted(
  machines: readonly Machine[],
  severities: readonly { readonly rank: number; readonly shape: number }[],
  under: DeviceRules = rules,
  sensor: Partial<SensorCell> = {},
): readonly Machine[] | undefined {
  const conditions = [renamed(rawCondition(under, machines), { severities })];
  const cell = { ...newSensorCell(), ...sensor };
  return placed(under, [rawSensor('ch4', { cell, conditions })]).cells[0]?.machines;
}
const [ofOrange, ofRed] = headingOf(rules).rules[0]?.severities ?? [];
if (ofOrange === undefined || ofRed === undefined) throw new Error('no severities are bound');
const changed = { ...ofOrange, shape: ofOrange.shape + 1 };

describe('semantics 23: under another form of its rule a severity', () => {
  test('goes on when it is the same one, wherever it was', () => {
    const [one, other] = [pending(), active()];
    const found = adopted([other, one], [ofRed, ofOrange]);
    expect(found).toEqual([pending(), active()]);
    expect([found?.[0] === one, found?.[1] === other]).toEqual([true, true]);
  });

  test('that is new begins anew', () => {
    expect(adopted([pending()], [ofOrange])).toEqual([pending(), newMachine()]);
    expect(adopted([active()], [ofRed])).toEqual([newMachine(), active()]);
  });

  test('whose condition has changed goes on firing, and what was known of it is forgotten', () => {
    expect(adopted([active(), newMachine()], [changed, ofRed])).toEqual([
      { ...active(), ...unknown },
      newMachine(),
    ]);
  });

  test('whose condition has changed has to clear again', () => {
    const clearing = machineOf({ phase: phases.clearing, since: 5, clearSince: 7 });
    expect(adopted([clearing], [changed])?.[0]).toEqual({ ...active(), ...unknown });
  });

  test.each<[string, Partial<SensorCell>, boolean]>([
    ['contradicts it', { number: 0.5 }, true],
    ['fulfils it', { number: 1.5 }, false],
    ['is bad', { number: 0.5, quality: 'bad' }, false],
    ['is missing', {}, false],
  ])('whose condition has changed waits on unless the newest value ends it: it %s', (_, sensor, isOver) => {
    const [machine] = adopted([pending()], [changed], rules, { at: 5, ...sensor }) ?? [];
    expect(machine).toEqual(isOver ? machineOf() : { ...pending(), ...unknown });
  });

  test('that stands is not ended by the newest value', () => {
    expect(adopted([active()], [changed], rules, { number: 0.5 })?.[0]?.phase).toBe(phases.active);
  });

  test('that asks for no value waits on when the newest one is missing', () => {
    const rule = ruleOf();
    const when = compare('eq', input('quality'), literal('fault'));
    const under = boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, when })) });
    expect(adopted([pending()], [changed], under)?.[0]?.phase).toBe(phases.pending);
    expect(adopted([pending()], [changed], under, { number: 1 })?.[0]?.phase).toBe(phases.idle);
  });
});

describe('semantics 23: a severity that its rule has no longer', () => {
  const gone = (rank: number) => ({ rank, shape: 1 });
  const standing = machineOf({ phase: phases.active, since: 7 });

  test('goes on as the next graver one when it stands', () => {
    expect(adopted([active()], [gone(0)])?.[0]).toEqual({ ...standing, since: 5 });
    const idle = [newMachine(), newMachine()];
    expect(
      adopted([...idle, machineOf({ phase: phases.active, since: 7 })], [ofOrange, ofRed, gone(0)]),
    ).toEqual([standing, newMachine()]);
  });

  test('leaves nothing when it only waits', () => {
    expect(adopted([pending()], [gone(0)])).toEqual([newMachine(), newMachine()]);
  });

  test('leaves nothing when nothing was stored of it', () => {
    expect(adopted([newMachine()], [ofOrange, gone(0)])).toEqual([newMachine(), newMachine()]);
  });
});

describe('a severity is opened again', () => {
  const [condition] = rules.conditions;
  if (condition === undefined) throw new Error('no condition is bound');
  const reopened = (machines: readonly Machine[], rank: number): readonly Machine[] => {
    const cell = { ...newCell(0, 0), machines: [...machines] };
    reopen(condition, cell, rank, 7);
    return cell.machines;
  };
  const standing = machineOf({ phase: phases.active, since: 7 });

  test.each([
    ['as itself', orange, [standing, newMachine()]],
    ['as the next graver one', orange - 1, [standing, newMachine()]],
    ['as itself when it is the gravest', red, [newMachine(), standing]],
    ['as the gravest when none is graver', red + 1, [newMachine(), standing]],
  ])('%s', (_, rank, expected) => {
    expect(reopened([newMachine(), newMachine()], rank)).toEqual(expected);
  });

  test('and waits no more', () => {
    expect(reopened([pending()], orange)).toEqual([{ ...standing, closed: [1, 2, 3] }]);
  });

  test('and stands since when it stood already, with its stretches forgotten', () => {
    expect(reopened([{ ...active(), deadlineAt: 9 }], orange)).toEqual([
      { ...active(), deadlineAt: 9, spans: [], forgottenTo: never },
    ]);
  });

  test('unless the rule has none', () => {
    expect(reopened([], orange)).toEqual([]);
  });
});

describe('semantics 16: what time alone causes in a stored severity', () => {
  const yellow = ruleOf({ levels: [{ severity: 'yellow', at: 1, forS: 10 }] });
  const under = (more: object): DeviceRules =>
    boundTo({ ...yellow, severities: yellow.severities.map((one) => ({ ...one, ...more })) });
  const closed = under({ schedule: scheduleOf([]) });
  const times = { count: 2, withinMs: duration(60_000), consecutive: false };
  const waits = { phase: phases.pending, since: 5 };
  const stands = { phase: phases.active, since: 5 };
  const deadline = storedAt + seconds(10) + 30_000;

  test.each<[string, DeviceRules, Partial<Machine>, number]>([
    ['nothing while it is idle', closed, {}, never],
    ['its `for` and the grace from the last message on', under({}), waits, deadline],
    ['what is noted already', under({}), { ...waits, deadlineAt: 9 }, 9],
    ['nothing while its count is missing', under({ times }), waits, never],
    ['nothing while its hours are closed', closed, waits, never],
    ['nothing when it stands without hours', under({}), stands, never],
    ['its end when it stands outside its hours', closed, stands, storedAt],
    ['its end as it is noted', closed, { ...stands, deadlineAt: 9 }, 9],
  ])('%s', (_, of, machine, expected) => {
    const raw = () => rawCondition(of, [machineOf(machine)]);
    for (const conditions of [[raw()], [renamed(raw())]]) {
      const { cells } = placed(of, [rawSensor('ch4', { conditions })]);
      expect(cells[0]?.machines.map(({ deadlineAt }) => deadlineAt)).toEqual([expected]);
    }
  });

  test('is noted of those severities that are there', () => {
    const conditions = [rawCondition(rules, [machineOf(waits)])];
    const { cells } = placed(rules, [rawSensor('ch4', { conditions })]);
    expect(cells[0]?.machines.map(({ deadlineAt }) => deadlineAt)).toEqual([deadline]);
  });
});
