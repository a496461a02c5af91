/** Names in a condition: which they are, and what was meant by one that is not. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../../../functions/domain/nearest.ts';
import type { Inputs } from './finding.ts';

/** Decided (docs/semantics.md) and refused until the engine supplies them. */
const later: ReadonlySet<string> = new Set([
  'mode',
  'source',
  'sensor',
  'avg',
  'min',
  'max',
  'count',
  'delta',
  'rate',
  'twa',
  'willReach',
]);

/** Dotted name of an identifier or of a field of one, such as `limits.alarm`. */
export function nameOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const of = nameOf(node.args[0]);
  return of === undefined ? undefined : `${of}.${node.args[1]}`;
}

/** What to say of a name that is no input; a function has `()` behind it. */
export function nameFinding(name: string | undefined, inputs: Inputs): { message: string; remedy: string } {
  if (name === undefined)
    return { message: 'only plain names have fields', remedy: 'write a name such as limits.alarm' };
  const meant = nearest(name, inputs.keys());
  const known = `a condition knows ${[...inputs.keys()].join(', ')}`;
  const remedy = meant === undefined ? known : `did you mean \`${meant}\`?`;
  const head = /^\w*/.exec(name)?.[0] ?? '';
  if (later.has(head)) return { message: `\`${name}\` is not available yet`, remedy: known };
  return { message: `unknown ${name.endsWith('()') ? 'function' : 'name'} \`${name}\``, remedy };
}
