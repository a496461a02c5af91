import { type Instant, instant } from '../../domain/time.ts';
import type { Decision, NotificationLog, TransitionKey } from '../../usecases/ports/alerts.ts';
import { AdapterError } from '../adapter-error.ts';
import type { MemoryState } from './state.ts';

const nameOf = (key: TransitionKey): string => `${key.alertId}/${key.version}`;

/** The log of notifications in memory, over the transitions that the alert store of the same state committed. */
export function memoryNotificationLog(state: MemoryState): NotificationLog {
  const decisions = new Map<string, Decision>();
  const transitionOf = (key: TransitionKey) =>
    state.transitions.get(key.alertId)?.find(({ version }) => version === key.version);
  return {
    decide: async (key, decision) => {
      if (transitionOf(key) === undefined) {
        throw new AdapterError('log decision: no such transition', { cause: undefined, retryable: false });
      }
      const before = decisions.get(nameOf(key));
      if (before !== undefined && before.outcome !== 'deferred') return 'already-decided';
      decisions.set(nameOf(key), decision);
      return 'logged';
    },
    decision: async (key) => decisions.get(nameOf(key)),
    undecided: async (before, limit) => {
      const all = [...state.transitions.values()].flat();
      const open = all.map((transition) => ({
        key: { alertId: transition.alertId, version: transition.version },
        dueAt: dueAt(transition.committedAt, decisions.get(nameOf(transition))),
      }));
      return open
        .filter((one): one is typeof one & { dueAt: Instant } => one.dueAt !== undefined)
        .filter((one) => one.dueAt <= before)
        .toSorted((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
        .map(({ key }) => key);
    },
    transition: async (key) => transitionOf(key),
  };
}

/** Place in the index: commit time, or the end of the deferral; none once decided. */
function dueAt(committedAt: Instant, decision: Decision | undefined): Instant | undefined {
  if (decision === undefined) return instant(committedAt);
  return decision.outcome === 'deferred' ? decision.until : undefined;
}
