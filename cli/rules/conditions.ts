/** The conditions of a rule file, compiled, with everything that is wrong in them. */
import * as z from 'zod';
import type { Expression } from '../../functions/domain/rules/expression.ts';
import { type Quantity, quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { compileCondition } from './cel/compile.ts';
import type { Inputs, Type } from './cel/finding.ts';
import type { Problem } from './problem.ts';
import type { FieldPath, YamlDocument } from './yaml-document.ts';

/** As much of a rule as conditions need; read loosely, so that a fault elsewhere does not hide faults here. */
const Loose = z.looseObject({
  select: z.looseObject({ quantity: z.string() }),
  limits: z.record(z.string(), z.unknown()).default({}).catch({}),
  severities: z.record(
    z.string(),
    z.looseObject({ when: z.unknown().optional(), clear: z.unknown().optional() }),
  ),
});

export interface Conditions {
  readonly problems: readonly Problem[];
  /** The compiled tree of `severities.<severity>.<when|clear>`. */
  readonly of: (severity: string, field: 'when' | 'clear') => Expression | undefined;
  /** Names that some condition looks up. */
  readonly used: ReadonlySet<string>;
}

const typeOf = { number: 'number', bool: 'boolean', enum: 'string' } as const satisfies Record<
  Quantity['kind'],
  Type
>;

/** What a condition over `quantity` may name. */
export function inputsOf(quantity: Quantity | undefined, limitNames: readonly string[]): Inputs {
  return new Map<string, Type>([
    ['value', quantity ? typeOf[quantity.kind] : 'number'],
    ['quality', 'string'],
    ...limitNames.map((name) => [`limits.${name}`, 'number'] as const),
  ]);
}

function namesIn(expression: Expression, into: Set<string>): void {
  JSON.stringify(expression, (_, node: unknown) => {
    const input = z.looseObject({ op: z.literal('input'), name: z.string() }).safeParse(node);
    if (input.success) into.add(input.data.name);
    return node;
  });
}

/** Compiles every condition of the rule in `document`. */
export function conditionsOf(document: YamlDocument): Conditions {
  const loose = Loose.safeParse(document.value);
  const problems: Problem[] = [];
  const trees = new Map<string, Expression>();
  const used = new Set<string>();
  const rule = loose.success ? loose.data : undefined;
  const inputs = inputsOf(quantityOf(rule?.select.quantity ?? ''), Object.keys(rule?.limits ?? {}));
  for (const [severity, conditions] of Object.entries(rule?.severities ?? {})) {
    for (const field of ['when', 'clear'] as const) {
      const text = conditions[field];
      if (typeof text !== 'string') continue;
      const path: FieldPath = ['severities', severity, field];
      const compiled = compileCondition(text, inputs);
      if (compiled.ok) {
        trees.set(`${severity}.${field}`, compiled.expression);
        namesIn(compiled.expression, used);
      } else
        for (const { message, remedy, start } of compiled.findings)
          problems.push(document.problemAt(path, message, remedy, start));
    }
  }
  return { problems, of: (severity, field) => trees.get(`${severity}.${field}`), used };
}
