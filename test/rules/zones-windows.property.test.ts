import fc from 'fast-check';
import { compileCondition, surroundings } from '../../cli/rules/cel/compile.ts';
import type { Input } from '../../cli/rules/cel/finding.ts';
import { compileCondition as closureOf } from '../../functions/domain/rules/evaluate-expression.ts';
import { zoneConflicts } from '../../functions/domain/rules/zones.ts';
import { quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { duration } from '../../functions/domain/time.ts';

const number: Input = { type: 'number' };
const around = surroundings(
  new Map([
    ['value', number],
    ['limits.site', number],
  ]),
  { roles: new Map([['other', number]]) },
);

const figures = ['avg', 'max', 'stddev', 'count', 'delta'] as const;
const half = fc.integer({ min: -6, max: 6 }).map((n) => n / 2);
const term = fc.constantFrom(
  'value',
  'sensor("other").value',
  'limits.site',
  ...figures.map((fn) => `${fn}("1h")`),
);
const side = fc.oneof(
  term,
  fc.tuple(term, fc.constantFrom('+', '-'), term).map(([a, op, b]) => `(${a} ${op} ${b})`),
  term.map((a) => `abs(${a})`),
  fc.tuple(term, term).map(([a, b]) => `minKnown(${a}, ${b})`),
);
const comparison = fc
  .tuple(side, fc.constantFrom('<', '<=', '>', '>=', '=='), fc.oneof(half.map(String), term))
  .map(([a, op, b]) => `${a} ${op} (${b})`);
const condition = fc
  .tuple(comparison, fc.constantFrom('&&', '||'), comparison)
  .map(([a, op, b]) => `${a} ${op} ${b}`);

const world = fc.record({
  value: half,
  other: half,
  site: half,
  avg: half,
  max: half,
  delta: half,
  stddev: half.map(Math.abs),
  count: fc.nat(6),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const compile = (text: string) => {
  const compiled = compileCondition(text, around);
  if (!compiled.ok) throw new Error(compiled.findings.map(({ message }) => message).join());
  return compiled.expression;
};

const holds = (text: string, { value, other, site, ...seen }: World) => {
  const known = new Map<string, number>(Object.entries(seen));
  return closureOf(
    compile(text),
    (name) => (name === 'limits.site' ? site : undefined),
    2,
  )({
    value,
    quality: 'good',
    around: {
      figure: (_, fn) => known.get(fn),
      figureOf: () => undefined,
      reaches: () => undefined,
      role: () => ({ value: other, quality: 'good' }),
      peers: () => [],
    },
  });
};

test('what is said to be always, never or before another is so in every state', () => {
  let said = 0;
  fc.assert(
    fc.property(
      condition,
      condition,
      fc.array(world, { minLength: 40, maxLength: 40 }),
      (light, grave, states) => {
        const severity = (name: 'orange' | 'red', text: string) => ({
          severity: name,
          when: compile(text),
          forMs: duration(0),
          clearForMs: duration(0),
        });
        const found = zoneConflicts({
          severities: [severity('orange', light), severity('red', grave)],
          limits: {},
          quantity: quantityOf('methane'),
          windows: around.windows.windows(),
        });
        for (const { kind, severity: of } of found) {
          said++;
          const text = of.severity === 'orange' ? light : grave;
          for (const state of states) {
            if (kind === 'never-raises') expect(holds(text, state)).not.toBe(true);
            if (kind === 'always-raises') expect(holds(text, state)).not.toBe(false);
            if (kind === 'out-of-order' && holds(light, state) === true)
              expect(holds(grave, state)).toBe(true);
          }
        }
      },
    ),
    { numRuns: 1_000 },
  );
  expect(said).toBeGreaterThan(20);
});
