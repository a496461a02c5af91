/** A condition taken apart: each clause with what stood on its sides and what it says. */
import type { Rule } from '../../functions/domain/rules/book.ts';
import { compileExpression } from '../../functions/domain/rules/evaluate-expression.ts';
import { type Expression, inputsOf, partsOf } from '../../functions/domain/rules/expression.ts';
import type { Frame, Lookup } from '../../functions/domain/rules/frame.ts';
import type { Value } from '../../functions/domain/telemetry/reading.ts';
import { expressionText } from './expression-text.ts';

export interface Clause {
  readonly text: string;
  /** `null` is unknown. */
  readonly verdict: boolean | null;
  /** What its parts were, where they are no constants; `null` is unknown. */
  readonly operands: readonly { readonly text: string; readonly value: Value | null }[];
  /** Inputs without a value: why it is unknown. */
  readonly missing: readonly string[];
  readonly of: readonly Clause[];
}

const logic = new Set(['and', 'or', 'not', 'if']);
const isAsked = ({ op }: Expression): boolean => op === 'window' || op === 'willReach' || op === 'peers';

/** Parts of a comparison that have a value of their own to show: inputs, windows, and what is computed of them. */
function shownParts(of: Expression): readonly Expression[] {
  const parts = of.op === 'input' || isAsked(of) ? [of] : partsOf(of).flatMap(shownParts);
  return of.op !== 'input' && !isAsked(of) && of.op !== 'literal' && parts.length > 0 && isNumeric(of)
    ? [...parts, of]
    : parts;
}

const isNumeric = ({ op }: Expression): boolean =>
  ['add', 'subtract', 'multiply', 'divide', 'modulo', 'negate', 'absolute', 'least', 'greatest'].includes(op);

export interface ClauseContext {
  readonly rule: Rule;
  readonly constants: Lookup;
  readonly frame: Frame;
}

const known = (of: Expression, { rule, constants, frame }: ClauseContext): Value | undefined =>
  compileExpression(of, constants, rule.scale)(frame);

function missingIn(of: Expression, context: ClauseContext): readonly string[] {
  const inputs = inputsOf(of).filter((name) => known({ op: 'input', name }, context) === undefined);
  const asked = collect(of).filter((part) => isAsked(part) && known(part, context) === undefined);
  return [...new Set([...inputs, ...asked.map((part) => expressionText(part, context.rule.windows))])];
}

const collect = (of: Expression): readonly Expression[] => [of, ...partsOf(of).flatMap(collect)];

/** `of` as a tree of clauses: `&&`, `||`, `!` and `? :` are branches, everything else is a leaf. */
export function clauseOf(of: Expression, context: ClauseContext): Clause {
  const said = known(of, context);
  const verdict = typeof said === 'boolean' ? said : null;
  const { windows } = context.rule;
  const text = expressionText(of, windows);
  if (logic.has(of.op))
    return {
      text,
      verdict,
      operands: [],
      missing: [],
      of: partsOf(of).map((part) => clauseOf(part, context)),
    };
  const parts = of.op === 'peers' ? [] : partsOf(of).flatMap(shownParts);
  const byText = new Map(parts.map((part) => [expressionText(part, windows), known(part, context) ?? null]));
  const operands = [...byText].map(([name, value]) => ({ text: name, value }));
  return { text, verdict, operands, missing: verdict === null ? missingIn(of, context) : [], of: [] };
}
