import fc from 'fast-check';
import { compileCondition, surroundings } from '../../cli/rules/cel/compile.ts';
import type { Type } from '../../cli/rules/cel/finding.ts';
import { evaluateExpression } from '../../functions/domain/rules/evaluate-expression.ts';
import type { Value } from '../../functions/domain/telemetry/reading.ts';

const inputs = new Map<string, Type>([
  ['value', 'number'],
  ['quality', 'string'],
  ['limits.a', 'number'],
  ['limits.b', 'number'],
]);

/** Quarters: sums and products of a few of them are exact in binary and in four decimal places. */
const quarter = fc.integer({ min: -40, max: 40 }).map((n) => n / 4);
const quality = fc.constantFrom('good', 'fault', 'over-range');

const { condition } = fc.letrec<{ number: string; text: string; condition: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('value', 'limits.a', 'limits.b'),
    quarter.map((n) => (n < 0 ? `(${n})` : `${n}`)),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('number'), fc.constantFrom('2', '4.0', '(-2)')).map(([a, b]) => `(${a} / ${b})`),
    tie('number').map((a) => `(-${a})`),
    fc.tuple(tie('condition'), tie('number'), tie('number')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  text: fc.oneof(
    fc.constant('quality'),
    quality.map((word) => `"${word}"`),
  ),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('number'))
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(tie('text'), fc.constantFrom('==', '!='), tie('text')).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.array(quarter, { minLength: 1, maxLength: 4 }).map((list) => `value in [${list.join(', ')}]`),
    fc.constantFrom('true', 'false'),
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
      .map(([a, op, b]) => `((${a}) ${op} (${b}))`),
    tie('condition').map((a) => `!(${a})`),
    fc
      .tuple(tie('condition'), tie('condition'), tie('condition'))
      .map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
}));

const world = fc.record({ value: quarter, a: quarter, b: quarter, quality });

/** Decimal places that no product of these quarters exceeds. */
const scale = 12;

test('semantics 27: wherever nothing is unknown, our evaluation agrees with cel-js', () => {
  const { environment } = surroundings(inputs);
  let trues = 0;
  fc.assert(
    fc.property(condition, world, (text, { value, a, b, quality: state }) => {
      const compiled = compileCondition(text, inputs);
      if (!compiled.ok)
        throw new Error(`${text}: ${compiled.findings.map(({ message }) => message).join('; ')}`);
      const known = new Map<string, Value>([
        ['value', value],
        ['quality', state],
        ['limits.a', a],
        ['limits.b', b],
      ]);
      const ours = evaluateExpression(compiled.expression, (name) => known.get(name), scale);
      const theirs: unknown = environment.evaluate(compiled.told.text, {
        value,
        quality: state,
        limits: { a, b },
      });
      if (ours === true) trues++;
      expect(ours).toBe(theirs);
    }),
    { numRuns: 1_000 },
  );
  expect(trues).toBeGreaterThan(100);
});

test('cel-js refuses what our compiler refuses for its types', () => {
  const { environment } = surroundings(inputs);
  for (const text of [
    'value == "a"',
    'value && true',
    '!value',
    'quality + 1.0 > 2.0',
    'value ? true : false',
  ]) {
    expect(compileCondition(text, inputs).ok).toBe(false);
    expect(environment.check(text).valid).toBe(false);
  }
});
