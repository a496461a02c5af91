import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { echoIndex, judgeInstant } from '../../../../functions/domain/rules/engine/verdict.ts';
import type { Quality, Reading, Value } from '../../../../functions/domain/telemetry/reading.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { choose, compare, input, literal, ruleOf } from '../../../support/engine/rules.ts';

const levels = [
  { severity: 'orange', at: 1, below: 0.5 },
  { severity: 'red', at: 2, below: 0.5 },
] as const;
const rule = ruleOf({ levels, quality: { ...ruleOf().quality, maintenance: 'ignore' } });
const mine = conditionOf(rule);

const reading = (v: Value | undefined, q: Quality = 'good', life = 60): Reading =>
  readingOf({ t: 60, life, q, ...(v === undefined ? {} : { v }) }, 60);

/** Lightest severity of `condition`: true good, true held, unknown, false and not good, false, cleared. */
const gravestFirst = [
  ['a breach', reading(1)],
  ['a held breach', reading(1, 'calibrating')],
  ['what is unknown', reading(undefined)],
  ['what is held and no breach', reading(0.2, 'calibrating')],
  ['what is normal and does not clear', reading(0.7)],
  ['what clears', reading(0.2)],
] as const;
const pairs = gravestFirst.flatMap(([graver, one], i) =>
  gravestFirst.slice(i + 1).map(([lighter, other]) => [graver, lighter, one, other] as const),
);

test.each(pairs)(
  'semantics 6: of two readings of one instant %s counts more than %s',
  (_, __, one, other) => {
    const alone = judgeInstant(mine, [one], undefined)?.severities[0];
    expect(judgeInstant(mine, [one, other], undefined)?.severities[0]).toEqual(alone);
    expect(judgeInstant(mine, [other, one], undefined)?.severities[0]).toEqual(alone);
  },
);

test('semantics 6: of readings that are equally grave the first counts', () => {
  const [first, second] = [reading(1), reading(1.5)];
  expect(judgeInstant(mine, [first, second], undefined)?.shown).toBe(first);
});

test('semantics 6: of what is bad and no breach nothing counts less than what is held and no breach', () => {
  const quality = compare('eq', input('quality'), literal('good'));
  const when = choose(quality, compare('ge', input('value'), literal(1)), literal(false));
  const asking = conditionOf({ ...rule, severities: rule.severities.map((one) => ({ ...one, when })) });
  const readings = [reading(0.2), reading(0, 'fault'), reading(0, 'calibrating')];
  expect(judgeInstant(asking, readings, undefined)?.severities[0]).toEqual({
    ...{ when: false, clears: false, isGood: false, isHeld: false },
  });
});

test('the reading is shown that decides the gravest severity that is true', () => {
  const [high, low, normal] = [reading(2), reading(1), reading(0)];
  expect(judgeInstant(mine, [normal, low, high], undefined)?.shown).toBe(high);
  expect(judgeInstant(mine, [normal, low], undefined)?.shown).toBe(low);
  expect(judgeInstant(mine, [low, normal], undefined)?.shown).toBe(low);
});

test('where no severity is true the reading is shown that decides the gravest', () => {
  const second: Condition = {
    ...mine,
    severities: mine.severities.map((one, i) => ({
      ...one,
      when: ({ value }) => (value === i ? undefined : false),
    })),
  };
  const [first, last] = [reading(0), reading(1)];
  expect(judgeInstant(second, [first, last], undefined)?.shown).toBe(last);
  expect(judgeInstant(second, [last, first], undefined)?.shown).toBe(last);
});

test('a breach of a lower severity alone is shown, whatever the graver one does not know', () => {
  const lower: Condition = {
    ...mine,
    severities: mine.severities.map((one, i) => ({
      ...one,
      when: ({ value }) => (i === 0 ? value === 5 : value === 0 ? undefined : false),
    })),
  };
  const [breach, vague] = [reading(5), reading(0)];
  expect(judgeInstant(lower, [breach, vague], undefined)?.shown).toBe(breach);
});

