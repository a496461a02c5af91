import fc from 'fast-check';
import { compileCondition, surroundings } from '../../cli/rules/cel/compile.ts';
import type { Input, Type } from '../../cli/rules/cel/finding.ts';
import { compileExpression } from '../../functions/domain/rules/evaluate-expression.ts';
import type { Expression } from '../../functions/domain/rules/expression.ts';
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
    fc.constantFrom('value', 'limits.a', 'limits.b', 'avg("10m")', 'max("1h")', 'sensor("other").value'),
    quarter.map((n) => (n < 0 ? `(${n})` : `${n}`)),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('number'), fc.constantFrom('2', '4.0', '(-2)')).map(([a, b]) => `(${a} / ${b})`),
    tie('number').map((a) => `(-${a})`),
    tie('number').map((a) => `abs(${a})`),
    fc
      .tuple(fc.constantFrom('minKnown', 'maxKnown'), tie('number'), tie('number'))
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
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
    fc.constantFrom('true', 'false', '!sensor("fan").value', 'sensor("fan").quality == "good"'),
    fc
      .tuple(fc.constantFrom('exists(s, ', 'all(s, ', 'atLeast(2, s, '), fc.constantFrom('<', '>='), quarter)
      .map(([macro, op, bound]) => `sensors("methane").${macro}s.value ${op} ${bound})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
      .map(([a, op, b]) => `((${a}) ${op} (${b}))`),
    tie('condition').map((a) => `!(${a})`),
    fc
      .tuple(tie('condition'), tie('condition'), tie('condition'))
      .map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
}));

const world = fc.record({
  value: quarter,
  a: quarter,
  b: quarter,
  quality,
  avg: quarter,
  max: quarter,
  other: quarter,
  fan: fc.boolean(),
  peers: fc.array(quarter, { minLength: 1, maxLength: 4 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Decimal places that no product of these quarters exceeds. */
const scale = 12;

const roles = new Map<string, Input>([
  ['other', { type: 'number' }],
  ['fan', { type: 'boolean' }],
]);

const ours = (expression: Expression, { value, a, b, quality: state, ...seen }: World) => {
  const limits = new Map([
    ['limits.a', a],
    ['limits.b', b],
  ]);
  const good = (one: Value) => ({ value: one, quality: 'good' });
  return compileExpression(
    expression,
    (name) => limits.get(name),
    scale,
  )({
    value,
    quality: state,
    around: {
      figure: (_, fn) => (fn === 'avg' ? seen.avg : seen.max),
      figureOf: () => undefined,
      reaches: () => undefined,
      role: (name) => good(name === 'fan' ? seen.fan : seen.other),
      peers: () => seen.peers.map(good),
    },
  });
};

/** What stands in for our functions, by the end of its name. */
function standIn(name: string, { avg, max, other, fan, peers }: World): unknown {
  if (name.startsWith('peers_')) return peers.map((value) => ({ value, quality: 'good' }));
  if (name === 'sensor_fan_value') return fan;
  if (name.endsWith('quality')) return 'good';
  return name === 'sensor_other_value' ? other : name.endsWith('avg') ? avg : max;
}

test('semantics 27: wherever nothing is unknown, our evaluation agrees with cel-js', () => {
  const around = surroundings(inputs, { roles });
  let trues = 0;
  fc.assert(
    fc.property(condition, world, (text, seen) => {
      const compiled = compileCondition(text, around);
      const messages = compiled.ok ? [] : compiled.findings.map(({ message }) => message);
      // Some that are generated ask every peer too often, or are too long to write.
      fc.pre(!messages.some((message) => message.includes('are allowed')));
      if (!compiled.ok) throw new Error(`${text}: ${messages.join('; ')}`);
      const { variables } = compiled.told;
      const environment = around.environment.clone();
      for (const [name, type] of variables) environment.registerVariable(name, type);
      const theirs: unknown = environment.evaluate(compiled.told.text, {
        value: seen.value,
        quality: seen.quality,
        limits: { a: seen.a, b: seen.b },
        ...Object.fromEntries([...variables.keys()].map((name) => [name, standIn(name, seen)])),
      });
      const verdict = ours(compiled.expression, seen);
      if (verdict === true) trues++;
      expect(verdict).toBe(theirs);
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
