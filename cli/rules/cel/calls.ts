/** Functions in a condition: the allow-list, and who compiles each of them. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { nearest } from '../../../functions/domain/nearest.ts';
import { textArgument } from './arguments.ts';
import type { Input } from './finding.ts';
import { qualityInput } from './inputs.ts';
import { functionFinding } from './names.ts';
import { peerMacroOf, peersCall } from './peers.ts';
import { celTypeOf } from './rewrite.ts';
import { need, refuse, type Scope, sameUnit, type Typed, typed, untyped } from './scope.ts';
import { isWindowName, windowCall } from './window-calls.ts';

/** Most arguments of `minKnown` and `maxKnown`. */
export const knownCountMax = 8;

/** `minKnown(a, b)`: of those that are known. */
function ofKnown(scope: Scope, node: ASTNode, name: string, given: readonly ASTNode[]): Typed {
  if (given.length < 2 || given.length > knownCountMax)
    return refuse(
      scope,
      node,
      `\`${name}()\` with ${given.length} arguments`,
      `2 to ${knownCountMax} are allowed`,
    );
  const parts = given.map((one) => need(scope, one, 'number', name));
  const measured = parts.find(({ unit }) => unit !== undefined);
  parts.forEach((part, i) => {
    if (measured) sameUnit(scope, given[i] ?? node, part, measured, `\`${name}\` mixes`);
  });
  const of = parts.map(({ expression }) => expression);
  return typed(
    { op: name === 'minKnown' ? 'least' : 'greatest', of },
    { type: 'number', ...(measured?.unit !== undefined && { unit: measured.unit }) },
  );
}

function absolute(scope: Scope, node: ASTNode, given: readonly ASTNode[]): Typed {
  const [only, ...more] = given;
  if (!only || more.length > 0)
    return refuse(scope, node, `\`abs()\` with ${given.length} arguments`, 'write abs(value)');
  const { expression, unit } = need(scope, only, 'number', 'abs');
  return typed({ op: 'absolute', of: expression }, { type: 'number', ...(unit !== undefined && { unit }) });
}

/** A function that stands by itself. */
export function call(scope: Scope, node: ASTNode & { readonly op: 'call' }): Typed {
  const [name, given] = node.args;
  if (name === 'abs') return absolute(scope, node, given);
  if (name === 'minKnown' || name === 'maxKnown') return ofKnown(scope, node, name, given);
  if (isWindowName(name))
    return windowCall(scope, {
      node,
      name,
      given,
      of: { input: scope.inputs.get('value') ?? { type: 'number' } },
    });
  if (name === 'sensor') return refuse(scope, node, '`sensor()` is not a value', 'write sensor("fan").value');
  if (name === 'sensors')
    return refuse(
      scope,
      node,
      '`sensors()` is not a value',
      'write sensors("methane").exists(s, s.value >= 1.0)',
    );
  const { message, remedy } = functionFinding(name);
  return refuse(scope, node, message, remedy);
}

/** The role of `sensor("fan")`, reported when there is none of that name. */
export function roleAt(
  scope: Scope,
  node: ASTNode,
): { readonly name: string; readonly input: Input } | undefined {
  if (node.op !== 'call' || node.args[0] !== 'sensor') return undefined;
  const [only, ...more] = node.args[1];
  if (!only || more.length > 0) {
    refuse(scope, node, '`sensor()` needs one name', 'write sensor("fan")');
    return undefined;
  }
  const name = textArgument(scope, only, 'the name of a sensor');
  if (name === undefined) return undefined;
  const input = scope.roles.get(name);
  if (input) {
    scope.used.add(`sensors.${name}`);
    return { name, input };
  }
  const meant = nearest(name, scope.roles.keys());
  const known = [...scope.roles.keys()];
  const declare = `declare it: sensors: { ${name}: { quantity: ... } }`;
  const remedy = known.length > 0 ? `the rule knows ${known.join(', ')}; or ${declare}` : declare;
  refuse(scope, only, `unknown sensor ${name}`, meant ? `did you mean \`${meant}\`?` : remedy);
  return undefined;
}

const isRole = (node: ASTNode): boolean => node.op === 'call' && node.args[0] === 'sensor';

/** A function of something: `sensor("wind").avg("10m")`, `sensors("methane").exists(...)`, `s.delta("10m")` in such a list. */
export function methodCall(scope: Scope, node: ASTNode & { readonly op: 'rcall' }): Typed {
  const [name, receiver, given] = node.args;
  const macro = peerMacroOf(name);
  if (macro !== undefined && receiver.op === 'call' && receiver.args[0] === 'sensors')
    return peersCall(scope, node, macro, receiver, given);
  if (isRole(receiver) && isWindowName(name)) {
    const role = roleAt(scope, receiver);
    return role
      ? windowCall(scope, { node, name, given, of: { role: role.name, input: role.input } })
      : untyped;
  }
  const { peer } = scope;
  if (peer !== undefined && receiver.op === 'id' && receiver.args === peer.name && isWindowName(name))
    return windowCall(scope, { node, name, given, of: { quantity: peer.quantity, input: peer.value } });
  const { message, remedy } = functionFinding(name);
  return refuse(scope, node, message, remedy);
}

/** `sensor("fan").value`; `undefined` when `node` is something else. */
export function roleField(scope: Scope, node: ASTNode): Typed | undefined {
  if (node.op !== '.' || !isRole(node.args[0])) return undefined;
  const role = roleAt(scope, node.args[0]);
  if (!role) return untyped;
  const field = node.args[1];
  if (field !== 'value' && field !== 'quality')
    return refuse(
      scope,
      node,
      `a sensor has no \`${field}\``,
      `write sensor("${role.name}").value or .quality`,
    );
  const input = field === 'value' ? role.input : qualityInput;
  scope.rewrite.variable(node.range, `sensor_${role.name}_${field}`, celTypeOf(input.type));
  return typed({ op: 'input', name: `sensor.${role.name}.${field}` }, input);
}
