import type { Instant } from '../../domain/time.ts';
import type { TickStore } from '../../usecases/ports/ticks.ts';

/** Markers of ticks in memory; they stay as long as the process. */
export function memoryTickStore(): TickStore {
  const marked = new Set<Instant>();
  return {
    done: async (instants) => new Set(instants.filter((at) => marked.has(at))),
    mark: async (at) => {
      if (marked.has(at)) return 'already-marked';
      marked.add(at);
      return 'marked';
    },
  };
}
