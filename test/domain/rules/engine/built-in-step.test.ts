import { builtInRules, builtInVersion } from '../../../../functions/domain/rules/engine/built-in.ts';
import {
  type BuiltInInput,
  faultRank,
  stepBuiltIn,
} from '../../../../functions/domain/rules/engine/built-in-step.ts';
import { type BuiltInCell, newBuiltInCell, phases } from '../../../../functions/domain/rules/engine/cell.ts';
import type { TransitionDraft } from '../../../../functions/domain/rules/transition.ts';
import { rankOf } from '../../../../functions/domain/severity.ts';
import { instant } from '../../../../functions/domain/time.ts';

const { ruleId } = builtInRules.fault;
const yellow = rankOf('yellow');
const red = rankOf('red');

/** Readings at `t` are told 1 ms later; more than 10 ms without one are a gap. */
const inputOf = (kind: BuiltInInput['kind'], t: number, rank = yellow): BuiltInInput => ({
  ...{ kind, rank, trigger: kind === 'raise' ? 'quality' : 'reading' },
  ...{
    at: instant(t + 1),
    phenomenonAt: instant(t),
    silentAfterMs: 10,
    value: 1.5,
    quality: 'fault',
    causes: ['why'],
  },
});
const step = (cell: BuiltInCell, ...input: Parameters<typeof inputOf>): TransitionDraft | undefined =>
  stepBuiltIn(ruleId, 'ch4', cell, inputOf(...input));
const raisedAt = (t: number, rank = yellow): BuiltInCell => {
  const cell = newBuiltInCell();
  step(cell, 'raise', t, rank);
  return cell;
};
const active = { phase: phases.active, rank: yellow, since: 100, clearSince: -1, hint: undefined };

test('the engine raises two alerts on data by itself, a fault as yellow', () => {
  expect(builtInRules).toEqual({
    fault: { ruleId: 'data.fault', severity: 'yellow' },
    notEvaluable: { ruleId: 'data.not-evaluable' },
  });
  expect([builtInVersion, faultRank]).toEqual(['built-in', yellow]);
});

test('semantics 5: bad data raise', () => {
  const cell = newBuiltInCell();
  const draft = step(cell, 'raise', 100);
  expect(cell).toEqual({ ...active, lastAt: 100 });
  expect(draft).toMatchObject({
    ...{ ruleId, ruleVersion: 'built-in', sensorId: 'ch4', change: 'raised', condition: 'firing' },
    ...{ severity: 'yellow', phenomenonAt: 100, at: 101, trigger: 'quality', value: 1.5, quality: 'fault' },
  });
  expect(draft?.marks).toEqual([]);
});

test('what is raised without a severity is yellow', () => {
  expect(step(newBuiltInCell(), 'raise', 100, -1)?.severity).toBe('yellow');
});

test('semantics 25: the record holds the timers before and after, as they were then', () => {
  const cell = raisedAt(100);
  const draft = step(cell, 'raise', 105, red);
  step(cell, 'good', 106);
  expect(JSON.parse(draft?.because ?? '')).toEqual({
    ...{ format: 1, rule: 'data.fault', ruleVersion: 'built-in', sensor: 'ch4', change: 'severity-up' },
    ...{ condition: 'firing', severity: 'red', trigger: 'quality', marks: [], phenomenonAt: 105, now: 106 },
    input: inputOf('raise', 105, red),
    before: { phase: phases.active, rank: yellow, since: 100, lastAt: 100 },
    after: { phase: phases.active, rank: red, since: 100, lastAt: 105 },
  });
});

test.each([
  ['graver', red, 'severity-up', red],
  ['as grave', yellow, undefined, yellow],
  ['lighter', yellow - 1, undefined, yellow],
])('what is raised again %s begins where it began', (_, rank, change, after) => {
  const cell = raisedAt(100);
  expect(step(cell, 'raise', 105, rank)?.change).toBe(change);
  expect(cell).toEqual({ ...active, rank: after, lastAt: 105 });
});

test('what is raised again by something older keeps its newest reading', () => {
  const cell = raisedAt(100);
  expect(step(cell, 'raise', 90)).toBeUndefined();
  expect(cell).toEqual({ ...active, lastAt: 100 });
});

test('semantics 5: what is raised again starts its clear run again', () => {
  const cell = raisedAt(100);
  step(cell, 'good', 101);
  expect(step(cell, 'raise', 102)).toBeUndefined();
  expect(cell).toEqual({ ...active, lastAt: 102 });
});

test.each(['good', 'bad'] as const)('a %s reading does nothing where nothing is raised', (kind) => {
  const cell = newBuiltInCell();
  expect(step(cell, kind, 100)).toBeUndefined();
  expect(cell).toEqual(newBuiltInCell());
});

test('semantics 7: a first good reading begins the clear run, a second ends it', () => {
  const cell = raisedAt(100, red);
  expect(step(cell, 'good', 103)).toBeUndefined();
  expect(cell).toEqual({ ...active, phase: phases.clearing, rank: red, clearSince: 103, lastAt: 103 });
  const draft = step(cell, 'good', 104);
  expect(cell).toEqual(newBuiltInCell());
  expect(draft).toMatchObject({
    change: 'recovered',
    condition: 'recovered',
    severity: 'red',
    trigger: 'reading',
  });
  expect(JSON.parse(draft?.because ?? '')).toMatchObject({
    condition: 'recovered',
    severity: 'red',
    after: {},
  });
});

test.each([
  [112, undefined],
  [111, 'recovered'],
  [110, 'recovered'],
])('semantics 7: after a good reading at 101, and gaps over 10 ms, one at %i tells: %s', (t, change) => {
  const cell = raisedAt(100);
  step(cell, 'good', 101);
  expect(step(cell, 'good', t)?.change).toBe(change);
  if (change === undefined)
    expect(cell).toEqual({ ...active, phase: phases.clearing, clearSince: t, lastAt: t });
});

test('semantics 7: a bad reading breaks the clear run and raises nothing', () => {
  const cell = raisedAt(100);
  step(cell, 'good', 101);
  expect(step(cell, 'bad', 102)).toBeUndefined();
  expect(cell).toEqual({ ...active, lastAt: 102 });
  expect(step(cell, 'good', 103)).toBeUndefined();
  expect(step(cell, 'good', 104)?.change).toBe('recovered');
});
