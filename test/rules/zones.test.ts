import fc from 'fast-check';
import type { GivenInputs } from '../../cli/rules/cel/compile.ts';
import { compileCondition } from '../../cli/rules/cel/compile.ts';
import type { Type } from '../../cli/rules/cel/finding.ts';
import { abstracted } from '../../functions/domain/rules/axes.ts';
import type { SeverityRule } from '../../functions/domain/rules/book.ts';
import { evaluateExpression } from '../../functions/domain/rules/evaluate-expression.ts';
import type { Expression } from '../../functions/domain/rules/expression.ts';
import { zoneConflicts } from '../../functions/domain/rules/zones.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import { type Quantity, quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { duration } from '../../functions/domain/time.ts';

const typeOf = { number: 'number', bool: 'boolean', enum: 'string' } as const satisfies Record<
  Quantity['kind'],
  Type
>;

function quantity(id: string): Quantity {
  const found = quantityOf(id);
  if (!found) throw new Error(`no quantity ${id}`);
  return found;
}

function compile(text: string, kind: Quantity['kind'] = 'number'): Expression {
  const inputs: GivenInputs = new Map<string, Type>([
    ['value', typeOf[kind]],
    ['quality', 'string'],
    ['limits.low', 'number'],
    ['limits.high', 'number'],
  ]);
  const compiled = compileCondition(text, inputs);
  if (!compiled.ok) throw new Error(compiled.findings.map(({ message }) => message).join());
  return compiled.expression;
}

const severity = (
  name: Severity,
  when: string,
  clear?: string,
  forMs = 0,
  kind: Quantity['kind'] = 'number',
): SeverityRule => ({
  severity: name,
  when: compile(when, kind),
  ...(clear !== undefined && { clear: compile(clear, kind) }),
  forMs: duration(forMs),
  clearForMs: duration(0),
});

const kinds = (...severities: SeverityRule[]): string[] =>
  zoneConflicts({ severities, limits: { low: 1, high: 2 }, quantity: quantity('methane') }).map(
    ({ kind }) => kind,
  );

test('semantics 2: zones that touch do not overlap', () => {
  expect(kinds(severity('orange', 'value >= limits.high', 'value < limits.high'))).toEqual([]);
  expect(kinds(severity('orange', 'value > limits.high', 'value <= limits.high'))).toEqual([]);
});

test('semantics 2: zones that share one single value overlap, and the value is told', () => {
  const orange = severity('orange', 'value >= limits.high', 'value <= limits.high');
  expect(
    zoneConflicts({ severities: [orange], limits: { low: 1, high: 2 }, quantity: quantity('methane') }),
  ).toEqual([{ kind: 'overlap', severity: orange, at: { value: 2, quality: 'good' } }]);
});

test.each([
  ['value >= limits.low', 'value < limits.high'],
  ['value >= limits.low || value <= -limits.low', 'value < limits.low'],
  ['value < limits.low', 'value > limits.low - 0.5'],
  ['value != limits.low', 'value > limits.high'],
  ['value in [1, 3]', 'value >= 3'],
  ['value * 2 >= limits.high', 'value < limits.high'],
  ['(value < 0 ? -value : value) > limits.low', 'value < -limits.high'],
  ['quality == "over-range" || value > 2', 'value < 1'],
])('semantics 2: %s and %s overlap', (when, clear) => {
  expect(kinds(severity('orange', when, clear))).toEqual(['overlap']);
});

test.each([
  ['value >= limits.high', 'value < limits.low'],
  ['value >= limits.high || value <= -limits.high', 'value < limits.low && value > -limits.low'],
  ['(value < 0 ? -value : value) > limits.high', 'value < limits.low && value > -limits.low'],
  ['value in [1, 3]', 'value > 1 && value < 3'],
  ['quality == "over-range" || value > 2', 'quality == "good" && value < 1'],
])('semantics 2: %s and %s are apart', (when, clear) => {
  expect(kinds(severity('orange', when, clear))).toEqual([]);
});

test('a condition that can never raise, that always raises, or that can never clear is told', () => {
  expect(kinds(severity('orange', 'value > limits.high && value < limits.low'))).toEqual(['never-raises']);
  expect(kinds(severity('orange', 'value >= limits.low || value < limits.high'))).toEqual(['always-raises']);
  expect(
    kinds(severity('orange', 'value > limits.high', 'value < limits.low && value > limits.high')),
  ).toEqual(['never-clears']);
});

