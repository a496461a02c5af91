import { createEngine, type Engine } from '../engine.ts';
import type { CallSite, Faults } from '../faults/verdict.ts';
import { createTrace } from '../trace.ts';

/** Faults of which none happens; a test overrides what it is about. */
export const noFaults = (given: Partial<Faults> = {}): Faults => ({
  onCall: () => ({ kind: 'well' }),
  latencyMs: () => 5,
  isPartial: () => false,
  staleMs: () => 0,
  copiesMs: () => [],
  isSplit: () => false,
  delayMs: () => 0,
  isRuleBlocked: () => false,
  isThrottled: () => false,
  isOldVersion: () => false,
  planDelaysMs: () => [0],
  isTrimmed: () => false,
  hostSkewMs: () => 0,
  ...given,
});

/** An engine at 0, a trace, and ids that count. */
export function quietWorld(): {
  engine: Engine;
  trace: ReturnType<typeof createTrace>;
  nextId: () => string;
} {
  let ids = 0;
  return { engine: createEngine(0), trace: createTrace(), nextId: () => String(++ids) };
}

/** The call of this name, once. */
export const isCall = (name: string, nth = 0) => {
  let seen = 0;
  return ({ operation }: CallSite): boolean => operation === name && seen++ === nth;
};
