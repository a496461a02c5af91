/** From the text of a condition to the checked tree that the engine runs. */
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { conditionLengthMax } from '../../../functions/domain/rules/schema/words.ts';
import { knownCountMax } from './calls.ts';
import { stepsMax, stepsOf } from './cost.ts';
import type { Finding, Input, Inputs, Type } from './finding.ts';
import { celTypeOf, emptyRewrite, peerTypes, type Rewrite } from './rewrite.ts';
import type { Scope, Typed } from './scope.ts';
import { translate } from './translate.ts';
import { type WindowTable, windowTable } from './window-table.ts';

export type Compiled =
  | {
      readonly ok: true;
      readonly expression: Expression;
      /** The same with its type and unit. */
      readonly typed: Typed;
      readonly steps: number;
      /** Names of `let` and of roles that it uses: `let.rise`, `sensors.fan`. */
      readonly used: ReadonlySet<string>;
      /** The text as cel-js is told it, and the variables that stand in for our functions. */
      readonly told: { readonly text: string; readonly variables: ReadonlyMap<string, string> };
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** What the conditions of one rule may name. */
export interface Surroundings {
  readonly inputs: Inputs;
  readonly lets: ReadonlyMap<string, Typed>;
  readonly roles: ReadonlyMap<string, Input>;
  readonly windows: WindowTable;
  readonly environment: Environment;
}

/** Deepest nesting of a condition. Levels; 16 would do for a person. */
const depthMax = 64;

const limits = {
  maxAstNodes: 4 * stepsMax,
  maxDepth: depthMax,
  maxListElements: stepsMax,
  maxMapEntries: 1,
  maxCallArguments: 16,
};

const known =
  (choose: (...of: number[]) => number) =>
  (...of: number[]) =>
    choose(...of);

/** The environment that all conditions share. */
function baseEnvironment(): Environment {
  const environment = new Environment({ limits });
  environment.registerFunction('abs(double): double', Math.abs);
  for (let many = 2; many <= knownCountMax; many++) {
    const types = Array.from({ length: many }, () => 'double').join(', ');
    environment.registerFunction(`minKnown(${types}): double`, known(Math.min));
    environment.registerFunction(`maxKnown(${types}): double`, known(Math.max));
  }
  for (const [type, name] of [
    ['double', peerTypes.number],
    ['bool', peerTypes.boolean],
    ['string', peerTypes.string],
  ] as const)
    environment.registerType(name, { fields: { value: type, quality: 'string' } });
  return environment;
}

const base = baseEnvironment();

/** By the names and types that they know: rules of one kind name the same, and to build one costs as much as three conditions. */
const environments = new Map<string, Environment>();

/** A cel-js environment that knows exactly `inputs`; nobody may register anything more in it. */
function celEnvironment(inputs: Inputs): Environment {
  const key = [...inputs].map(([name, { type }]) => `${name}:${type}`).join();
  const known = environments.get(key) ?? newEnvironment(inputs);
  environments.set(key, known);
  return known;
}

/** A dotted input becomes a field of its head. */
function newEnvironment(inputs: Inputs): Environment {
  const environment = base.clone();
  const heads = new Map<string, Record<string, string>>();
  for (const [name, { type }] of inputs) {
    const dot = name.indexOf('.');
    if (dot < 0) environment.registerVariable(name, celTypeOf(type));
    else {
      const head = name.slice(0, dot);
      heads.set(head, { ...heads.get(head), [name.slice(dot + 1)]: celTypeOf(type) });
    }
  }
  for (const [name, schema] of heads) environment.registerVariable({ name, schema });
  return environment;
}

/** Names of inputs; of those of which nothing but the type is known, the type. */
export type GivenInputs = ReadonlyMap<string, Input | Type>;

/** What conditions may name, with nothing in it but `given` unless more is. */
export function surroundings(given: GivenInputs, more: Partial<Surroundings> = {}): Surroundings {
  const inputs = new Map(
    [...given].map(([name, input]) => [name, typeof input === 'string' ? { type: input } : input]),
  );
  const nothing = { lets: new Map(), roles: new Map(), windows: windowTable() };
  return { inputs, ...nothing, environment: celEnvironment(inputs), ...more };
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

/** What cel-js has against the text; it does not know our functions, so variables stand in for them. */
function secondOpinion(
  { environment, lets }: Surroundings,
  text: string,
  rewrite: Rewrite,
): string | undefined {
  const own = rewrite.variables.size + lets.size > 0 ? environment.clone() : environment;
  for (const [name, { type }] of lets) if (type) own.registerVariable(name, celTypeOf(type));
  for (const [name, type] of rewrite.variables) own.registerVariable(name, type);
  const checked = own.check(rewrite.applied(text));
  return checked.valid ? undefined : (checked.error?.summary ?? 'unknown reason');
}

/**
 * The tree of `text`, or everything that is wrong with it.
 *
 * cel-js parses; our own walk checks names and types so that all findings come at once; cel-js then checks the
 * types again on the text with widened literals: what only one of the two accepts is refused.
 *
 * @throws never for bad input
 */
export function compileExpression(text: string, around: Surroundings): Compiled {
  const whole = { start: 0, end: text.length };
  // Before the parser sees it: `!` a hundred thousand times overflows its stack, whatever its own limits.
  if (text.length > conditionLengthMax)
    return failed({
      ...whole,
      message: `${text.length} characters, at most ${conditionLengthMax} are allowed`,
    });
  const ast = parsed(around.environment, text);
  if (!('op' in ast)) return failed(ast);
  const rewrite = emptyRewrite();
  const findings: Finding[] = [];
  const used = new Set<string>();
  const scope: Scope = { ...around, rewrite, findings, used, translate };
  const typed = translate(ast, scope);
  const steps = stepsOf(typed.expression);
  if (steps > stepsMax)
    findings.push({
      ...whole,
      message: `${steps} steps, at most ${stepsMax} are allowed`,
      remedy: 'split the rule',
    });
  if (findings.length > 0) return failed(...findings);
  const isWhole = [...around.lets].every(
    ([name, { type }]) => type !== undefined || !used.has(`let.${name}`),
  );
  const refusal = isWhole ? secondOpinion(around, text, rewrite) : undefined;
  if (refusal !== undefined) return failed({ ...whole, message: `cel-js refuses it: ${refusal}` });
  const { expression } = typed;
  return {
    ok: true,
    expression,
    typed,
    steps,
    used,
    told: { text: rewrite.applied(text), variables: rewrite.variables },
  };
}

/**
 * The same for a text that must be true or false.
 *
 * @example compileCondition('value >= 1', new Map([['value', 'number']])).ok // true
 */
export function compileCondition(text: string, around: Surroundings | GivenInputs): Compiled {
  const compiled = compileExpression(text, 'inputs' in around ? around : surroundings(around));
  if (!compiled.ok || compiled.typed.type === undefined || compiled.typed.type === 'boolean') return compiled;
  return failed({
    start: 0,
    end: text.length,
    message: `a condition must be true or false, this is a ${compiled.typed.type}`,
    remedy: 'compare it with a limit',
  });
}
