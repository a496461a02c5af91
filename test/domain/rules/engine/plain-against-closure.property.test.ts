import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { Rule, SeverityRule } from '../../../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { advance, judge, judgeInPlace } from '../../../../functions/domain/rules/engine.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, type GivenReading, readingOf, start, told } from '../../../support/engine/bench.ts';
import { anyPlain } from '../../../support/engine/conditions.ts';
import { bookOf, choose, compare, device, literal, ruleOf } from '../../../support/engine/rules.ts';
import { overrideOf } from '../../../support/overrides.ts';

const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });

const anySeverity = (severity: SeverityRule['severity']): fc.Arbitrary<SeverityRule> =>
  fc
    .record({
      when: anyPlain,
      clear: maybe(anyPlain),
      forMs: fc.constantFrom(0, 5, 10).map(seconds),
      clearForMs: fc.constantFrom(0, 10).map(seconds),
    })
    .map(({ clear, ...rest }) => ({ severity, ...rest, ...(clear && { clear }) }));

/** Two severities under which a sensor soon is silent, and soon not evaluable. */
const anyPlainRule: fc.Arbitrary<Rule> = fc.tuple(anySeverity('yellow'), anySeverity('red')).map((all) => ({
  ...ruleOf({
    levels: [
      { severity: 'orange', at: 2 },
      { severity: 'red', at: 4 },
    ],
    unknownForMs: seconds(12),
  }),
  severities: all,
}));

/** Always true, and too much for a table: it computes. */
const computed = compare('ge', { op: 'absolute', of: literal(0) }, literal(0));
const asClosure = (of: Expression): Expression => choose(computed, of, of);

const withClosures = (rule: Rule): Rule => ({
  ...rule,
  severities: rule.severities.map((one) => ({
    ...one,
    when: asClosure(one.when),
    ...(one.clear && { clear: asClosure(one.clear) }),
  })),
});

/** A limit is lowered at second 60 for half a minute. */
const registered = {
  ...device([{ period: 5_000 }]),
  overrides: [overrideOf({ from: start + 60_000, until: start + 90_000, at: start, value: 1.5 })],
};

const bound = (rule: Rule, isDated: boolean): DeviceRules =>
  bindDevice(bookOf(rule), isDated ? registered : device([{ period: 5_000 }]));

/** Readings that mostly stay where they were, so that the table is used. */
const anyReadings: fc.Arbitrary<readonly GivenReading[]> = fc
  .array(
    fc.record({
      gap: fc.oneof({ weight: 8, arbitrary: fc.constant(5) }, fc.constantFrom(1, 31, 45)),
      v: maybe(
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5) },
          fc.constantFrom(
            true,
            false,
            'normal',
            Number.NaN,
            Number.POSITIVE_INFINITY,
            Number.NEGATIVE_INFINITY,
          ),
        ),
      ),
      count: fc.constantFrom(1, 1, 2, 4),
      q: fc.oneof(
        { weight: 9, arbitrary: fc.constant('good' as const) },
        fc.constantFrom('fault' as const, 'over-range' as const, 'calibrating' as const),
      ),
      late: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.constantFrom(7, 22)),
    }),
    { minLength: 4, maxLength: 18 },
  )
  .map((steps) => {
    let t = 0;
    return steps.flatMap(({ gap, v, count, q, late }) =>
      Array.from({ length: count }, () => {
        t += gap;
        return { t: Math.max(0, t - late), ...(v !== undefined && { v }), q };
      }),
    );
  });

type Judge = typeof judge;

function judged(rules: DeviceRules, readings: readonly GivenReading[], by: Judge) {
  let state: RuleState = emptyRuleState(rules, at(0));
  const lines: string[] = [];
  let now = 0;
  for (const one of readings) {
    now = Math.max(now, one.t);
    const message = { receivedAt: at(now), readings: [readingOf(one, now)] };
    const { state: next, transitions } = by(rules, state, message, at(now));
    state = next;
    lines.push(...transitions.map(told));
  }
  const last = advance(rules, state, at(now + 200), at(now + 200));
  lines.push(...last.transitions.map(told));
  // As they are stored, without what only the table of a plain sensor has noted.
  const writer = byteWriter();
  encodeRules(writer, rules, last.state);
  const { cells } = decodeRules(byteReader(writer.finish()), rules);
  return { lines, cells };
}

test('semantics 27: conditions in the tables, as closures, and judged in place tell the same and remember the same', () => {
  fc.assert(
    fc.property(anyPlainRule, anyReadings, fc.boolean(), (rule, readings, isDated) => {
      const plain = bound(rule, isDated);
      const closures = bound(withClosures(rule), isDated);
      expect(plain.conditions.map(({ edges }) => edges !== undefined)).toEqual([true]);
      expect(closures.conditions.map(({ edges }) => edges)).toEqual([undefined]);
      const wanted = judged(closures, readings, judge);
      expect(judged(plain, readings, judge)).toEqual(wanted);
      expect(judged(plain, readings, judgeInPlace)).toEqual(wanted);
      expect(judged(closures, readings, judgeInPlace)).toEqual(wanted);
    }),
    { numRuns: 1_000 },
  );
});

test('the rules and readings that are asked make the conditions tell something, more often than not', () => {
  const told = fc
    .sample(fc.tuple(anyPlainRule, anyReadings, fc.boolean()), 200)
    .map(([rule, readings, isDated]) => judged(bound(rule, isDated), readings, judge).lines.length);
  expect(told.filter((lines) => lines > 0).length).toBeGreaterThan(100);
});
