/** Windows in a condition: `avg("10m")`, `sensor("wind").max("1h")`, `twa8h()`, `willReach(limits.x, "30m")`. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { type WindowFunction, windowFunctions } from '../../../functions/domain/rules/expression.ts';
import { windowsPerRuleMax } from '../../../functions/domain/rules/schema/words.ts';
import { duration } from '../../../functions/domain/time.ts';
import {
  countMinMax,
  timeSpan,
  wholeArgument,
  windowLength,
  windowMaxMs,
  zoneArgument,
} from './arguments.ts';
import { need, refuse, type Scope, sameUnit, type Typed, typed, untyped } from './scope.ts';
import type { WindowAsk } from './window-table.ts';

/** The sensor that a window is of: the rule's own, a role, or each that measures a quantity. */
export interface WindowOf {
  readonly role?: string;
  readonly quantity?: string;
  readonly input: { readonly type: Typed['type']; readonly unit?: string };
}

interface Call {
  readonly node: ASTNode;
  readonly name: string;
  readonly given: readonly ASTNode[];
  readonly of: WindowOf;
}

const dayFunctions: ReadonlyMap<string, WindowFunction> = new Map([
  ['dayAvg', 'avg'],
  ['dayMax', 'max'],
  ['dayMin', 'min'],
  ['dayCount', 'count'],
]);

/** Windows with a name of their own, as occupational hygiene calls them. Lengths in ms. */
const namedWindows: ReadonlyMap<string, number> = new Map([
  ['stel', 15 * 60_000],
  ['twa8h', 8 * 3_600_000],
]);

const plain: ReadonlySet<string> = new Set<string>(windowFunctions);

/** Every function that asks a window. */
export const windowNames: readonly string[] = [
  ...windowFunctions,
  ...namedWindows.keys(),
  ...dayFunctions.keys(),
  'baseline',
  'willReach',
];

/** How a function is called, for a remedy. */
const usage = (name: string): string => {
  if (name === 'rate') return 'write rate("10m", "1h"): the change in 10 minutes, told for an hour';
  if (name === 'baseline') return 'write baseline("24h", "1h"): the mean of 24 hours that ended 1 hour ago';
  if (name === 'willReach')
    return 'write willReach(limits.high, "30m") or willReach(limits.high, "30m", "2h")';
  if (dayFunctions.has(name)) return `write ${name}("Asia/Shanghai")`;
  if (namedWindows.has(name)) return `write ${name}()`;
  if (name === 'count') return 'write count("10m")';
  return `write ${name}("10m"), or ${name}("10m", 5) to ask for at least 5 readings`;
};

const unitsOfTime: ReadonlyMap<number, string> = new Map([
  [1_000, 's'],
  [60_000, 'min'],
  [3_600_000, 'h'],
  [86_400_000, 'd'],
]);

/** UCUM code of a unit for each `perMs`. @example perUnit('mm', 86_400_000) // 'mm/d' */
const perUnit = (unit: string | undefined, perMs: number): string | undefined => {
  const time = unitsOfTime.get(perMs);
  return unit === undefined || time === undefined ? undefined : `${unit}/${time}`;
};

/** How many arguments a function takes at least, and at most with the minimum count. */
function argumentCount(name: string): readonly [number, number] {
  if (name === 'rate' || name === 'baseline') return [2, 3];
  if (name === 'willReach') return [2, 3];
  if (name === 'count' || name === 'dayCount') return [1, 1];
  return namedWindows.has(name) ? [0, 1] : [1, 2];
}

/** The number of the window that answers `ask`; `undefined` beyond the most that a rule may have, told once. */
function windowNumber(scope: Scope, node: ASTNode, ask: WindowAsk): number | undefined {
  const number = scope.windows.slotOf(ask);
  if (number < windowsPerRuleMax) return number;
  if (number === windowsPerRuleMax)
    refuse(
      scope,
      node,
      `one window too many: a rule may ask ${windowsPerRuleMax} different ones`,
      'ask the same length in several places, or make two rules',
    );
  return undefined;
}

function windowFigure(
  scope: Scope,
  { node, name, of }: Call,
  ask: {
    fn: WindowFunction;
    lengthMs: number;
    backMs?: number;
    dayIn?: string;
    countMin: number;
    perMs?: number;
  },
): Typed {
  const { fn, perMs } = ask;
  const window = windowNumber(scope, node, {
    fn,
    ...(of.role !== undefined && { role: of.role }),
    ...(of.quantity !== undefined && { quantity: of.quantity }),
    lengthMs: duration(ask.lengthMs),
    ...(ask.dayIn !== undefined && { dayIn: ask.dayIn }),
    backMs: duration(ask.backMs ?? 0),
    countMin: ask.countMin,
  });
  if (window === undefined) return untyped;
  scope.rewrite.variable(
    node.range,
    `window_${window}_${fn}${perMs === undefined ? '' : `_${perMs}`}`,
    'double',
  );
  const unit = fn === 'count' ? '1' : perMs === undefined ? of.input.unit : perUnit(of.input.unit, perMs);
  const expression = {
    op: 'window',
    fn,
    window,
    ...(perMs !== undefined && { perMs }),
    ...(of.quantity !== undefined && { each: true as const }),
  } as const;
  return name === 'count' || unit !== undefined
    ? typed(expression, { type: 'number', ...(unit !== undefined && { unit }) })
    : typed(expression, { type: 'number' });
}