test('a condition that is not linear in value is told as one that cannot be checked', () => {
  expect(kinds(severity('orange', 'value * value > limits.high'))).toEqual(['undecidable']);
  expect(kinds(severity('orange', '1 / value > limits.high'))).toEqual(['undecidable']);
});

test('a graver severity that is never later than a lighter one is out of order', () => {
  const orange = severity('orange', 'value >= limits.high');
  expect(kinds(orange, severity('red', 'value >= limits.low'))).toEqual(['out-of-order']);
  expect(kinds(orange, severity('red', 'value >= limits.high'))).toEqual(['out-of-order']);
  expect(kinds(orange, severity('red', 'value >= limits.high', undefined, 60_000))).toEqual([]);
  expect(kinds(severity('orange', 'value >= limits.low'), severity('red', 'value >= limits.high'))).toEqual(
    [],
  );
});

test('the limits given decide, not those of the file: an override is checked in the same way', () => {
  const severities = [severity('orange', 'value >= limits.high', 'value < limits.low')];
  const check = (low: number, high: number): string[] =>
    zoneConflicts({ severities, limits: { low, high }, quantity: quantity('methane') }).map(
      ({ kind }) => kind,
    );
  expect(check(1.5, 1.5)).toEqual([]);
  expect(check(1.51, 1.5)).toEqual(['overlap']);
});

test('a switch and an enumeration are compared at each of their values', () => {
  const fan = [severity('orange', '!value', 'value', 0, 'bool')];
  expect(zoneConflicts({ severities: fan, limits: {}, quantity: quantity('fan-state') })).toEqual([]);
  const valve = [severity('orange', 'value in ["open", "moving"]', 'value != "open"', 0, 'enum')];
  expect(zoneConflicts({ severities: valve, limits: {}, quantity: quantity('valve-state') })).toMatchObject([
    { kind: 'overlap', at: { value: 'moving' } },
  ]);
});

const bound = fc.integer({ min: -20, max: 20 }).map((n) => n / 4);
const comparison = fc
  .tuple(
    fc.constantFrom('value', 'value * 2', 'value - 1', '-value'),
    fc.constantFrom('<', '<=', '>', '>='),
    bound,
  )
  .map(([left, op, right]) => `${left} ${op} ${right}`);
const condition = fc
  .tuple(comparison, fc.constantFrom('&&', '||'), comparison)
  .map(([left, op, right]) => `${left} ${op} ${right}`);

test('between two turning points a condition keeps its answer', () => {
  fc.assert(
    fc.property(
      condition,
      fc.integer({ min: -60, max: 60 }),
      fc.integer({ min: -60, max: 60 }),
      (text, a, b) => {
        const expression = compile(text);
        const { axes } = abstracted([expression], { limits: {}, quantity: undefined, windowRoles: [] });
        const points = [...(axes.get('value')?.points ?? [])];
        const [low, high] = [Math.min(a, b) / 7, Math.max(a, b) / 7];
        fc.pre(!points.some((point) => point >= low && point <= high));
        const at = (value: number) =>
          evaluateExpression(expression, (name) => (name === 'value' ? value : undefined), 2);
        expect(at(low)).toBe(at(high));
      },
    ),
    { numRuns: 500 },
  );
});

test('a pair of conditions is said to overlap exactly when some value is in both zones', () => {
  // Turning points are multiples of an eighth; between two of them lies a sixteenth.
  const sixteenths = Array.from({ length: 321 }, (_, i) => (i - 160) / 16);
  fc.assert(
    fc.property(condition, condition, (when, clear) => {
      const orange = severity('orange', when, clear);
      const cleared = compile(clear);
      const holds = (expression: Expression, value: number): boolean =>
        evaluateExpression(expression, (name) => (name === 'value' ? value : undefined), 2) === true;
      const overlap = sixteenths.some((value) => holds(orange.when, value) && holds(cleared, value));
      expect(kinds(orange).includes('overlap')).toBe(overlap);
    }),
    { numRuns: 500 },
  );
});

test('semantics 2: of a rule for several quantities whole numbers are compared', () => {
  const orange = severity('orange', 'value >= limits.high', 'value <= limits.high');
  expect(
    zoneConflicts({ severities: [orange], limits: { high: 2 }, quantity: undefined }).map(({ kind }) => kind),
  ).toEqual(['overlap']);
});
