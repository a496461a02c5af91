/** From the text of a condition to the checked tree that the engine runs. */
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { conditionLengthMax } from '../../../functions/domain/rules/schema.ts';
import { stepsMax, stepsOf } from './cost.ts';
import type { Finding, Inputs, Type } from './finding.ts';
import { translate } from './translate.ts';
import { widened } from './widen.ts';

export type Compiled =
  | { readonly ok: true; readonly expression: Expression; readonly steps: number }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Deepest nesting of a condition. Levels; 16 would do for a person. */
const depthMax = 64;

const limits = {
  maxAstNodes: 4 * stepsMax,
  maxDepth: depthMax,
  maxListElements: stepsMax,
  maxMapEntries: 1,
  maxCallArguments: 16,
};
const celTypes = { number: 'double', boolean: 'bool', string: 'string' } as const satisfies Record<
  Type,
  string
>;

/** A cel-js environment that knows exactly `inputs`; a dotted input becomes a field of its head. */
export function celEnvironment(inputs: Inputs): Environment {
  const environment = new Environment({ limits });
  const heads = new Map<string, Record<string, string>>();
  for (const [name, type] of inputs) {
    const dot = name.indexOf('.');
    if (dot < 0) environment.registerVariable(name, celTypes[type]);
    else {
      const head = name.slice(0, dot);
      heads.set(head, { ...heads.get(head), [name.slice(dot + 1)]: celTypes[type] });
    }
  }
  for (const [name, schema] of heads) environment.registerVariable({ name, schema });
  return environment;
}

const failed = (...findings: Finding[]): Compiled => ({ ok: false, findings });

function parsed(environment: Environment, text: string): ASTNode | Finding {
  try {
    return environment.parse(text).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { start, end } = error.range ?? { start: 0, end: text.length };
    return {
      start,
      end,
      message: error.summary,
      remedy: 'write a CEL condition, such as: value >= limits.alarm',
    };
  }
}

/**
 * The tree of `text`, or everything that is wrong with it.
 *
 * cel-js parses; our own walk checks names and types so that all findings come at once; cel-js then checks the
 * types again on the text with widened literals: what only one of the two accepts is refused.
 *
 * @throws never for bad input
 * @example compileCondition('value >= 1', new Map([['value', 'number']])).ok // true
 */
export function compileCondition(text: string, inputs: Inputs): Compiled {
  const whole = { start: 0, end: text.length };
  // Before the parser sees it: `!` a hundred thousand times overflows its stack, whatever its own limits.
  if (text.length > conditionLengthMax)
    return failed({
      ...whole,
      message: `${text.length} characters, at most ${conditionLengthMax} are allowed`,
    });
  const environment = celEnvironment(inputs);
  const ast = parsed(environment, text);
  if (!('op' in ast)) return failed(ast);
  const findings: Finding[] = [];
  const { expression, type } = translate(ast, { inputs, findings });
  if (type !== undefined && type !== 'boolean')
    findings.push({
      ...whole,
      message: `a condition must be true or false, this is a ${type}`,
      remedy: 'compare it with a limit',
    });
  const steps = stepsOf(expression);
  if (steps > stepsMax)
    findings.push({
      ...whole,
      message: `${steps} steps, at most ${stepsMax} are allowed`,
      remedy: 'split the rule',
    });
  if (findings.length > 0) return failed(...findings);
  const second = environment.check(widened(text, ast));
  if (!second.valid)
    return failed({ ...whole, message: `cel-js refuses it: ${second.error?.summary ?? 'unknown reason'}` });
  return { ok: true, expression, steps };
}