function willReach(scope: Scope, { node, given, of }: Call): Typed {
  const [limitNode, withinNode, lengthNode] = given;
  if (!limitNode || !withinNode) return untyped;
  const limit = need(scope, limitNode, 'number', 'willReach');
  sameUnit(scope, limitNode, limit, { ...limit, ...of.input }, 'forecasts');
  const withinMs = lengthNode ? timeSpan(scope, withinNode) : windowLength(scope, withinNode);
  const lengthMs = lengthNode ? windowLength(scope, lengthNode) : withinMs;
  if (withinMs === undefined || lengthMs === undefined || limit.type === undefined) return untyped;
  const window = windowNumber(scope, node, {
    fn: 'slope',
    ...(of.role !== undefined && { role: of.role }),
    lengthMs,
    backMs: duration(0),
    countMin: 1,
  });
  if (window === undefined) return untyped;
  scope.rewrite.replace(node.range.start, limitNode.range.start, `(reach_${window}_${withinMs} && `);
  scope.rewrite.replace(limitNode.range.end, node.range.end, ' < 1e300)');
  scope.rewrite.declare(`reach_${window}_${withinMs}`, 'bool');
  return typed({ op: 'willReach', window, limit: limit.expression, withinMs }, { type: 'boolean' });
}

/** The lengths that a call names, in milliseconds; `undefined` where one of them is wrong. */
function lengthsOf(
  scope: Scope,
  { name, given }: Call,
): { lengthMs: number; backMs?: number; dayIn?: string; perMs?: number; used: number } | undefined {
  const [first, second] = given;
  const named = namedWindows.get(name);
  if (named !== undefined) return { lengthMs: named, used: 0 };
  if (!first) return undefined;
  if (dayFunctions.has(name)) {
    const dayIn = zoneArgument(scope, first);
    return dayIn === undefined ? undefined : { lengthMs: windowMaxMs, dayIn, used: 1 };
  }
  const lengthMs = windowLength(scope, first);
  if (name !== 'rate' && name !== 'baseline')
    return lengthMs === undefined ? undefined : { lengthMs, used: 1 };
  const other = second && (name === 'rate' ? timeSpan(scope, second) : windowLength(scope, second));
  if (lengthMs === undefined || other === undefined) return undefined;
  return { lengthMs, ...(name === 'rate' ? { perMs: other } : { backMs: other }), used: 2 };
}

const functionOf = (name: string): WindowFunction => {
  if (namedWindows.has(name)) return 'twa';
  if (name === 'baseline') return 'avg';
  return dayFunctions.get(name) ?? windowFunctions.find((fn) => fn === name) ?? 'avg';
};

/** The call of a window function on the rule's own sensor, on a role or on each sensor of a list. */
export function windowCall(scope: Scope, call: Call): Typed {
  const { node, name, given, of } = call;
  const [least, most] = argumentCount(name);
  if (given.length < least || given.length > most)
    return refuse(scope, node, `\`${name}()\` with ${given.length} arguments`, usage(name));
  if (of.input.type !== 'number' && of.input.type !== undefined)
    return refuse(
      scope,
      node,
      `\`${name}()\` needs numbers, this sensor gives a ${of.input.type}`,
      'compare its value',
    );
  if (name === 'willReach' && of.quantity !== undefined)
    return refuse(
      scope,
      node,
      '`willReach()` is not asked of each sensor of a list',
      'ask how fast it changes: s.rate("30m", "1h") > limits.x',
    );
  if (name === 'willReach') return willReach(scope, call);
  const lengths = lengthsOf(scope, call);
  const countNode = lengths === undefined ? undefined : given[lengths.used];
  const countMin =
    countNode === undefined
      ? 1
      : wholeArgument(scope, countNode, 'the least number of readings', [1, countMinMax]);
  if (lengths === undefined || countMin === undefined) return untyped;
  const { used: _, ...ask } = lengths;
  return windowFigure(scope, call, { fn: functionOf(name), countMin, ...ask });
}

/** True for the plain window functions and those with a name. */
export const isWindowName = (name: string): boolean => plain.has(name) || windowNames.includes(name);
