/** From the tree of cel-js to ours: what is not listed here is not part of the rule language. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Arithmetic, Comparison, Expression } from '../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import type { Finding, Inputs, Type } from './finding.ts';
import { literalOf } from './literals.ts';
import { nameFinding, nameOf } from './names.ts';

/** Longest list after `in`. Members. */
export const listLengthMax = 64;

/** A tree with its type; no type where a finding was reported below, so that nothing more is said of it. */
export interface Typed {
  readonly expression: Expression;
  readonly type: Type | undefined;
}

interface Context {
  readonly inputs: Inputs;
  readonly findings: Finding[];
}

const orderings: ReadonlyMap<string, Comparison> = new Map([
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
]);
const arithmetic: ReadonlyMap<string, Arithmetic> = new Map([
  ['+', 'add'],
  ['-', 'subtract'],
  ['*', 'multiply'],
  ['/', 'divide'],
]);

const literal = (value: Value): Expression => ({ op: 'literal', value });
const typed = (expression: Expression, type: Type | undefined): Typed => ({ expression, type });

function refuse(context: Context, { range }: ASTNode, message: string, remedy?: string): Typed {
  context.findings.push({ ...range, message, ...(remedy !== undefined && { remedy }) });
  return typed(literal(false), undefined);
}

const differ = (a: Typed, b: Typed): boolean =>
  a.type !== undefined && b.type !== undefined && a.type !== b.type;

/** The tree of `node`, which must be a `wanted`. */
function need(context: Context, node: ASTNode, wanted: Type, sign: string): Expression {
  const { expression, type } = translate(node, context);
  if (type !== undefined && type !== wanted)
    refuse(context, node, `\`${sign}\` needs a ${wanted}, this is a ${type}`);
  return expression;
}

function literalNode(context: Context, node: Extract<ASTNode, { op: 'value' }>): Typed {
  const found = literalOf(node.args);
  if (!found.ok) return refuse(context, node, found.message, found.remedy);
  const type = typeof found.value;
  return typed(literal(found.value), type === 'number' || type === 'boolean' ? type : 'string');
}

function input(context: Context, node: ASTNode): Typed {
  const name = nameOf(node);
  const type = name === undefined ? undefined : context.inputs.get(name);
  if (name !== undefined && type !== undefined) return typed({ op: 'input', name }, type);
  const { message, remedy } = nameFinding(name, context.inputs);
  return refuse(context, node, message, remedy);
}

function negation(context: Context, of: ASTNode): Typed {
  const expression = need(context, of, 'number', '-');
  if (expression.op === 'literal' && typeof expression.value === 'number')
    return typed(literal(0 - expression.value), 'number');
  return typed({ op: 'negate', of: expression }, 'number');
}

function equality(
  context: Context,
  op: Comparison,
  node: ASTNode,
  sides: readonly [ASTNode, ASTNode],
): Typed {
  const left = translate(sides[0], context);
  const right = translate(sides[1], context);
  if (differ(left, right))
    return refuse(
      context,
      node,
      `compares a ${left.type} with a ${right.type}`,
      'both sides must have one type',
    );
  return typed({ op, left: left.expression, right: right.expression }, 'boolean');
}

function membership(context: Context, [left, right]: readonly [ASTNode, ASTNode]): Typed {
  const of = translate(left, context);
  if (right.op !== 'list')
    return refuse(context, right, '`in` needs a list of literals', 'write it out: x in [1, 2]');
  if (right.args.length === 0 || right.args.length > listLengthMax)
    return refuse(
      context,
      right,
      `a list of ${right.args.length} members`,
      `1 to ${listLengthMax} are allowed`,
    );
  const list: Value[] = [];
  for (const member of right.args) {
    const one = translate(member, context);
    if (one.expression.op !== 'literal') refuse(context, member, 'only literals may stand in a list');
    else if (differ(of, one)) refuse(context, member, `a ${one.type} in a list for a ${of.type}`);
    else list.push(one.expression.value);
  }
  return typed({ op: 'in', left: of.expression, list }, 'boolean');
}

function choice(
  context: Context,
  node: ASTNode,
  [when, yes, no]: readonly [ASTNode, ASTNode, ASTNode],
): Typed {
  const condition = need(context, when, 'boolean', '? :');
  const a = translate(yes, context);
  const b = translate(no, context);
  if (differ(a, b))
    return refuse(
      context,
      node,
      `one branch is a ${a.type}, the other a ${b.type}`,
      'both must have one type',
    );
  // biome-ignore lint/suspicious/noThenProperty: the shape of an expression; nobody awaits one.
  const expression: Expression = { op: 'if', when: condition, then: a.expression, else: b.expression };
  return typed(expression, a.type ?? b.type);
}

function ofNumbers(context: Context, sign: string, sides: readonly [ASTNode, ASTNode]): Typed {
  const left = need(context, sides[0], 'number', sign);
  const right = need(context, sides[1], 'number', sign);
  const ordering = orderings.get(sign);
  if (ordering) return typed({ op: ordering, left, right }, 'boolean');
  return typed({ op: arithmetic.get(sign) ?? 'add', left, right }, 'number');
}

function logic(context: Context, node: ASTNode & { readonly op: '&&' | '||' }): Typed {
  const left = need(context, node.args[0], 'boolean', node.op);
  const right = need(context, node.args[1], 'boolean', node.op);
  return typed({ op: node.op === '&&' ? 'and' : 'or', left, right }, 'boolean');
}

/** What CEL has and this language has not. */
function foreign(context: Context, node: ASTNode): Typed {
  switch (node.op) {
    case '%':
      return refuse(
        context,
        node,
        '`%` is not allowed: all numbers are decimals',
        'compare with limits instead',
      );
    case 'call':
    case 'rcall': {
      const { message, remedy } = nameFinding(`${node.args[0]}()`, context.inputs);
      return refuse(context, node, message, remedy);
    }
    case 'list':
      return refuse(context, node, 'a list stands only after `in`');
    default:
      return refuse(
        context,
        node,
        'maps, indexes and optional fields are not allowed',
        'write a name such as limits.alarm',
      );
  }
}

/** The typed tree of `node`; everything that is wrong in it goes to `context.findings`. */
export function translate(node: ASTNode, context: Context): Typed {
  switch (node.op) {
    case 'value':
      return literalNode(context, node);
    case 'id':
    case '.':
      return input(context, node);
    case '!_':
      return typed({ op: 'not', of: need(context, node.args, 'boolean', '!') }, 'boolean');
    case '-_':
      return negation(context, node.args);
    case '&&':
    case '||':
      return logic(context, node);
    case '==':
      return equality(context, 'eq', node, node.args);
    case '!=':
      return equality(context, 'ne', node, node.args);
    case 'in':
      return membership(context, node.args);
    case '?:':
      return choice(context, node, node.args);
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '+':
    case '-':
    case '*':
    case '/':
      return ofNumbers(context, node.op, node.args);
    default:
      return foreign(context, node);
  }
}
