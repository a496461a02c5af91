/** A condition with its integer literals written as doubles, as cel-js needs it to type-check `value == 1`. */
import type { ASTNode } from '@marcbachmann/cel-js';

/** Nodes below `node`, in no particular order. */
function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case '!_':
    case '-_':
      return [node.args];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    default:
      return node.args;
  }
}

/** @example widened('value == 1', ast) // 'value == 1.0' */
export function widened(text: string, ast: ASTNode): string {
  const ends: number[] = [];
  const open: ASTNode[] = [ast];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.op === 'value' && typeof node.args === 'bigint') ends.push(node.range.end);
    open.push(...childrenOf(node));
  }
  return ends.sort((a, b) => b - a).reduce((out, end) => `${out.slice(0, end)}.0${out.slice(end)}`, text);
}
