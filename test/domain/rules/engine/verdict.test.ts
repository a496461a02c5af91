import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { recordedLast } from '../../../../functions/domain/rules/engine/surroundings.ts';
import {
  echoIndex,
  effectOf,
  type InstantVerdict,
  judgeInstant,
  type SeverityVerdict,
} from '../../../../functions/domain/rules/engine/verdict.ts';
import type { Quality, Value } from '../../../../functions/domain/telemetry/reading.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { choose, compare, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const levels = [
  { severity: 'orange', at: 1 },
  { severity: 'red', at: 2, below: 1.5 },
] as const;
const rule = ruleOf({ levels });
const mine = conditionOf(rule);
const withQuality = (quality: Partial<Rule['quality']>, more: Partial<Rule> = {}): Condition =>
  conditionOf({ ...rule, quality: { ...rule.quality, ...quality }, ...more });

/** A reading of one instant; `life` in seconds. */
const reading = (v: Value | undefined, q: Quality = 'good', life = 60, index = 0) =>
  readingOf({ t: 60, life, q, ...(v === undefined ? {} : { v }) }, 60, index);

const good = (when: boolean | undefined): SeverityVerdict => ({
  ...{ when, clears: false, isGood: true, isHeld: false },
});
const clears: SeverityVerdict = { when: false, clears: true, isGood: true, isHeld: false };
const held = (when: boolean | undefined): SeverityVerdict => ({
  ...{ when, clears: false, isGood: false, isHeld: true },
});
const bad = (when: boolean | undefined): SeverityVerdict => ({
  ...{ when, clears: false, isGood: false, isHeld: false },
});

test.each<[string, Value | undefined, Quality, readonly SeverityVerdict[]]>([
  ['a good one above both limits is a breach of both', 2, 'good', [good(true), good(true)]],
  ['a good one between them clears the graver only by its `clear`', 1.5, 'good', [good(true), good(false)]],
  ['a good one below `clear` clears the graver', 1.25, 'good', [good(true), clears]],
  ['a good one below all clears all', 0.5, 'good', [clears, clears]],
  ['a good one without a value says nothing', undefined, 'good', [good(undefined), good(undefined)]],
  ['a held one clears nothing', 0.5, 'calibrating', [held(false), held(false)]],
  ['a held one may be a breach', 2, 'maintenance', [held(true), held(true)]],
  ['over-range is a breach of all, whatever its value', 0.5, 'over-range', [bad(true), bad(true)]],
  ['a fault leaves the value unknown', 2, 'fault', [bad(undefined), bad(undefined)]],
  ['an unknown state leaves the value unknown', 0.5, 'unknown', [bad(undefined), bad(undefined)]],
])('semantics 5: of readings %s', (_, value, quality, severities) => {
  expect(judgeInstant(mine, [reading(value, quality)], undefined)?.severities).toEqual(severities);
});

test('semantics 5: another state that raises is a breach of the highest severity only', () => {
  const raising = withQuality({ fault: 'raise' });
  expect(judgeInstant(raising, [reading(2, 'fault')], undefined)?.severities).toEqual([
    bad(undefined),
    bad(true),
  ]);
});

test('semantics 2: a severity whose `clear` is unknown is not cleared', () => {
  const clear = compare('lt', input('sensor.nobody.value'), literal(1));
  const unclear = conditionOf({ ...rule, severities: rule.severities.map((one) => ({ ...one, clear })) });
  expect(judgeInstant(unclear, [reading(0)], undefined)?.severities).toEqual([good(false), good(false)]);
});

test('semantics 5: a bad reading can be asked for its state, its time and what is around it, not for its value', () => {
  const when = choose(compare('eq', input('quality'), literal('unknown')), input('value'), literal(false));
  const asking = conditionOf({ ...rule, severities: rule.severities.map((one) => ({ ...one, when })) });
  expect(judgeInstant(asking, [reading(true, 'unknown')], undefined)?.severities[0]).toEqual(bad(undefined));
  expect(judgeInstant(asking, [reading(true, 'fault')], undefined)?.severities[0]).toEqual(bad(false));
  const dated: Condition = {
    ...mine,
    severities: mine.severities.map((one) => ({
      ...one,
      when: ({ phenomenonAt }) => phenomenonAt === at(60),
    })),
  };
  expect(judgeInstant(dated, [reading(1, 'fault')], undefined)?.severities[0]).toEqual(bad(true));
});

test('semantics 17: a window is asked beside a reading, good or bad; without surroundings it is unknown', () => {
  const windowed = conditionOf(
    windowRule({ window: { lengthS: 60, functions: ['avg'] }, when: figureIs('avg', 'ge', 1) }),
  );
  const around = recordedLast([{ figures: [[0, 'avg', 1]], reaches: [], windows: [] }]);
  const judged = (q: Quality, beside: typeof around | undefined) =>
    judgeInstant(windowed, [reading(0, q)], beside)?.severities[0]?.when;
  expect([judged('good', around), judged('unknown', around)]).toEqual([true, true]);
  expect([judged('good', undefined), judged('unknown', undefined)]).toEqual([undefined, undefined]);
});

test.each<[Quality, string, Partial<InstantVerdict>]>([
  ['good', 'good', { isGood: true, goodLifeAt: at(50), heldLifeAt: at(50) }],
  ['calibrating', 'hold', { hasHeld: true, goodLifeAt: -1, heldLifeAt: at(50) }],
  ['fault', 'stale', { isFault: true, goodLifeAt: -1, heldLifeAt: -1 }],
  ['over-range', 'raise', { goodLifeAt: -1, heldLifeAt: -1 }],
  ['unknown', 'unknown', { goodLifeAt: -1, heldLifeAt: -1 }],
])('semantics 5, 12: a reading that is %s is taken as %s', (quality, effect, expected) => {
  const one = reading(0.5, quality, 50);
  expect(effectOf(mine, one)).toBe(effect);
  const { severities: _, ...verdict } = judgeInstant(mine, [one], undefined) ?? { severities: [] };
  expect(verdict).toEqual({
    ...{ readings: [one], shown: one, isGood: false, isEcho: false, hasHeld: false, isFault: false },
    ...expected,
  });
});

test.each<[Quality, Rule['kind'], number, number]>([
  ['over-range', 'data-quality', at(50), at(50)],
  ['unknown', 'data-quality', at(50), at(50)],
  ['fault', 'data-quality', -1, -1],
  ['calibrating', 'data-quality', -1, at(50)],
  ['over-range', 'risk', -1, -1],
])(
  'semantics 12: that a reading is %s is a sign of life to a rule on %s or not',
  (quality, kind, life, held) => {
    const alone = judgeInstant(withQuality({}, { kind }), [reading(1, quality, 50)], undefined);
    expect([alone?.goodLifeAt, alone?.heldLifeAt]).toEqual([life, held]);
    const twice = [reading(1, quality, 40), reading(1, quality, 50)];
    const both = judgeInstant(withQuality({}, { kind }), twice, undefined);
    expect([both?.goodLifeAt, both?.heldLifeAt]).toEqual([life, held]);
  },
);

test('the last word of the own sensor at an instant of another is an echo, a reading of the message is none', () => {
  expect(judgeInstant(mine, [reading(1, 'good', 60, echoIndex)], undefined)?.isEcho).toBe(true);
  expect(judgeInstant(mine, [reading(1, 'good', 60, 0)], undefined)?.isEcho).toBe(false);
  const twins = [reading(1, 'good', 60, echoIndex), reading(1, 'good', 60, echoIndex)];
  expect(judgeInstant(mine, twins, undefined)?.isEcho).toBe(false);
});
