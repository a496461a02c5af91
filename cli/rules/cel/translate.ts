/** From the tree of cel-js to ours: what is not listed here is not part of the rule language. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../../../functions/domain/nearest.ts';
import type { Arithmetic, Comparison, Expression } from '../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import { call, methodCall, roleField } from './calls.ts';
import { qualityInput } from './inputs.ts';
import { literalOf } from './literals.ts';
import { nameFinding, nameOf } from './names.ts';
import { literal, need, refuse, type Scope, sameUnit, type Typed, typed, untyped } from './scope.ts';

/** Longest list after `in`. Members. */
export const listLengthMax = 64;

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

const differ = (a: Typed, b: Typed): boolean =>
  a.type !== undefined && b.type !== undefined && a.type !== b.type;

/** A word that the other side can never be. Reports it at `node`. */
function knownWord(scope: Scope, node: ASTNode, word: Typed, other: Typed): void {
  if (word.expression.op !== 'literal' || typeof word.expression.value !== 'string' || !other.words) return;
  const { value } = word.expression;
  if (other.words.includes(value)) return;
  const meant = nearest(value, other.words);
  const remedy = meant ? `did you mean "${meant}"?` : `it can be ${other.words.join(', ')}`;
  refuse(scope, node, `"${value}" is nothing that it can be`, remedy);
}

function literalNode(scope: Scope, node: Extract<ASTNode, { op: 'value' }>): Typed {
  const found = literalOf(node.args);
  if (!found.ok) return refuse(scope, node, found.message, found.remedy);
  if (typeof node.args === 'bigint') scope.rewrite.widen(node.range.end);
  const type = typeof found.value;
  return typed(literal(found.value), {
    type: type === 'number' || type === 'boolean' ? type : 'string',
  });
}

function peerField({ peer }: Scope, name: string): Typed | undefined {
  if (name === `${peer?.name}.value` && peer) return typed({ op: 'input', name: 'peer.value' }, peer.value);
  return name === `${peer?.name}.quality`
    ? typed({ op: 'input', name: 'peer.quality' }, qualityInput)
    : undefined;
}

function input(scope: Scope, node: ASTNode): Typed {
  const ofRole = roleField(scope, node);
  if (ofRole) return ofRole;
  const name = nameOf(node);
  const known = name === undefined ? undefined : scope.inputs.get(name);
  if (name !== undefined && known) return typed({ op: 'input', name }, known);
  const expanded = name === undefined ? undefined : (peerField(scope, name) ?? scope.lets.get(name));
  if (expanded) {
    scope.used.add(`let.${name}`);
    return expanded;
  }
  const { message, remedy } =
    scope.peer && name?.startsWith(`${scope.peer.name}.`)
      ? {
          message: `a sensor has no \`${name.slice(scope.peer.name.length + 1)}\``,
          remedy: `write ${scope.peer.name}.value or ${scope.peer.name}.quality`,
        }
      : nameFinding(name, scope);
  return refuse(scope, node, message, remedy);
}

const withUnit = (unit: string | undefined) => (unit === undefined ? {} : { unit });

function negation(scope: Scope, of: ASTNode): Typed {
  const { expression, unit } = need(scope, of, 'number', '-');
  if (expression.op === 'literal' && typeof expression.value === 'number')
    return typed(literal(0 - expression.value), { type: 'number' });
  return typed({ op: 'negate', of: expression }, { type: 'number', ...withUnit(unit) });
}

function equality(scope: Scope, op: Comparison, node: ASTNode, sides: readonly [ASTNode, ASTNode]): Typed {
  const left = scope.translate(sides[0], scope);
  const right = scope.translate(sides[1], scope);
  if (differ(left, right))
    return refuse(
      scope,
      node,
      `compares a ${left.type} with a ${right.type}`,
      'both sides must have one type',
    );
  knownWord(scope, sides[0], left, right);
  knownWord(scope, sides[1], right, left);
  sameUnit(scope, node, left, right, 'compares');
  return typed({ op, left: left.expression, right: right.expression }, { type: 'boolean' });
}

function membership(scope: Scope, [left, right]: readonly [ASTNode, ASTNode]): Typed {
  const of = scope.translate(left, scope);
  if (right.op !== 'list')
    return refuse(scope, right, '`in` needs a list of literals', 'write it out: x in [1, 2]');
  if (right.args.length === 0 || right.args.length > listLengthMax)
    return refuse(
      scope,
      right,
      `a list of ${right.args.length} members`,
      `1 to ${listLengthMax} are allowed`,
    );
  const list: Value[] = [];
  for (const member of right.args) {
    const one = scope.translate(member, scope);
    if (one.expression.op !== 'literal') refuse(scope, member, 'only literals may stand in a list');
    else if (differ(of, one)) refuse(scope, member, `a ${one.type} in a list for a ${of.type}`);
    else {
      knownWord(scope, member, one, of);
      list.push(one.expression.value);
    }
  }
  return typed({ op: 'in', left: of.expression, list }, { type: 'boolean' });
}

