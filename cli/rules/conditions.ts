/** The conditions of a rule file, compiled, with everything that is wrong in them. */
import * as z from 'zod';
import type { WindowSpec } from '../../functions/domain/rules/book.ts';
import { type Expression, inputsOf } from '../../functions/domain/rules/expression.ts';
import { camelName } from '../../functions/domain/rules/schema/words.ts';
import { severities } from '../../functions/domain/severity.ts';
import { quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { compileCondition, type Surroundings, surroundings } from './cel/compile.ts';
import type { Finding, Input } from './cel/finding.ts';
import { inputOfQuantity, inputsFor, valueInput } from './cel/inputs.ts';
import { compileLets } from './lets.ts';
import type { Problem } from './problem.ts';
import type { FieldPath, YamlDocument } from './yaml-document.ts';

/** Entries whose names can stand in a condition; the others are findings of their own. */
const mapping = z
  .record(z.string(), z.unknown())
  .transform((given) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => camelName.safeParse(name).success)),
  )
  .catch({});

/** As much of a rule as conditions need; read loosely, so that a fault elsewhere does not hide faults here. */
const Loose = z.looseObject({
  select: z
    .looseObject({ quantity: z.union([z.string(), z.array(z.string())]).optional() })
    .catch({ quantity: [] }),
  sensors: mapping.default({}),
  let: mapping.default({}),
  limits: mapping.default({}),
  severities: z
    .record(z.string(), z.looseObject({ when: z.unknown().optional(), clear: z.unknown().optional() }))
    .catch({}),
});
type Loose = z.infer<typeof Loose>;

const WithQuantity = z.looseObject({ quantity: z.string() });
const WithUnit = z.looseObject({ unit: z.string() });

export interface Conditions {
  readonly problems: readonly Problem[];
  /** The compiled tree of `severities.<severity>.<when|clear>`. */
  readonly of: (severity: string, field: 'when' | 'clear') => Expression | undefined;
  /** Names that some condition looks up: `limits.alarm`, `sensors.fan`, `let.rise`. */
  readonly used: ReadonlySet<string>;
  /** The windows that conditions ask, by number. */
  readonly windows: readonly WindowSpec[];
}

/** The quantities of a `select`, however they are written. */
export const quantityNames = (quantity: string | readonly string[] | undefined): readonly string[] =>
  typeof quantity === 'string' ? [quantity] : (quantity ?? []);

function rolesOf(sensors: Loose['sensors']): ReadonlyMap<string, Input> {
  return new Map(
    Object.entries(sensors).map(([name, role]) => {
      const named = WithQuantity.safeParse(role);
      const quantity = named.success ? quantityOf(named.data.quantity) : undefined;
      return [name, quantity ? inputOfQuantity(quantity) : { type: 'number' }];
    }),
  );
}

function unitsOf(limits: Loose['limits']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => {
      const measured = WithUnit.safeParse(limit);
      return [name, measured.success ? measured.data.unit : undefined];
    }),
  );
}

const order: readonly string[] = severities;

/** In the order in which windows get their numbers, so that the order of writing changes no version. */
const byGravity = (given: Loose['severities']) =>
  Object.entries(given).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));

/** Compiles every condition of the rule in `document`. */
export function conditionsOf(document: YamlDocument): Conditions {
  const loose = Loose.safeParse(document.value);
  const problems: Problem[] = [];
  const trees = new Map<string, Expression>();
  const used = new Set<string>();
  if (!loose.success) return { problems, of: () => undefined, used, windows: [] };
  const rule = loose.data;
  const report = (path: FieldPath, findings: readonly Finding[]): void => {
    for (const { message, remedy, start } of findings)
      problems.push(document.problemAt(path, message, remedy, start));
  };
  const value = valueInput(quantityNames(rule.select.quantity));
  const around = surroundings(inputsFor(value, unitsOf(rule.limits)), { roles: rolesOf(rule.sensors) });
  const named: Surroundings = { ...around, lets: compileLets(rule.let, around, { report, used }) };
  for (const [severity, conditions] of byGravity(rule.severities))
    for (const field of ['when', 'clear'] as const) {
      const text = conditions[field];
      if (typeof text !== 'string') continue;
      const compiled = compileCondition(text, named);
      if (!compiled.ok) report(['severities', severity, field], compiled.findings);
      else {
        const { expression } = compiled.typed;
        trees.set(`${severity}.${field}`, expression);
        for (const name of [...compiled.used, ...inputsOf(expression)]) used.add(name);
      }
    }
  return {
    problems,
    of: (severity, field) => trees.get(`${severity}.${field}`),
    used,
    windows: around.windows.windows(),
  };
}
