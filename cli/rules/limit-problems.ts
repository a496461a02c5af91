/** What is wrong with the figures of a rule. */
import { type Expression, partsOf } from '../../functions/domain/rules/expression.ts';
import type { LimitInFile } from '../../functions/domain/rules/schema/limit.ts';
import type { RuleInFile } from './meaning.ts';
import type { Problem } from './problem.ts';
import type { FieldPath } from './yaml-document.ts';

/** Every figure of a limit with its place. */
function figuresOf(name: string, limit: LimitInFile): readonly (readonly [FieldPath, number])[] {
  const under = (field: 'byGrade' | 'bySubstance') =>
    Object.entries(limit[field] ?? {}).map(
      ([key, figure]) => [['limits', name, field, key], figure] as const,
    );
  const own = limit.value === undefined ? [] : [[['limits', name, 'value'], limit.value] as const];
  return [...own, ...under('byGrade'), ...under('bySubstance')];
}

const orderings: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);

/** Limits that stand alone against the value, so that they are a value themselves. */
function comparedWithValue(of: Expression, into: Set<string>): void {
  if ('left' in of && 'right' in of && orderings.has(of.op)) {
    const sides = [of.left, of.right];
    const limit = sides.find((side) => side.op === 'input' && side.name.startsWith('limits.'));
    if (limit?.op === 'input' && sides.some((side) => side.op === 'input' && side.name === 'value'))
      into.add(limit.name);
  }
  for (const part of partsOf(of)) comparedWithValue(part, into);
}

function limitsThatAreValues({ rule }: RuleInFile): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { when, clear } of rule?.severities ?? []) {
    comparedWithValue(when, found);
    if (clear) comparedWithValue(clear, found);
  }
  return found;
}

/** A figure that no sensor of the quantity ever shows is in another unit, or a typing error. */
function impossible({ document, quantities }: RuleInFile, path: FieldPath, figure: number): Problem[] {
  const [quantity, ...more] = quantities;
  const range = more.length === 0 ? quantity?.physical : undefined;
  if (!quantity || !range || (figure >= range.min && figure <= range.max)) return [];
  const message = `${figure} is nothing that ${quantity.id} can be`;
  return [
    document.problemAt(path, message, `it is ${range.min} to ${range.max} ${quantity.unit}: check the unit`),
  ];
}

/** `alarm: { value: 20 }` can be read by everybody, `alarm: {}` by nobody. */
function withoutFigure({ document }: RuleInFile, name: string, limit: LimitInFile): Problem[] {
  if (limit.value !== undefined) {
    if (limit.ask === undefined) return [];
    return [document.problemAt(['limits', name, 'ask'], 'there is a figure: nothing to ask', 'leave it out')];
  }
  if (limit.ask !== undefined) return [];
  const remedy = 'write value, or ask: { zh, en } to say what has to be set here and by whom';
  return [document.problemAt(['limits', name], 'has no value', remedy)];
}

function unitOf({ document, file, quantities }: RuleInFile, name: string, limit: LimitInFile): Problem[] {
  const [quantity] = quantities;
  if (limit.unit !== undefined || file.unit !== undefined || !quantity || file.select.quantity === undefined)
    return [];
  return [
    document.problemAt(
      ['limits', name],
      'has no unit, and the quantities have several',
      'write its unit: unit: "..."',
    ),
  ];
}

/** Findings on the limits of a rule: places, ranges, units, and whether anything uses them. */
export function limitProblems(rule: RuleInFile): Problem[] {
  const { document, file, scale, used } = rule;
  const places = scale + 3;
  const values = limitsThatAreValues(rule);
  return Object.entries(file.limits).flatMap(([name, limit]) => {
    const fine = figuresOf(name, limit).flatMap(([path, figure]): Problem[] => {
      if (Number(figure.toFixed(places)) !== figure)
        return [
          document.problemAt(
            path,
            `has more than ${places} decimal places`,
            `round it: what is computed has ${places}`,
          ),
        ];
      return values.has(`limits.${name}`) ? impossible(rule, path, figure) : [];
    });
    const found = [...withoutFigure(rule, name, limit), ...unitOf(rule, name, limit), ...fine];
    if (found.length > 0 || !rule.rule || used.has(`limits.${name}`)) return found;
    return [document.problemAtKey(['limits'], name, 'no condition uses this limit', 'use it or delete it')];
  });
}
