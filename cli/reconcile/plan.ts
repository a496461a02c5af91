/** What has to be done so that both tables say the same. Pure: the same snapshot gives the same plan. */
import type { AlertId } from '../../functions/domain/ids.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { correlationsOf } from '../../functions/domain/rules/correlate/correlations.ts';
import type { DeviceRules } from '../../functions/domain/rules/engine/bind.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import type { Instant } from '../../functions/domain/time.ts';
import type { AlertDraft } from './alert-draft.ts';
import type { Finding } from './finding.ts';
import { type ListMend, mendLists, strayEntry } from './lists.ts';
import { closeSucceeded, linkRebuilt } from './matters.ts';
import { type GuardDraft, mendGuards } from './mend-guards.ts';
import { mendHistory, type Unindexed } from './mend-history.ts';
import { mendMembers } from './mend-members.ts';
import { mendTwins, type TwinDraft } from './mend-twins.ts';
import type { ListEntry, Snapshot } from './snapshot.ts';

export interface PlanParts {
  readonly book: RuleBook;
  /** The compiled rules of a device; kept by the caller. */
  readonly rulesOf: (registration: DeviceRegistration) => DeviceRules;
  readonly now: Instant;
  /** When the run began: the same in each look, because names of alerts that have lost theirs are made of it. */
  readonly startedAt: Instant;
}

/** One alert with its places in the lists. */
export interface AlertStep {
  readonly draft: AlertDraft;
  readonly lists: ListMend;
  readonly unindexed: readonly Unindexed[];
}

/** In the order in which it is carried out: whatever stops it, the next plan goes on. */
export interface Plan {
  readonly alerts: readonly AlertStep[];
  readonly strays: readonly ListEntry[];
  readonly guards: readonly GuardDraft[];
  readonly twins: readonly TwinDraft[];
  readonly findings: readonly Finding[];
}

/**
 * The plan for `snapshot`. What stands anywhere stands: an alarm may stay too long, it is never lost in a repair.
 *
 * After it was carried out, the plan for the new snapshot is empty but for what {@link Finding} says only others can mend.
 */
export function planRepair(snapshot: Snapshot, { book, rulesOf, now, startedAt }: PlanParts): Plan {
  const drafts = new Map<AlertId, AlertDraft>();
  const unindexed = new Map<AlertId, readonly Unindexed[]>();
  for (const [alertId, history] of snapshot.histories) {
    const mended = mendHistory(history, now);
    if (mended === undefined) continue;
    drafts.set(alertId, mended.draft);
    unindexed.set(alertId, mended.unindexed);
  }
  closeSucceeded(drafts.values(), now);
  const correlations = correlationsOf(book.correlations);
  const { registrations, twins } = snapshot;
  const twinDrafts = mendTwins({ registrations, twins, drafts, book, rulesOf, now, startedAt });
  const parts = { drafts, guards: snapshot.guards, correlations, registrations, now };
  const guards = mendGuards(parts);
  mendMembers(guards, parts);
  linkRebuilt(drafts.values());

  const entries = Map.groupBy(snapshot.entries, ({ alertId }) => alertId);
  const alerts = [...drafts].map(([alertId, draft]) => ({
    draft,
    lists: mendLists(draft, entries.get(alertId) ?? []),
    unindexed: unindexed.get(alertId) ?? [],
  }));
  const known = new Set<string>(drafts.keys());
  const strays = snapshot.entries.filter(({ alertId }) => !known.has(alertId));
  const touched = [...guards.values()].filter(({ findings }) => findings.length > 0);
  return {
    alerts: alerts.filter(hasWork),
    strays,
    guards: touched,
    twins: twinDrafts.filter(({ write }) => write !== undefined),
    findings: [
      ...alerts.flatMap(({ draft }) => draft.findings),
      ...strays.map(strayEntry),
      ...touched.flatMap(({ findings }) => findings),
      ...twinDrafts.flatMap(({ findings }) => findings),
    ],
  };
}

const hasWork = ({ draft, lists, unindexed }: AlertStep): boolean =>
  draft.added.length + lists.puts.length + lists.deletes.length + unindexed.length > 0 ||
  draft.stored?.version !== draft.after.version;
