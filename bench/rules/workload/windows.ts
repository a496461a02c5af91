/** Windows of the workload, and the kinds of window whose bytes and price are told. */
import type { WindowSpec } from '../../../functions/domain/rules/book.ts';
import type { Expression, WindowFunction } from '../../../functions/domain/rules/expression.ts';
import { duration, minutes } from '../../../functions/domain/time.ts';

const hour = 60;

const spec = (
  lengthMin: number,
  functions: WindowSpec['functions'],
  more: { readonly dayIn?: string; readonly backMin?: number } = {},
): WindowSpec => ({
  lengthMs: minutes(lengthMin),
  backMs: duration((more.backMin ?? 0) * 60_000),
  countMin: 1,
  functions,
  ...(more.dayIn === undefined ? {} : { dayIn: more.dayIn }),
});

export interface WorkloadWindow {
  readonly spec: WindowSpec;
  /** What is asked of it; `window` is its place in the list below. */
  readonly of: Expression;
  /** At which the figure is a breach. */
  readonly limit: number;
}

/** What the third rule of each kind asks beside its value: `rate("2m", "1m")` and `avg("5m")`. */
export const workloadWindows: readonly WorkloadWindow[] = [
  { spec: spec(2, ['rate']), of: { op: 'window', fn: 'rate', window: 0, perMs: minutes(1) }, limit: 30 },
  { spec: spec(5, ['avg']), of: { op: 'window', fn: 'avg', window: 1 }, limit: 55 },
];

export interface WindowKind {
  /** As it is written in a rule: `avg("10m")`. */
  readonly name: string;
  readonly spec: WindowSpec;
  readonly of: Expression;
}

const kind = (fn: WindowFunction, length: string, lengthMin: number): WindowKind => ({
  name: `${fn}("${length}")`,
  spec: spec(lengthMin, [fn]),
  of: { op: 'window', fn, window: 0, ...(fn === 'rate' ? { perMs: minutes(hour) } : {}) },
});

/** Kinds of window whose bytes in a twin are told. */
export const windowKinds: readonly WindowKind[] = [
  ...(['avg', 'twa', 'min', 'max', 'count', 'stddev', 'delta', 'rate'] as const).map((fn) =>
    kind(fn, '1h', hour),
  ),
  kind('avg', '1m', 1),
  kind('avg', '24h', 24 * hour),
  { ...kind('twa', '15m', 15), name: 'stel()' },
  { ...kind('twa', '8h', 8 * hour), name: 'twa8h()' },
  {
    name: 'dayMax("Asia/Shanghai")',
    spec: spec(24 * hour, ['max'], { dayIn: 'Asia/Shanghai' }),
    of: { op: 'window', fn: 'max', window: 0 },
  },
  {
    name: 'baseline("24h", "1h")',
    spec: spec(24 * hour, ['avg'], { backMin: hour }),
    of: { op: 'window', fn: 'avg', window: 0 },
  },
  {
    name: 'willReach(.., "30m", "2h")',
    spec: spec(2 * hour, ['slope']),
    of: {
      op: 'willReach',
      window: 0,
      limit: { op: 'literal', value: 1_000 },
      withinMs: minutes(30),
    },
  },
];
