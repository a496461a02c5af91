import type { Alert, Transition } from '../../domain/alerts/alert.ts';
import { ancestorsOf } from '../../domain/ids.ts';
import { rankOf } from '../../domain/severity.ts';
import type { AlertFilter, AlertStore, Commit } from '../../usecases/ports/alerts.ts';
import { type MemoryState, matterId, storedMatter } from './state.ts';

/** Alerts in memory, with the conditions of the real tables; `onTransition` stands where the stream does. */
export function memoryAlertStore(
  state: MemoryState,
  onTransition: (transition: Transition) => void = () => undefined,
): AlertStore {
  return {
    get: async (alertId) => state.alerts.get(alertId),
    getMany: async (alertIds) => {
      const found = alertIds.map((id) => state.alerts.get(id)).filter((alert) => alert !== undefined);
      return new Map(found.map((alert) => [alert.alertId, alert]));
    },
    transitions: async (alertId) => [...(state.transitions.get(alertId) ?? [])],
    list: async (filter, limit, from) => {
      const all = [...state.alerts.values()].filter((alert) => matches(alert, filter)).toSorted(byGravity);
      const start = from === undefined ? 0 : all.findIndex((alert) => alert.alertId === from) + 1;
      const alerts = all.slice(start, start + limit);
      return { alerts, next: start + limit < all.length ? alerts.at(-1)?.alertId : undefined };
    },
    matter: async (ruleId, subjectId) => state.matters.get(matterId(ruleId, subjectId)),
    commit: async (commit) => {
      if (isLost(state, commit)) return 'conflict';
      apply(state, commit);
      for (const write of commit.alerts) write.transitions.forEach(onTransition);
      return 'committed';
    },
  };
}

function isLost(state: MemoryState, { twin, matter, alerts }: Commit): boolean {
  if (twin !== undefined && (state.twins.get(twin.deviceId)?.version ?? 0) !== twin.expectedVersion)
    return true;
  if (matter !== undefined) {
    const stored = state.matters.get(matterId(matter.ruleId, matter.subjectId));
    if ((stored?.version ?? 0) !== matter.expectedVersion) return true;
  }
  return alerts.some(({ before, after }) => state.alerts.get(after.alertId)?.version !== before?.version);
}

function apply(state: MemoryState, { twin, matter, alerts }: Commit): void {
  if (twin !== undefined)
    state.twins.set(twin.deviceId, {
      version: twin.expectedVersion + 1,
      bytes: twin.bytes,
      dueAt: twin.dueAt,
    });
  if (matter !== undefined)
    state.matters.set(matterId(matter.ruleId, matter.subjectId), storedMatter(matter));
  for (const { after, transitions } of alerts) {
    state.alerts.set(after.alertId, after);
    state.transitions.set(after.alertId, [...(state.transitions.get(after.alertId) ?? []), ...transitions]);
  }
}

function matches(alert: Alert, filter: AlertFilter): boolean {
  const { scope } = filter;
  const inScope =
    scope.kind === 'enterprise'
      ? alert.scope.enterpriseId === scope.enterpriseId
      : areasOf(alert).includes(scope.area);
  return (
    inScope &&
    (filter.closed === undefined || filter.closed === alert.closed) &&
    (filter.severity === undefined || filter.severity === alert.severity) &&
    (filter.handling === undefined || filter.handling === alert.handling) &&
    (filter.condition === undefined || filter.condition === alert.condition) &&
    (filter.kind === undefined || filter.kind === alert.matter.kind)
  );
}

const areasOf = ({ scope: { area } }: Alert): readonly string[] => (area === '-' ? ['-'] : ancestorsOf(area));

const standing = (alert: Alert): number => rankOf(alert.closed ? alert.gravest : alert.severity);

/** Open before closed, then gravest, then newest, then by id. */
function byGravity(a: Alert, b: Alert): number {
  if (a.closed !== b.closed) return a.closed ? 1 : -1;
  return standing(b) - standing(a) || b.raisedAt - a.raisedAt || (a.alertId < b.alertId ? -1 : 1);
}
