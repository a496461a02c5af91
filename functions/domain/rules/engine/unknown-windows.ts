/** What this room knows: what a rule means. This file: why a window could not be asked, for the decision record (semantics 25). */
import { type Expression, partsOf } from '../expression.ts';
import type { Condition } from './bind.ts';
import type { Asked } from './surroundings.ts';

/** A window or a forecast in a condition. */
type Asking = Extract<Expression, { op: 'window' | 'willReach' }>;

const askingIn = (of: Expression): readonly Asking[] => [
  ...(of.op === 'window' || of.op === 'willReach' ? [of] : []),
  ...partsOf(of).flatMap(askingIn),
];

/** Unknown when that of one sensor of the list is, or none was asked. */
function leastKnown(
  { window, fn }: Extract<Asking, { op: 'window' }>,
  asked: Asked | undefined,
): number | null {
  const said = asked?.each?.filter(([w, , f]) => w === window && f === fn) ?? [];
  return said.length === 0 || said.some(([, , , value]) => value === null) ? null : 0;
}

/** What of `when` was unknown among its windows: all of them, where it is not told what they said. */
export function unknownWindows(
  { rule, windows }: Condition,
  when: Expression,
  asked: Asked | undefined,
): readonly { readonly input: string; readonly cause: string }[] {
  const named = new Map<string, string>();
  for (const of of askingIn(when)) {
    const spec = rule.windows?.[of.window];
    const said =
      of.op === 'window' && of.each === true
        ? leastKnown(of, asked)
        : of.op === 'window'
          ? asked?.figures.find(([window, fn]) => window === of.window && fn === of.fn)?.[2]
          : asked?.reaches.find(([window]) => window === of.window)?.[3];
    if (spec === undefined || (said !== undefined && said !== null)) continue;
    const name = of.op === 'window' ? of.fn : of.op;
    const whose = spec.role ?? spec.quantity;
    const input = `${whose === undefined ? '' : `${whose}.`}${name} ${spec.lengthMs / 1_000} s`;
    named.set(input, windows[of.window] === undefined ? 'no sensor' : 'too little in the window');
  }
  return [...named].map(([input, cause]) => ({ input, cause }));
}
