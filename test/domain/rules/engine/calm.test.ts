import type { BoundSeverity, Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { calmUntil, forEver } from '../../../../functions/domain/rules/engine/calm.ts';
import { type Cell, type Machine, never, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import type { Verdict } from '../../../../functions/domain/rules/expression.ts';
import { cellOf, conditionWith, saying } from '../../../support/engine/cells.ts';
import { machineOf } from '../../../support/engine/counting.ts';

const { idle, pending, active, clearing } = phases;
const falseTo = [spanKinds.isTrue, 10, 20, spanKinds.isFalse, 30, 40];
const trueTo = [spanKinds.isFalse, 10, 20, spanKinds.isTrue, 30, 40];
const heldTo = [spanKinds.isFalse, 10, 20, spanKinds.held, 30, 40];
const reading = { value: 1, quality: 'good', phenomenonAt: 50 };

/** How long one severity rests in the middle of a run, known so far as `spans` say. */
const restsUntil = (severity: BoundSeverity, machine: Partial<Machine>): number =>
  calmUntil(conditionWith([severity]), cellOf([machineOf(machine)]), reading);

describe('while `when` is known false', () => {
  const closing = { endsAtClosing: true };

  test.each<readonly [string, Partial<Machine>, number]>([
    ['nothing is raised: for ever', { phase: idle, spans: falseTo }, forEver],
    ['it was true until now: not at all', { phase: idle, spans: trueTo }, never],
    ['a `for` was running: not at all', { phase: pending, spans: falseTo }, never],
    [
      'what is raised without a `clear` begins its clear run: not at all',
      { phase: active, spans: falseTo },
      never,
    ],
    ['a clear run goes on: to its end', { phase: clearing, clearSince: 35, spans: falseTo }, 35 + 10_000],
    ['something is raised of which nothing is known: not at all', { phase: active, spans: [] }, never],
  ])('semantics 7: %s', (_, machine, until) => {
    expect(restsUntil(saying(false), machine)).toBe(until);
  });

  test.each<readonly [Verdict, number, number]>([
    [true, never, 35 + 10_000],
    [false, forEver, never],
    [undefined, forEver, never],
  ])(
    'semantics 2: with a `clear` that says %p what is raised rests until %d, a clear run until %d',
    (said, raised, run) => {
      const severity = saying(false, { clear: () => said });
      expect(restsUntil(severity, { phase: active, spans: falseTo })).toBe(raised);
      expect(restsUntil(severity, { phase: clearing, clearSince: 35, spans: falseTo })).toBe(run);
    },
  );

  test('semantics 16: a closing may lie before whatever is raised, and before nothing else', () => {
    const stays = saying(false, { ...closing, clear: () => false });
    expect(restsUntil(stays, { phase: active, spans: falseTo })).toBe(never);
    expect(restsUntil(saying(false, closing), { phase: clearing, clearSince: 35, spans: falseTo })).toBe(
      never,
    );
    expect(restsUntil(saying(false, closing), { phase: idle, spans: falseTo })).toBe(forEver);
  });
});

describe('while `when` is known true', () => {
  const slow = { forMs: 500 };

  test.each<readonly [string, Partial<Machine>, number]>([
    ['it is raised: for ever', { phase: active, spans: trueTo }, forEver],
    ['it was false until now: not at all', { phase: active, spans: falseTo }, never],
    ['it was held until now: not at all', { phase: active, spans: heldTo }, never],
    ['its `for` runs: to its end', { phase: pending, since: 30, spans: trueTo }, 530],
    [
      'its `for` runs, held so far: not at all',
      { phase: pending, since: 30, isHeld: true, spans: trueTo },
      never,
    ],
    ['nothing is raised: not at all', { phase: idle, since: 30, spans: trueTo }, never],
    ['a clear run is broken: not at all', { phase: clearing, since: 30, spans: trueTo }, never],
    ['nothing was known of it: not at all', { phase: active, spans: [] }, never],
  ])('semantics 7: %s', (_, machine, until) => {
    expect(restsUntil(saying(true, {}, slow), machine)).toBe(until);
  });

  test('semantics 15: what counts is told of every reading', () => {
    const counts = saying(true, {}, { ...slow, count: 3 });
    expect(restsUntil(counts, { phase: active, spans: trueTo })).toBe(never);
    expect(restsUntil(counts, { phase: pending, since: 30, spans: trueTo })).toBe(never);
  });

  test('semantics 16: a closing may end what is raised, not what is not', () => {
    const scheduled = saying(true, { endsAtClosing: true }, slow);
    expect(restsUntil(scheduled, { phase: active, spans: trueTo })).toBe(never);
    expect(restsUntil(scheduled, { phase: pending, since: 30, spans: trueTo })).toBe(530);
  });
});

describe('of several severities', () => {
  const raised = machineOf({ phase: active, spans: trueTo });
  const runs = (since: number) => machineOf({ phase: pending, since, spans: trueTo });
  const slow = saying(true, {}, { forMs: 500 });

  test('the first to move counts', () => {
    const condition = conditionWith([slow, slow, slow]);
    expect(calmUntil(condition, cellOf([raised, runs(30), runs(20)]), reading)).toBe(520);
    expect(calmUntil(condition, cellOf([runs(20), runs(30), raised]), reading)).toBe(520);
    expect(calmUntil(condition, cellOf([raised, raised, raised]), reading)).toBe(forEver);
  });

  test('one of which nothing was kept lets nothing rest', () => {
    expect(calmUntil(conditionWith([slow, slow]), cellOf([raised]), reading)).toBe(never);
  });
});

describe('a severity that has heard nothing yet', () => {
  const blank = machineOf();
  const rests = (
    said: readonly Verdict[],
    cell: Partial<Cell>,
    condition: Partial<Condition> = {},
  ): number => {
    const severities = said.map((one) => saying(one));
    return calmUntil(
      conditionWith(severities, condition),
      cellOf(
        said.map(() => blank),
        cell,
      ),
      reading,
    );
  };

  test('rests from the first known false on, where its sensor remembers since when', () => {
    expect(rests([false], {})).toBe(forEver);
    expect(rests([false], {}, { isAlone: false })).toBe(never);
    expect(rests([true], {})).toBe(never);
  });

  test('semantics 3: does not while another has no answer: nothing is known of that one', () => {
    const unanswered = { unknownAt: 5, isUnknownOver: true };
    expect(rests([undefined, undefined], unanswered)).toBe(forEver);
    expect(rests([false, undefined], unanswered)).toBe(never);
    expect(rests([undefined, false], unanswered)).toBe(never);
  });
});

describe('semantics 3: a condition', () => {
  const rests = (
    said: Verdict,
    cell: Partial<Cell>,
    condition: Partial<Condition> = {},
    machine: Partial<Machine> = {},
  ) => calmUntil(conditionWith([saying(said)], condition), cellOf([machineOf(machine)], cell), reading);
  const known = { spans: falseTo };

  test('that stays unanswered rests until it was so for too long, and for ever once that was told', () => {
    expect(rests(undefined, { unknownAt: 5 }, { unknownForMs: 100 })).toBe(105);
    expect(rests(undefined, { unknownAt: 5, isUnknownOver: true }, { unknownForMs: 100 })).toBe(forEver);
  });

  test('that is answered no more, or again, does not rest', () => {
    expect(rests(undefined, {})).toBe(never);
    expect(rests(false, { unknownAt: 5 }, {}, known)).toBe(never);
    expect(rests(false, {}, {}, known)).toBe(forEver);
  });

  test('that can never be answered rests for ever', () => {
    expect(rests(undefined, {}, { isNeverKnown: true })).toBe(forEver);
    expect(rests(undefined, { unknownAt: 5 }, { isNeverKnown: true })).toBe(forEver);
  });

  test('does not rest without an answer where one was given before', () => {
    const unanswered = { unknownAt: 5, isUnknownOver: true };
    expect(rests(undefined, unanswered, {}, known)).toBe(never);
    expect(rests(undefined, unanswered, {}, { phase: active })).toBe(never);
    expect(rests(undefined, unanswered)).toBe(forEver);
  });
});

describe('nothing rests', () => {
  const rests = (given: Partial<Cell>, condition: Partial<Condition> = {}) =>
    calmUntil(
      conditionWith([saying(false)], condition),
      cellOf([machineOf({ spans: falseTo })], given),
      reading,
    );

  test('semantics 5, 12: while the sensor is silent, stale or held', () => {
    expect(rests({})).toBe(forEver);
    expect(rests({ silence: active })).toBe(never);
    expect(rests({ silence: clearing })).toBe(never);
    expect(rests({ isStale: true })).toBe(never);
    expect(rests({ holdAt: 0 })).toBe(never);
  });

  test('semantics 22: before the newest limits', () => {
    const { eras } = conditionWith([]);
    const changedAt = (from: number) => ({ eras: [...eras, ...eras.map((era) => ({ ...era, from }))] });
    expect(rests({}, changedAt(51))).toBe(never);
    expect(rests({}, changedAt(50))).toBe(forEver);
  });
});
