import { movedBy } from '../../../../functions/domain/rules/engine/band.ts';
import type { BoundSeverity, Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { forEver } from '../../../../functions/domain/rules/engine/calm.ts';
import {
  answers,
  type Band,
  type Cell,
  type Machine,
  newBuiltInCell,
  noBand,
  phases,
  type SensorCell,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { emptyRuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { sensorOf, startWork } from '../../../../functions/domain/rules/engine/work.ts';
import type { Value } from '../../../../functions/domain/telemetry/reading.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { cellOf, conditionWith, saying, sensorCellOf } from '../../../support/engine/cells.ts';
import { machineOf } from '../../../support/engine/counting.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const { pending, active, clearing } = phases;
const rules = boundTo(ruleOf());
const [sensor] = rules.sensors;
if (sensor === undefined) throw new Error('a device without a sensor');

/** A condition, and its cell, which was evaluated at second 10 unless told otherwise. */
interface Given {
  readonly severities: readonly BoundSeverity[];
  readonly machines: readonly Partial<Machine>[];
  readonly cell?: Partial<Cell>;
  readonly condition?: Partial<Condition>;
}

/** What a reading of second 20 moves on a sensor under these conditions, by their slots, and the band it leaves. */
const taken = (
  given: readonly Given[],
  { value = 0.5, own = {} }: { readonly value?: Value; readonly own?: Partial<SensorCell> } = {},
): { readonly moved: readonly number[] | undefined; readonly band: Band } => {
  const alone = given.map(({ severities, condition }, slot) =>
    conditionWith(severities, { slot, ...condition }),
  );
  const cells = given.map(({ machines, cell }) =>
    cellOf(machines.map(machineOf), { evaluatedAt: at(10), ...cell }),
  );
  const state = { ...emptyRuleState(rules, at(0)), cells, sensors: [sensorCellOf({ at: at(10), ...own })] };
  const work = startWork(rules, state, true);
  const bound = { ...sensor, edges: [0, 1, 2], whenEdges: [0, 2], alone };
  const moved = movedBy(work, bound, readingOf({ t: 20, v: value }, 20));
  return { moved: moved?.map(({ slot }) => slot), band: sensorOf(work, bound).band };
};

const falseTo = [spanKinds.isFalse, at(0), at(10)];
const trueTo = [spanKinds.isTrue, at(0), at(10)];
const watchful = { edges: undefined };
const calm: Given = { severities: [saying(false)], machines: [{ spans: falseTo }] };
const raised: Given = { severities: [saying(true)], machines: [{ phase: active, spans: trueTo }] };
const breached: Given = { severities: [saying(true)], machines: [{ spans: falseTo }] };
/** A clear run since second 11; it takes 10 s. */
const clears: Given = {
  severities: [saying(false)],
  machines: [{ phase: clearing, clearSince: at(11), spans: falseTo }],
};
/** A `for` of so many seconds that runs since second 5. */
const runs = (forS: number, more: Given['condition'] = {}): Given => ({
  severities: [saying(true, {}, { forMs: forS * 1_000 })],
  machines: [{ phase: pending, since: at(5), deadlineAt: at(5 + forS + 30), spans: trueTo }],
  condition: more,
});

describe('what must take a reading', () => {
  test('is nothing where all say what they said', () => {
    expect(taken([calm, raised]).moved).toBeUndefined();
  });

  test('is each condition that says something else', () => {
    expect(taken([breached, calm, breached]).moved).toEqual([0, 2]);
    expect(taken([calm, breached])).toEqual({ moved: [1], band: noBand });
  });

  test.each([
    [14, [0]],
    [15, [0]],
    [16, undefined],
  ])(
    'semantics 7: is a condition whose `for` of %d s since second 5 is over at second 20: %p',
    (forS, moved) => {
      expect(taken([runs(forS)]).moved).toEqual(moved);
    },
  );

  test.each([
    [9_999, [0]],
    [10_000, undefined],
    [10_001, undefined],
  ])(
    'semantics 7: is a running `for` when the last reading was 10 s ago and %d ms are silence: %p',
    (silentAfterMs, moved) => {
      expect(taken([runs(60, { silentAfterMs })]).moved).toEqual(moved);
    },
  );

  test('semantics 7: counts that gap from what the sensor noted while it was calm, else from what the cell did', () => {
    const short = { ...runs(60, { silentAfterMs: 10_000 }), cell: { evaluatedAt: at(9) } };
    expect(taken([short], { own: { isCalm: true } }).moved).toBeUndefined();
    expect(taken([short]).moved).toEqual([0]);
    const recent = runs(60, { silentAfterMs: 10_000 });
    expect(taken([recent], { own: { isCalm: true, at: at(9) } }).moved).toEqual([0]);
    expect(taken([recent], { own: { at: at(9) } }).moved).toBeUndefined();
  });
});

describe('semantics 3, 5: what is known against the data of a sensor', () => {
  const standing = { ...newBuiltInCell(), phase: active };
  const unanswered: Given = {
    severities: [saying(undefined)],
    machines: [{}],
    cell: { unknownAt: at(0), isUnknownOver: true },
  };

  test.each<readonly [string, readonly Given[], Partial<SensorCell>, readonly number[] | undefined]>([
    ['a fault ends by a reading', [calm], { fault: standing }, []],
    ['a fault that ends is still told of', [calm], { fault: { ...standing, phase: clearing } }, []],
    ['rules that are answered again are told of', [calm], { notEvaluable: standing }, []],
    ['a rule that goes on without an answer is not', [unanswered], { notEvaluable: standing }, undefined],
    ['a rule without an answer is told of', [unanswered], {}, []],
    ['one of two without an answer is enough', [calm, unanswered], { notEvaluable: standing }, undefined],
    [
      'an end that was begun is broken off',
      [unanswered],
      { notEvaluable: { ...standing, phase: clearing } },
      [],
    ],
  ])('%s', (_, given, own, moved) => {
    const found = taken(given, { own });
    expect(found.moved).toEqual(moved);
    expect(found.band === noBand).toBe(moved !== undefined);
  });
});

describe('the band that a calm reading leaves', () => {
  const free = { until: forEver, gapMs: forEver, dueAt: forEver, answers: [] };

  test.each<readonly [string, Value, number, number]>([
    ['lies between the numbers around it', 0.5, 0, 2],
    ['has no end above the last', 3, 2, forEver],
    ['is none on a number', 2, Number.NaN, Number.NaN],
    ['is none for what is no number', 'open', Number.NaN, Number.NaN],
  ])('%s with which a `when` compares', (_, value, low, high) => {
    expect(taken([calm], { value }).band).toEqual({ low, high, ...free });
  });

  test.each<readonly [string, Given, number]>([
    ['not where nothing is raised', calm, 2],
    ['not while a `for` runs', runs(60), 2],
    ['where something is raised', raised, 1],
    ['where a clear run goes on', clears, 1],
  ])('semantics 2: is cut by what a `clear` compares with %s', (_, given, high) => {
    expect(taken([given, calm]).band).toMatchObject({ low: 0, high });
    expect(taken([calm, given]).band).toMatchObject({ low: 0, high });
  });

  test('is cut where the graver of two severities is raised, or the lighter', () => {
    const [severities, low, high] = [
      [saying(false), saying(true)],
      { spans: falseTo },
      { phase: active, spans: trueTo },
    ];
    expect(taken([{ severities, machines: [low, high] }]).band).toMatchObject({ high: 1 });
    expect(taken([{ severities: severities.toReversed(), machines: [high, low] }]).band).toMatchObject({
      high: 1,
    });
  });

  test('lasts until the first timer of all is reached', () => {
    expect(taken([runs(60), runs(40), runs(50)]).band).toMatchObject({ until: at(45) });
    expect(taken([calm, runs(40)]).band).toMatchObject({ until: at(45) });
  });

  test('semantics 7: lasts over no longer stretch than the shortest silence of a running timer', () => {
    const silent = (silentAfterMs: number) => runs(60, { silentAfterMs });
    expect(taken([silent(30_000), silent(20_000), silent(25_000)]).band).toMatchObject({ gapMs: 20_000 });
    expect(taken([calm, silent(20_000)]).band).toMatchObject({ gapMs: 20_000 });
  });

  test('semantics 8: knows the first deadline of all, silence left out', () => {
    expect(taken([runs(60), runs(40), runs(50)]).band).toMatchObject({ dueAt: at(75) });
    expect(taken([runs(60), calm]).band).toMatchObject({ dueAt: at(95) });
    expect(taken([calm]).band).toMatchObject({ dueAt: forEver });
  });

  test('keeps no word of what only compares', () => {
    expect(taken([raised]).band.answers).toBe(noBand.answers);
  });
});

describe('what a condition said that does more than compare', () => {
  const { isFalse, isTrue, isUnknown, staysInBand } = answers;
  const said = (...given: readonly Given[]) =>
    taken(given.map((one) => ({ ...one, condition: { ...watchful, ...one.condition } }))).band.answers;
  const ofOne = (severity: BoundSeverity, machine: Partial<Machine>, cell: Partial<Cell> = {}) =>
    said({ severities: [severity], machines: [machine], cell });
  const clear = (verdict: boolean | undefined) => saying(false, { clear: () => verdict });

  test('is kept, severity by severity', () => {
    expect(
      said(calm, {
        severities: [saying(true), saying(false)],
        machines: [{ phase: active, spans: trueTo }, { spans: falseTo }],
      }),
    ).toEqual([isFalse, isTrue, isFalse]);
    expect(taken([raised, { ...calm, condition: watchful }]).band.answers).toEqual([isFalse]);
  });

  test('is unknown where it is', () => {
    expect(ofOne(saying(undefined), {}, { unknownAt: at(10) })).toEqual([isUnknown]);
  });

  test('semantics 2: tells of what is raised whether it clears', () => {
    expect(said(clears)).toEqual([answers.clears]);
    expect(said({ ...clears, severities: [clear(true)] })).toEqual([answers.clears]);
    expect(ofOne(clear(false), { phase: active, spans: falseTo })).toEqual([staysInBand]);
    expect(ofOne(clear(undefined), { phase: active, spans: falseTo })).toEqual([staysInBand]);
  });

  test('does not tell it of what is not raised', () => {
    expect(ofOne(clear(true), { spans: falseTo })).toEqual([isFalse]);
    expect(ofOne(clear(false), { spans: falseTo })).toEqual([isFalse]);
    expect(ofOne(saying(false), { spans: falseTo })).toEqual([isFalse]);
  });

  test('does not cut the band of the others by what a `clear` compares with', () => {
    expect(taken([{ ...raised, condition: watchful }, calm]).band).toMatchObject({ low: 0, high: 2 });
  });
});
