import type { Rule, WindowSpec } from '../../../functions/domain/rules/book.ts';
import type { Comparison, Expression, WindowFunction } from '../../../functions/domain/rules/expression.ts';
import { duration, seconds } from '../../../functions/domain/time.ts';
import { compare, type GivenRule, literal, ruleOf } from './rules.ts';

/** Times in seconds. */
export interface GivenWindow {
  readonly lengthS: number;
  readonly functions: WindowSpec['functions'];
  readonly role?: string;
  readonly quantity?: string;
  readonly countMin?: number;
  readonly backS?: number;
  readonly dayIn?: string;
}

export const windowOf = ({
  lengthS,
  functions,
  role,
  quantity,
  countMin = 1,
  backS = 0,
  dayIn,
}: GivenWindow): WindowSpec => ({
  ...(role === undefined ? {} : { role }),
  ...(quantity === undefined ? {} : { quantity }),
  ...(dayIn === undefined ? {} : { dayIn }),
  lengthMs: seconds(lengthS),
  backMs: duration(backS * 1_000),
  countMin,
  functions,
});

export const figure = (fn: WindowFunction, window = 0): Expression => ({ op: 'window', fn, window });

/** `<fn> of the window <op> <limit>`. */
export const figureIs = (fn: WindowFunction, op: Comparison, than: number, window = 0): Expression =>
  compare(op, figure(fn, window), literal(than));

export interface WindowRule extends GivenRule {
  readonly window: GivenWindow;
  readonly when: Expression;
  readonly clear?: Expression;
  readonly forS?: number;
  readonly clearForS?: number;
}

/** An orange severity that asks a window; silence is far away, so that only the window speaks. */
export function windowRule({ window, when, clear, forS = 0, clearForS = 0, ...rest }: WindowRule): Rule {
  return ruleOf({
    limits: {},
    silent: { afterMs: seconds(100_000), severity: 'yellow' },
    windows: [windowOf(window)],
    severities: [
      {
        severity: 'orange',
        when,
        ...(clear === undefined ? {} : { clear }),
        forMs: seconds(forS),
        clearForMs: seconds(clearForS),
      },
    ],
    ...rest,
  });
}
