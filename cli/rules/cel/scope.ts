/** What a condition is compiled in: what it may name, and where findings and windows are collected. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';
import type { Finding, Input, Inputs, Type } from './finding.ts';
import type { Rewrite } from './rewrite.ts';
import type { WindowTable } from './window-table.ts';

/** A tree with its type; no type where a finding was reported below, so that nothing more is said of it. */
export interface Typed extends Omit<Input, 'type'> {
  readonly expression: Expression;
  readonly type: Type | undefined;
}

/** The variable of `sensors(...).exists(s, ...)`. */
export interface Peer {
  readonly name: string;
  readonly quantity: string;
  /** What `s.value` is. */
  readonly value: Input;
}

export interface Scope {
  readonly inputs: Inputs;
  /** Names of `let` with what they stand for. */
  readonly lets: ReadonlyMap<string, Typed>;
  /** What `sensor("name").value` is, by role. */
  readonly roles: ReadonlyMap<string, Input>;
  readonly windows: WindowTable;
  readonly findings: Finding[];
  /** How the text is told to cel-js, which does not know our functions. */
  readonly rewrite: Rewrite;
  readonly peer?: Peer;
  /** Names of `let` and of roles that the condition uses: `let.rise`, `sensors.fan`. */
  readonly used: Set<string>;
  /** The compiler itself, for the parts of a call. */
  readonly translate: (node: ASTNode, scope: Scope) => Typed;
}

export const literal = (value: Value): Expression => ({ op: 'literal', value });

export const typed = (expression: Expression, input: Input): Typed => ({ expression, ...input });

/** What stands for a tree of which nothing more is said. */
export const untyped: Typed = { expression: literal(false), type: undefined };

/** Reports what is wrong at `node`. */
export function refuse(scope: Scope, { range }: ASTNode, message: string, remedy?: string): Typed {
  scope.findings.push({
    start: range.start,
    end: range.end,
    message,
    ...(remedy !== undefined && { remedy }),
  });
  return untyped;
}

/** The tree of `node`, which must be a `wanted`. */
export function need(scope: Scope, node: ASTNode, wanted: Type, sign: string): Typed {
  const found = scope.translate(node, scope);
  if (found.type !== undefined && found.type !== wanted) {
    refuse(scope, node, `\`${sign}\` needs a ${wanted}, this is a ${found.type}`);
    return untyped;
  }
  return found;
}

/** Two figures in different units cannot be compared or added. Reports it at `node`. */
export function sameUnit(scope: Scope, node: ASTNode, a: Typed, b: Typed, verb: string): void {
  if (a.unit === undefined || b.unit === undefined || a.unit === b.unit) return;
  const limit = [a, b].find(
    ({ expression }) => expression.op === 'input' && expression.name.startsWith('limits.'),
  );
  const other = limit === a ? b : a;
  const remedy =
    limit?.expression.op === 'input'
      ? `say the unit of the figure: ${limit.expression.name} with unit: "${other.unit}"`
      : 'compare figures of one unit';
  refuse(scope, node, `${verb} ${a.unit} with ${b.unit}`, remedy);
}
