import fc from 'fast-check';
import { compileCondition, surroundings } from '../../cli/rules/cel/compile.ts';
import type { Type } from '../../cli/rules/cel/finding.ts';
import { settled } from '../../functions/domain/rules/engine/settled.ts';
import { spanKinds } from '../../functions/domain/rules/engine/spans.ts';
import type { RuleState } from '../../functions/domain/rules/engine/state.ts';
import { calmOf } from '../../functions/domain/rules/engine/work.ts';
import type { Expression } from '../../functions/domain/rules/expression.ts';
import { seconds } from '../../functions/domain/time.ts';
import { benchOf } from '../support/engine/bench.ts';
import { boundTo, limit, ruleOf } from '../support/engine/rules.ts';

const inputs = new Map<string, Type>([
  ['value', 'number'],
  ['quality', 'string'],
  ['limits.a', 'number'],
  ['limits.b', 'number'],
]);

const number = fc.constantFrom('0.0', '1', '1.5', '2', '-1', 'limits.a', 'limits.b');
const relation = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fc.tuple(relation, number).map(([op, bound]) => `value ${op} ${bound}`) },
    fc.tuple(number, relation).map(([bound, op]) => `${bound} ${op} value`),
    fc.tuple(number, relation, number).map((parts) => parts.join(' ')),
    fc.constantFrom('value in [1, 1.5]', 'quality == "good"', 'quality != "good"', 'true', 'false'),
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
      .map(([a, op, b]) => `((${a}) ${op} (${b}))`),
    tie('condition').map((a) => `!(${a})`),
    fc
      .tuple(tie('condition'), tie('condition'), tie('condition'))
      .map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
}));

/** Each value more than once, so that the table is asked and not only made. */
const values = fc
  .array(
    fc.tuple(fc.constantFrom(-2, -1, 0, 0.5, 1, 1.25, 1.5, 1.75, 2, 2.5, 3), fc.integer({ min: 1, max: 3 })),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((all) => all.flatMap(([value, count]) => Array<number>(count).fill(value)));

const ruleAsking = (when: Expression, a: number, b: number) => ({
  ...ruleOf(),
  limits: { a: limit(a), b: limit(b) },
  severities: [{ severity: 'orange' as const, when, forMs: seconds(0), clearForMs: seconds(0) }],
});

/** What the condition was at the newest reading. */
function verdictOf({ cells: [cell], sensors: [sensor] }: RuleState): boolean {
  if (!cell) throw new RangeError('no cell');
  return settled(cell, calmOf(sensor)).machines[0]?.spans.at(-3) === spanKinds.isTrue;
}

test('semantics 27: wherever nothing is unknown, the tables of plain conditions agree with cel-js', () => {
  const around = surroundings(inputs);
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      condition,
      fc.constantFrom(1, 1.5, 2),
      fc.constantFrom(0, 2, 3),
      values,
      (text, a, b, series) => {
        const compiled = compileCondition(text, around);
        if (!compiled.ok)
          throw new Error(`${text}: ${compiled.findings.map(({ message }) => message).join('; ')}`);
        const rules = boundTo(ruleAsking(compiled.expression, a, b));
        expect(rules.conditions[0]?.edges).toBeDefined();
        const bench = benchOf(rules);
        series.forEach((value, i) => {
          bench.send([{ t: 5 * i, v: value }]);
          const theirs: unknown = around.environment.evaluate(compiled.told.text, {
            value,
            quality: 'good',
            limits: { a, b },
          });
          const verdict = verdictOf(bench.state());
          seen[`${verdict}`] += 1;
          expect(verdict).toBe(theirs);
        });
      },
    ),
    { numRuns: 1_000 },
  );
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(1_000);
});
