/** A condition as text again: near to what its author wrote. */
import type { WindowSpec } from '../../functions/domain/rules/book.ts';
import type { Expression } from '../../functions/domain/rules/expression.ts';
import { durationText } from '../rules/duration-text.ts';

const signs: Readonly<Record<string, string>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
  and: '&&',
  or: '||',
};

/** How tightly an operator binds; what binds less stands in brackets inside. */
function strength({ op }: Expression): number {
  switch (op) {
    case 'if':
      return 0;
    case 'or':
      return 1;
    case 'and':
      return 2;
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'in':
      return 3;
    case 'add':
    case 'subtract':
      return 4;
    case 'multiply':
    case 'divide':
    case 'modulo':
      return 5;
    case 'not':
    case 'negate':
      return 6;
    default:
      return 7;
  }
}

const inputText = (name: string): string => {
  const [kind, role, field] = name.split('.');
  if (kind === 'sensor') return `sensor("${role}").${field}`;
  return kind === 'peer' ? `s.${role}` : name;
};

type Windows = readonly WindowSpec[] | undefined;

/** A window with what it is asked for. @example windowText(windows, 0, 'avg', undefined) // 'avg("10m")' */
export function windowText(windows: Windows, index: number, fn: string, perMs: number | undefined): string {
  const spec = windows?.[index];
  if (spec === undefined) return `${fn}(window ${index})`;
  const of = spec.quantity !== undefined ? 's.' : spec.role === undefined ? '' : `sensor("${spec.role}").`;
  if (spec.dayIn !== undefined) return `${of}${fn}(day in ${spec.dayIn})`;
  const parts = [`"${durationText(spec.lengthMs)}"`];
  if (perMs !== undefined) parts.push(`"${durationText(perMs)}"`);
  if (spec.countMin > 1) parts.push(String(spec.countMin));
  if (spec.backMs > 0) parts.push(`ending ${durationText(spec.backMs)} ago`);
  return `${of}${fn}(${parts.join(', ')})`;
}

/**
 * `of` as text.
 *
 * @param windows those of the rule; without them windows have numbers only
 * @example expressionText({ op: 'ge', left: { op: 'input', name: 'value' }, right: { op: 'literal', value: 1 } }) // 'value >= 1'
 */
export function expressionText(of: Expression, windows?: Windows): string {
  const own = strength(of);
  const side = (part: Expression, least: number): string => {
    const text = expressionText(part, windows);
    return strength(part) < least ? `(${text})` : text;
  };
  switch (of.op) {
    case 'literal':
      return JSON.stringify(of.value);
    case 'input':
      return inputText(of.name);
    case 'not':
      return `!${side(of.of, own)}`;
    case 'negate':
      return `-${side(of.of, own)}`;
    case 'if':
      return `${side(of.when, 1)} ? ${side(of.then, 1)} : ${side(of.else, 0)}`;
    case 'in':
      return `${side(of.left, own + 1)} in ${JSON.stringify(of.list)}`;
    case 'least':
    case 'greatest':
      return `${of.op === 'least' ? 'minKnown' : 'maxKnown'}(${of.of.map((one) => side(one, 0)).join(', ')})`;
    case 'absolute':
      return `abs(${side(of.of, 0)})`;
    case 'window':
      return windowText(windows, of.window, of.fn, of.perMs);
    case 'willReach':
      return `willReach(${side(of.limit, 0)}, "${durationText(of.withinMs)}")`;
    case 'peers': {
      const inner = `s, ${side(of.of, 0)}`;
      const macro =
        of.how === 'all'
          ? `all(${inner})`
          : of.least === 1
            ? `exists(${inner})`
            : `atLeast(${of.least}, ${inner})`;
      return `sensors("${of.quantity}").${macro}`;
    }
    default:
      return `${side(of.left, own)} ${signs[of.op] ?? of.op} ${side(of.right, own + 1)}`;
  }
}
