/** `sensors("methane").exists(s, s.value >= 1.0)`: the sensors of one quantity on the same device (semantics 19). */
import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../../../functions/domain/nearest.ts';
import { type Expression, partsOf } from '../../../functions/domain/rules/expression.ts';
import { quantities, quantityOf } from '../../../functions/domain/telemetry/quantities.ts';
import { sensorCountMax } from '../../../functions/domain/telemetry/registration.ts';
import { textArgument, wholeArgument } from './arguments.ts';
import type { Input } from './finding.ts';
import { inputOfQuantity } from './inputs.ts';
import { peerTypes } from './rewrite.ts';
import { need, refuse, type Scope, type Typed, typed, untyped } from './scope.ts';

/** What can be asked of `sensors(...)`. */
export const peerMacros = ['exists', 'all', 'atLeast'] as const;
export type PeerMacro = (typeof peerMacros)[number];

export const peerMacroOf = (name: string): PeerMacro | undefined =>
  peerMacros.find((macro) => macro === name);

const usage: Readonly<Record<PeerMacro, string>> = {
  exists: 'write sensors("methane").exists(s, s.value >= 1.0)',
  all: 'write sensors("methane").all(s, s.value >= 1.0)',
  atLeast: 'write sensors("methane").atLeast(2, s, s.value >= 1.0)',
};

/** True when `of` asks peers anywhere. */
const asksPeers = (of: Expression): boolean => of.op === 'peers' || partsOf(of).some(asksPeers);

/** The quantity of `sensors("...")`, with what its values are. */
function quantityAt(scope: Scope, list: ASTNode): { readonly id: string; readonly input: Input } | undefined {
  if (list.op !== 'call' || list.args[0] !== 'sensors') return undefined;
  const [only, ...more] = list.args[1];
  const id = textArgument(scope, only, 'a quantity');
  const quantity = id === undefined ? undefined : quantityOf(id);
  if (!only || more.length > 0)
    refuse(scope, list, '`sensors()` needs one quantity', 'write sensors("methane")');
  else if (id !== undefined && !quantity) {
    const meant = nearest(id, quantities.keys());
    refuse(scope, only, `unknown quantity ${id}`, meant ? `did you mean \`${meant}\`?` : 'see docs/rules.md');
  }
  return quantity && { id: quantity.id, input: inputOfQuantity(quantity) };
}

/** The variable of a macro: a name that means nothing else. */
function variableOf(scope: Scope, node: ASTNode): string | undefined {
  if (node.op !== 'id') {
    refuse(scope, node, 'a name for the sensor must stand here', 'write a letter, such as s');
    return undefined;
  }
  const isTaken = [...scope.inputs.keys(), ...scope.lets.keys()].some(
    (name) => name.split('.')[0] === node.args,
  );
  if (!isTaken && scope.peer?.name !== node.args) return node.args;
  refuse(scope, node, `\`${node.args}\` already means something`, 'name the sensor s');
  return undefined;
}

/** One macro over the sensors of the device. */
export function peersCall(
  scope: Scope,
  node: ASTNode,
  macro: PeerMacro,
  list: ASTNode,
  given: readonly ASTNode[],
): Typed {
  const wanted = macro === 'atLeast' ? 3 : 2;
  if (given.length !== wanted)
    return refuse(scope, node, `\`${macro}()\` with ${given.length} arguments`, usage[macro]);
  const [variableNode, bodyNode] = given.slice(-2);
  const [countNode] = given;
  if (!variableNode || !bodyNode || !countNode) return untyped;
  const quantity = quantityAt(scope, list);
  const name = variableOf(scope, variableNode);
  const least =
    macro === 'atLeast' ? wholeArgument(scope, countNode, 'how many sensors', [1, sensorCountMax]) : 1;
  if (!quantity || name === undefined || least === undefined) return untyped;
  const body = need(
    { ...scope, peer: { name, quantity: quantity.id, value: quantity.input } },
    bodyNode,
    'boolean',
    macro,
  );
  if (body.type !== undefined && asksPeers(body.expression))
    return refuse(
      scope,
      bodyNode,
      '`sensors()` stands inside of `sensors()`',
      'ask one after the other: ... && ...',
    );
  tellCel(scope, { node, macro, list, variableNode, bodyNode, least, type: quantity.input.type });
  const how = macro === 'all' ? 'all' : 'atLeast';
  return typed({ op: 'peers', how, least, quantity: quantity.id, of: body.expression }, { type: 'boolean' });
}

interface Told {
  readonly node: ASTNode;
  readonly macro: PeerMacro;
  readonly list: ASTNode;
  readonly variableNode: ASTNode;
  readonly bodyNode: ASTNode;
  readonly least: number;
  readonly type: Input['type'];
}

/** `atLeast` is no word of cel-js: it counts those that a filter leaves. */
function tellCel({ rewrite }: Scope, { node, macro, list, variableNode, bodyNode, least, type }: Told): void {
  const name = `peers_${list.range.start}`;
  rewrite.declare(name, `list<${peerTypes[type]}>`);
  if (macro !== 'atLeast') {
    rewrite.replace(list.range.start, list.range.end, name);
    return;
  }
  rewrite.replace(node.range.start, variableNode.range.start, `(${name}.filter(`);
  rewrite.replace(bodyNode.range.end, node.range.end, `).size() >= ${least})`);
}
