/** What this room knows: what a rule means. This file: the parts of a condition that ask windows and other sensors. */
import type { Seen } from './around.ts';
import type { Expression } from './expression.ts';
import type { Compiled, CompiledCondition, Frame } from './frame.ts';

type AroundExpression = Extract<Expression, { op: 'window' | 'willReach' | 'peers' }>;

/** A closure for an expression that needs `frame.around`; unknown without it. */
export function compileAround(of: AroundExpression, compile: (of: Expression) => Compiled): Compiled {
  switch (of.op) {
    case 'window': {
      const { window, fn, perMs } = of;
      if (of.each === true)
        return ({ around, peer }) => {
          const figure = around?.figureOf(window, fn, peer?.place);
          return figure === undefined || perMs === undefined ? figure : figure * perMs;
        };
      if (perMs === undefined) return ({ around }) => around?.figure(window, fn);
      return ({ around }) => {
        const figure = around?.figure(window, fn);
        return figure === undefined ? undefined : figure * perMs;
      };
    }
    case 'willReach': {
      const { window, withinMs } = of;
      const limit = compile(of.limit);
      return (frame) => {
        const value = limit(frame);
        return typeof value === 'number' ? frame.around?.reaches(window, value, withinMs) : undefined;
      };
    }
    default:
      return quantified(of, compile(of.of));
  }
}

const at = (frame: Frame, peer: Seen): Frame => ({ ...frame, peer });

/** In Kleene logic: what is unknown may still turn out either way. No sensor at all answers nothing. */
function quantified(
  { how, least, quantity }: Extract<Expression, { op: 'peers' }>,
  of: Compiled,
): CompiledCondition {
  return (frame) => {
    const peers = frame.around?.peers(quantity) ?? [];
    if (peers.length === 0) return undefined;
    let holds = 0;
    let unknown = 0;
    for (const peer of peers) {
      const verdict = of(at(frame, peer));
      if (verdict === true) holds++;
      else if (verdict !== false) unknown++;
    }
    const wanted = how === 'all' ? peers.length : least;
    if (holds >= wanted) return true;
    return holds + unknown < wanted ? false : undefined;
  };
}
