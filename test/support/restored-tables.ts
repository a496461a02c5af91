/** What a restore may leave of a world's tables, and a plan carried out on it, all in memory. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { shownIn } from '../../cli/reconcile/lists.ts';
import type { Plan } from '../../cli/reconcile/plan.ts';
import type { History, KeptTransition, ListEntry, Snapshot } from '../../cli/reconcile/snapshot.ts';
import { listItem, listSort, listsOf } from '../../functions/adapters/dynamo/alert-items.ts';
import { type MemoryState, matterId, storedMatter } from '../../functions/adapters/memory/state.ts';
import type { Alert, Transition } from '../../functions/domain/alerts/alert.ts';
import type { AlertId, DeviceId } from '../../functions/domain/ids.ts';
import type { StoredMatter } from '../../functions/usecases/ports/alerts.ts';
import type { StoredTwin } from '../../functions/usecases/ports/twins.ts';

/** Both tables at one moment, item by item. */
export interface Moment {
  readonly twins: ReadonlyMap<DeviceId, StoredTwin>;
  readonly matters: ReadonlyMap<string, StoredMatter>;
  readonly alerts: ReadonlyMap<AlertId, Alert>;
  readonly transitions: ReadonlyMap<string, Transition>;
  readonly entries: ReadonlyMap<string, ListEntry>;
}

const entriesOf = (alert: Alert): ListEntry[] =>
  listsOf(alert).map((list) => ({
    list,
    sort: listSort(alert),
    alertId: alert.alertId,
    shown: shownIn(listItem(list, alert)),
  }));

export function momentOf(state: MemoryState): Moment {
  const alerts = [...state.alerts.values()];
  return {
    twins: new Map(state.twins),
    matters: new Map(state.matters),
    alerts: new Map(state.alerts),
    transitions: new Map(
      [...state.transitions.values()].flat().map((one) => [`${one.alertId}/${one.version}`, one]),
    ),
    entries: new Map(alerts.flatMap(entriesOf).map((entry) => [`${entry.list}\n${entry.sort}`, entry])),
  };
}

/** Each item as it was at `before`, or as it is at `after` where `isNew` says so: half of a transaction. */
function torn<K, V>(before: ReadonlyMap<K, V>, after: ReadonlyMap<K, V>, isNew: () => boolean): Map<K, V> {
  const keys = new Set([...before.keys(), ...after.keys()]);
  const all = new Map<K, V>();
  for (const key of keys) {
    const value = (isNew() ? after : before).get(key);
    if (value !== undefined) all.set(key, value);
  }
  return all;
}

export interface Restored {
  readonly registrations: Snapshot['registrations'];
  readonly isDecided: boolean;
  /** Twins and Records, each between two moments. */
  readonly twins: readonly [Moment, Moment];
  readonly records: readonly [Moment, Moment];
  readonly isNew: () => boolean;
}

/** A snapshot of tables that were restored to different moments, in the middle of a transaction each. */
export function restoredSnapshot({ registrations, isDecided, twins, records, isNew }: Restored): Snapshot {
  const alerts = torn(records[0].alerts, records[1].alerts, isNew);
  const transitions = [...torn(records[0].transitions, records[1].transitions, isNew).values()];
  const byAlert = Map.groupBy(transitions, ({ alertId }) => alertId);
  const histories = new Map<AlertId, History>();
  for (const alertId of new Set([...alerts.keys(), ...byAlert.keys()])) {
    const kept = (byAlert.get(alertId) ?? []).map((transition): KeptTransition => {
      return { transition, isDecided, undecidedAt: isDecided ? undefined : transition.committedAt };
    });
    const inOrder = kept.toSorted((a, b) => a.transition.version - b.transition.version);
    histories.set(alertId, { alert: alerts.get(alertId), transitions: inOrder });
  }
  const stored = torn(twins[0].twins, twins[1].twins, isNew);
  return {
    histories,
    entries: [...torn(records[0].entries, records[1].entries, isNew).values()],
    guards: [...torn(twins[0].matters, twins[1].matters, isNew).values()],
    twins: new Map([...stored].map(([deviceId, twin]) => [deviceId, { deviceId, ...twin }])),
    registrations,
  };
}

/** The tables after the plan, as `writePlan` leaves them. */
export function carriedOut(snapshot: Snapshot, plan: Plan): Snapshot {
  const histories = new Map(snapshot.histories);
  let entries = snapshot.entries.filter((entry) => !plan.strays.includes(entry));
  for (const { draft, lists, unindexed } of plan.alerts) {
    const { after, added } = draft;
    const known = snapshot.histories.get(after.alertId)?.transitions ?? [];
    const indexed = known.map((one) => {
      const back = unindexed.find(({ version }) => version === one.transition.version);
      return back === undefined ? one : { ...one, undecidedAt: back.at };
    });
    const fresh = added.map(({ transition, isHeard }) => ({
      transition,
      isDecided: !isHeard,
      undecidedAt: isHeard ? transition.committedAt : undefined,
    }));
    const transitions = [...indexed, ...fresh].toSorted(
      (a, b) => a.transition.version - b.transition.version,
    );
    histories.set(after.alertId, { alert: after, transitions });
    entries = entries.filter((entry) => !lists.deletes.includes(entry));
    for (const { list, item } of lists.puts) entries = withEntry(entries, list, item);
  }
  const guards = new Map(snapshot.guards.map((one) => [matterId(one.ruleId, one.subjectId), one]));
  for (const { after } of plan.guards)
    guards.set(matterId(after.ruleId, after.subjectId), storedMatter(after));
  const twins = new Map(snapshot.twins);
  for (const { write } of plan.twins) {
    if (write === undefined) continue;
    const { deviceId, expectedVersion, bytes, dueAt } = write;
    twins.set(deviceId, { deviceId, version: expectedVersion + 1, bytes, dueAt });
  }
  return { ...snapshot, histories, entries, guards: [...guards.values()], twins };
}

function withEntry(
  entries: readonly ListEntry[],
  list: string,
  item: Record<string, AttributeValue>,
): ListEntry[] {
  const sort = item['sk']?.S ?? '';
  const others = entries.filter((entry) => entry.list !== list || entry.sort !== sort);
  return [...others, { list, sort, alertId: item['alertId']?.S ?? '', shown: shownIn(item) }];
}
