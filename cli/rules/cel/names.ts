/** Names in a condition: which they are, and what was meant by one that is not. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../../../functions/domain/nearest.ts';
import { peerMacros } from './peers.ts';
import type { Scope } from './scope.ts';
import { windowNames } from './window-calls.ts';

/** Functions that are asked of numbers. */
export const numberFunctions = ['abs', 'minKnown', 'maxKnown'] as const;

/** Every function of the rule language. */
export const functionNames: readonly string[] = [...numberFunctions, ...windowNames, 'sensor', 'sensors'];

const calls = functionNames.map((name) => `${name}()`);

/** Dotted name of an identifier or of a field of one, such as `limits.alarm`. */
export function nameOf(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const of = nameOf(node.args[0]);
  return of === undefined ? undefined : `${of}.${node.args[1]}`;
}

/** What to say of a name that is no input. */
export function nameFinding(name: string | undefined, scope: Scope): { message: string; remedy: string } {
  if (name === undefined)
    return { message: 'only plain names have fields', remedy: 'write a name such as limits.alarm' };
  const known = [...scope.inputs.keys(), ...scope.lets.keys()];
  if (functionNames.includes(name))
    return { message: `\`${name}\` is a function`, remedy: `call it: ${name}(...)` };
  const meant = nearest(name, known);
  return {
    message: `unknown name \`${name}\``,
    remedy: meant === undefined ? `a condition knows ${known.join(', ')}` : `did you mean \`${meant}\`?`,
  };
}

/** What to say of a function that is none of ours. */
export function functionFinding(name: string): { message: string; remedy: string } {
  const meant = nearest(`${name}()`, [...calls, ...peerMacros.map((macro) => `${macro}()`)]);
  return {
    message: `unknown function \`${name}()\``,
    remedy: meant === undefined ? `a condition knows ${calls.join(', ')}` : `did you mean \`${meant}\`?`,
  };
}