test('semantics 5: of several readings those that a rule ignores are left out', () => {
  const [ignored, one, other] = [reading(5, 'maintenance'), reading(0.2), reading(0.7)];
  expect(judgeInstant(mine, [ignored], undefined)).toBeUndefined();
  expect(judgeInstant(mine, [ignored, ignored], undefined)).toBeUndefined();
  expect(judgeInstant(mine, [], undefined)).toBeUndefined();
  expect(judgeInstant(mine, [ignored, one], undefined)).toEqual(judgeInstant(mine, [one], undefined));
  expect(judgeInstant(mine, [ignored, one, other], undefined)).toEqual(
    judgeInstant(mine, [one, other], undefined),
  );
});

const kinds = conditionOf({ ...rule, quality: { ...rule.quality, maintenance: 'unknown' } });

test.each<Quality>(['good', 'calibrating', 'fault', 'over-range', 'unknown'])(
  'semantics 25: of readings that decide nothing the first with the newest sign of life is kept where they are %s',
  (quality) => {
    const breach = reading(2, 'good', 55);
    const said = quality === 'good' ? 0.2 : undefined;
    const others = [50, 58, 58, 51].map((life) => reading(said, quality, life));
    const verdict = judgeInstant(kinds, [breach, ...others], undefined);
    expect(verdict?.readings).toHaveLength(2);
    expect(verdict?.readings[0]).toBe(breach);
    expect(verdict?.readings[1]).toBe(others[1]);
  },
);

test('semantics 25: of each state that readings are in the one with the newest sign of life is kept', () => {
  const breach = reading(2, 'good', 55);
  const held = [50, 58].map((life) => reading(0, 'calibrating', life));
  const faults = [51, 52].map((life) => reading(0, 'fault', life));
  expect(judgeInstant(mine, [breach, ...held, ...faults], undefined)?.readings).toEqual([
    breach,
    held[1],
    faults[1],
  ]);
});

test('semantics 5: what is left beside an ignored reading is judged as if it had come alone', () => {
  const echo = { ...reading(1), index: echoIndex };
  expect(judgeInstant(mine, [reading(5, 'maintenance'), echo], undefined)?.isEcho).toBe(true);
});

test('semantics 25: each reading that decides a severity is kept, in the order of the message', () => {
  const readings = [reading(1, 'good', 55), reading(0.2, 'good', 60), reading(0.3), reading(0.4)];
  const [first, second] = readings;
  expect(judgeInstant(mine, readings, undefined)?.readings).toEqual([first, second]);
  const deciding: Condition = {
    ...mine,
    severities: mine.severities.map((one, i) => ({ ...one, when: ({ value }) => value === i })),
  };
  const [low, high, newest] = [reading(0, 'good', 1), reading(1, 'good', 2), reading(5, 'good', 3)];
  expect(judgeInstant(deciding, [newest, reading(5), high, low], undefined)?.readings).toHaveLength(3);
  const kept = judgeInstant(deciding, [newest, reading(7, 'good', 2), high, low], undefined)?.readings;
  expect(kept).toEqual([newest, high, low]);
});

test('semantics 5, 12: of several readings all that is good, held or a fault is told', () => {
  const [good, held, fault] = [
    reading(0, 'good', 50),
    reading(0, 'calibrating', 55),
    reading(0, 'fault', 58),
  ];
  const summary = (...readings: readonly Reading[]) => {
    const { isGood, hasHeld, isFault, goodLifeAt, heldLifeAt } =
      judgeInstant(mine, readings, undefined) ?? {};
    return [isGood, hasHeld, isFault, goodLifeAt, heldLifeAt];
  };
  expect(summary(good, held)).toEqual([false, true, false, at(50), at(55)]);
  expect(summary(held, good)).toEqual([false, true, false, at(50), at(55)]);
  expect(summary(good, fault)).toEqual([false, false, true, at(50), at(50)]);
  expect(summary(good, reading(1, 'good', 57))).toEqual([true, false, false, at(57), at(57)]);
  expect(summary(reading(1, 'good', 57), good)).toEqual([true, false, false, at(57), at(57)]);
  expect(summary(fault, held)).toEqual([false, true, true, -1, at(55)]);
  expect(summary(fault, fault)).toEqual([false, false, true, -1, -1]);
});
