/** Windows of the workload, and the kinds of window whose bytes and price are told. */
import type { WindowSpec } from '../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';

export interface WorkloadWindow {
  readonly spec: WindowSpec;
  /** What is asked of it; `window` is its place in the list below. */
  readonly of: Expression;
  /** At which the figure is a breach. */
  readonly limit: number;
}

/** What the third rule of each kind asks beside its value: empty as long as the engine keeps no windows. */
export const workloadWindows: readonly WorkloadWindow[] = [];

export interface WindowKind {
  /** As it is written in a rule: `avg("10m")`. */
  readonly name: string;
  readonly spec: WindowSpec;
  readonly of: Expression;
}

/** Kinds of window whose bytes in a twin are told: empty as long as the engine keeps no windows. */
export const windowKinds: readonly WindowKind[] = [];