function choice(scope: Scope, node: ASTNode, [when, yes, no]: readonly [ASTNode, ASTNode, ASTNode]): Typed {
  const condition = need(scope, when, 'boolean', '? :');
  const a = scope.translate(yes, scope);
  const b = scope.translate(no, scope);
  if (differ(a, b))
    return refuse(scope, node, `one branch is a ${a.type}, the other a ${b.type}`, 'both must have one type');
  sameUnit(scope, node, a, b, 'chooses between');
  const expression: Expression = {
    op: 'if',
    when: condition.expression,
    // biome-ignore lint/suspicious/noThenProperty: the shape of an expression; nobody awaits one.
    then: a.expression,
    else: b.expression,
  };
  const type = a.type ?? b.type;
  return type === undefined ? untyped : typed(expression, { type, ...withUnit(a.unit ?? b.unit) });
}

/** The unit of a product or quotient: that of one side when the other is a plain number, else not told. */
function scaledUnit(sign: string, left: Typed, right: Typed): string | undefined {
  const isPlain = ({ unit, expression }: Typed): boolean => unit === '1' || expression.op === 'literal';
  if (isPlain(right)) return left.unit;
  return sign === '*' && isPlain(left) ? right.unit : undefined;
}

function arithmeticOf(scope: Scope, node: ASTNode, sign: string, left: Typed, right: Typed): Typed {
  if (sign === '/' && right.expression.op === 'literal' && right.expression.value === 0)
    return refuse(scope, node, 'divides by zero', 'what is divided by zero is never known');
  const isSum = sign === '+' || sign === '-';
  if (isSum) sameUnit(scope, node, left, right, sign === '+' ? 'adds' : 'subtracts');
  const unit = isSum ? (left.unit ?? right.unit) : scaledUnit(sign, left, right);
  return typed(
    { op: arithmetic.get(sign) ?? 'add', left: left.expression, right: right.expression },
    { type: 'number', ...withUnit(unit) },
  );
}

function ofNumbers(scope: Scope, node: ASTNode, sign: string, sides: readonly [ASTNode, ASTNode]): Typed {
  const left = need(scope, sides[0], 'number', sign);
  const right = need(scope, sides[1], 'number', sign);
  const ordering = orderings.get(sign);
  if (!ordering) return arithmeticOf(scope, node, sign, left, right);
  sameUnit(scope, node, left, right, 'compares');
  return typed({ op: ordering, left: left.expression, right: right.expression }, { type: 'boolean' });
}

function logic(scope: Scope, node: ASTNode & { readonly op: '&&' | '||' }): Typed {
  const left = need(scope, node.args[0], 'boolean', node.op).expression;
  const right = need(scope, node.args[1], 'boolean', node.op).expression;
  return typed({ op: node.op === '&&' ? 'and' : 'or', left, right }, { type: 'boolean' });
}

/** What CEL has and this language has not. */
function foreign(scope: Scope, node: ASTNode): Typed {
  switch (node.op) {
    case '%':
      return refuse(
        scope,
        node,
        '`%` is not allowed: all numbers are decimals',
        'compare with limits instead',
      );
    case 'list':
      return refuse(scope, node, 'a list stands only after `in`');
    default:
      return refuse(
        scope,
        node,
        'maps, indexes and optional fields are not allowed',
        'write a name such as limits.alarm',
      );
  }
}

/** The typed tree of `node`; everything that is wrong in it goes to `scope.findings`. */
export function translate(node: ASTNode, scope: Scope): Typed {
  switch (node.op) {
    case 'value':
      return literalNode(scope, node);
    case 'id':
    case '.':
      return input(scope, node);
    case 'call':
      return call(scope, node);
    case 'rcall':
      return methodCall(scope, node);
    case '!_':
      return typed({ op: 'not', of: need(scope, node.args, 'boolean', '!').expression }, { type: 'boolean' });
    case '-_':
      return negation(scope, node.args);
    case '&&':
    case '||':
      return logic(scope, node);
    case '==':
      return equality(scope, 'eq', node, node.args);
    case '!=':
      return equality(scope, 'ne', node, node.args);
    case 'in':
      return membership(scope, node.args);
    case '?:':
      return choice(scope, node, node.args);
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '+':
    case '-':
    case '*':
    case '/':
      return ofNumbers(scope, node, node.op, node.args);
    default:
      return foreign(scope, node);
  }
}
