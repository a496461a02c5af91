import { checkView, isLongChecked } from '../checks/checks.ts';
import type { Registered } from '../city/registered.ts';
import { viewOf } from '../oracle/facts/view.ts';
import type { Violation } from '../oracle/law.ts';
import { foundBy, laws } from '../oracle/oracle.ts';
import { runWorld, type WorldOptions } from '../world/world.ts';

/** What became of one seed. */
export interface SeedResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly traceHash: string;
  /** Faults that happened, as `kind|place`. */
  readonly injected: ReadonlyMap<string, number>;
  readonly notes: number;
  readonly simulatedMs: number;
  readonly messages: number;
}

/** Runs the world of a seed and judges it. A defect that the world dies of is a violation too. */
export async function trySeed(registered: Registered, options: WorldOptions): Promise<SeedResult> {
  const { seed } = options;
  try {
    const { history, traceHash, injected, notes } = await runWorld(registered, options);
    const view = viewOf(history);
    const violations = [...foundBy(laws, view), ...checkView(view, registered.books, isLongChecked(seed))];
    const simulatedMs = history.phases.end - history.phases.warmUp;
    return { seed, violations, traceHash, injected, notes, simulatedMs, messages: history.accepted.length };
  } catch (error) {
    const what =
      error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
    const none = {
      traceHash: '',
      injected: new Map<string, number>(),
      notes: 0,
      simulatedMs: 0,
      messages: 0,
    };
    return { seed, violations: [{ law: 'the-simulation-goes-on', what }], ...none };
  }
}
