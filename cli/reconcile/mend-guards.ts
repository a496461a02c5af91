/** Guard items and the alerts that they guard, brought together again. Pure. */

import {
  isRoot,
  isStanding,
  type StandingRule,
  standingRules,
} from '../../functions/domain/alerts/standing.ts';
import type { AlertId } from '../../functions/domain/ids.ts';
import { encodeCorrelation } from '../../functions/domain/rules/correlate/codec.ts';
import type { Correlations } from '../../functions/domain/rules/correlate/correlations.ts';
import { type CorrelationState, emptyCorrelation } from '../../functions/domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { graver, rankOf } from '../../functions/domain/severity.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import type { MatterWrite, StoredMatter } from '../../functions/usecases/ports/alerts.ts';
import { type AlertDraft, found, lostAlert, moveOn } from './alert-draft.ts';
import type { Finding, FindingKind } from './finding.ts';
import { belongingOf, type Registrations, saysNothing, stands, stateIn } from './guard-kind.ts';
import { matterOf, newestOf } from './matters.ts';
import { newRests, type Rests, restOn } from './rests.ts';

/** A guard as it is put right. `alertId` undefined: it names no alert any more. */
export interface GuardDraft {
  readonly stored: StoredMatter | undefined;
  after: MatterWrite;
  readonly findings: Finding[];
  readonly rests: Rests;
}

export interface GuardParts {
  readonly drafts: Map<AlertId, AlertDraft>;
  readonly guards: readonly StoredMatter[];
  readonly correlations: Correlations;
  readonly registrations: Registrations;
  readonly now: Instant;
}

export const guardName = ({ ruleId, subjectId }: Pick<StoredMatter, 'ruleId' | 'subjectId'>): string =>
  `OPEN ${ruleId} ${subjectId}`;

export const startGuard = (guard: StoredMatter): GuardDraft => ({
  stored: guard,
  after: { ...guard, expectedVersion: guard.version },
  findings: [],
  rests: newRests(),
});

export const foundOn = (guard: GuardDraft, kind: FindingKind, what: string): void => {
  guard.findings.push({ kind, subject: guardName(guard.after), found: what });
};

/** Every guard beside the newest alert of its matter, and a guard for each open alert that has none. Moves alerts on that are behind. */
export function mendGuards(parts: GuardParts): Map<string, GuardDraft> {
  const guards = new Map<string, GuardDraft>();
  const newest = newestOf(parts.drafts.values());
  for (const stored of parts.guards) {
    const key = matterOf(stored.ruleId, stored.subjectId);
    const guard = startGuard(stored);
    guards.set(key, guard);
    if (stored.alertId !== undefined || newest.has(key)) mendGuard(guard, newest.get(key), parts);
  }
  for (const [key, draft] of newest) {
    const { subject, closed } = draft.after;
    if (subject.kind === 'sensor' || closed || guards.has(key)) continue;
    const guard = guardFor(draft, parts);
    if (guard !== undefined) guards.set(key, guard);
  }
  return guards;
}

function mendGuard(guard: GuardDraft, newest: AlertDraft | undefined, parts: GuardParts): void {
  const { stored } = guard;
  if (stored === undefined) return;
  const correlation = parts.correlations.byId(stored.ruleId);
  if (correlation === undefined && !isStanding(stored.ruleId)) return;
  if (newest === undefined) {
    mendLost(guard, correlation, parts);
    return;
  }
  const isIts = stored.alertId === newest.after.alertId;
  if (stored.alertId !== undefined && !parts.drafts.has(stored.alertId)) guard.rests.gone.add(stored.alertId);
  const isAhead = isIts && stored.alertVersion > newest.after.version;
  if (isAhead) {
    found(
      newest,
      'guard-ahead',
      `the guard knows of ${stored.alertVersion}, the alert is at ${newest.after.version}`,
    );
    const condition = stands(stored, correlation) ? 'firing' : 'recovered';
    moveOn(newest, { condition }, stored.alertVersion, parts.now);
  }
  const isOver = newest.after.condition === 'recovered';
  const isSame = isIts && (saysNothing(stored, correlation) || isOver !== stands(stored, correlation));
  if (isSame && !isAhead) return;
  // One that only learns a number is no finding: people move alerts on without their guards.
  if (!isAhead)
    foundOn(
      guard,
      'guard-behind',
      `names ${stored.alertId ?? 'no alert'}, its alert ${newest.after.alertId} is ${newest.after.condition}`,
    );
  pointTo(guard, newest, correlation, parts);
}

function mendLost(guard: GuardDraft, correlation: CorrelationRule | undefined, parts: GuardParts): void {
  const { stored } = guard;
  if (stored?.alertId === undefined) return;
  const { alertId } = stored;
  const children = [...parts.drafts.values()].flatMap(({ after }) =>
    after.cause === alertId ? [after] : [],
  );
  const belonging = stands(stored, correlation)
    ? belongingOf(stored, correlation, parts.registrations, children)
    : undefined;
  if (belonging === undefined) {
    foundOn(guard, 'guard-empty', `names ${alertId}, which is over and gone`);
    restOn(guard.rests, alertId, undefined);
    guard.after = { ...guard.after, alertId: undefined, alertVersion: 0 };
    return;
  }
  const severity = children.reduce(
    (gravest, child) => graver(gravest, child.severity) ?? gravest,
    belonging.severity,
  );
  const draft = lostAlert({ ...belonging, severity, alertId, at: stored.lastAt, previous: undefined });
  found(
    draft,
    'alert-lost',
    `its guard says that it stands at ${stored.alertVersion}, and nothing is left of it`,
  );
  moveOn(draft, {}, stored.alertVersion, parts.now);
  parts.drafts.set(alertId, draft);
  restOn(guard.rests, alertId, draft);
  guard.after = { ...guard.after, alertVersion: draft.after.version };
}

function guardFor(draft: AlertDraft, parts: GuardParts): GuardDraft | undefined {
  const { matter, subject, changedAt } = draft.after;
  const correlation = parts.correlations.byId(matter.ruleId);
  if (correlation === undefined && !isStanding(matter.ruleId)) return undefined;
  const base = { ruleId: String(matter.ruleId), subjectId: subject.id };
  const after = {
    ...base,
    expectedVersion: 0,
    alertId: undefined,
    alertVersion: 0,
    lastAt: changedAt,
    dueAt: undefined,
  };
  const guard: GuardDraft = { stored: undefined, after, findings: [], rests: newRests() };
  foundOn(guard, 'guard-missing', `its alert ${draft.after.alertId} is open`);
  pointTo(guard, draft, correlation, parts);
  return guard;
}

/** The guard as production leaves it beside an alert in this condition; what it waits for is due at once. */
function pointTo(
  guard: GuardDraft,
  draft: AlertDraft,
  correlation: CorrelationRule | undefined,
  parts: GuardParts,
): void {
  const { alertId, version, condition } = draft.after;
  restOn(guard.rests, alertId, draft);
  const isOver = condition === 'recovered';
  const before = guard.stored === undefined ? undefined : stateIn(guard.stored);
  const state =
    correlation !== undefined
      ? stateOfCorrelation(before, draft, correlation)
      : isStanding(guard.after.ruleId) && isRoot(guard.after.ruleId)
        ? stateOfRoot(before, draft, parts)
        : undefined;
  guard.after = {
    ...guard.after,
    alertId,
    alertVersion: version,
    ...(state === undefined ? {} : { state: encodeCorrelation(state) }),
    dueAt: isOver && correlation === undefined ? undefined : dueOf(guard.after.ruleId, draft, parts.now),
  };
}

function dueOf(ruleId: string, { after }: AlertDraft, now: Instant): Instant | undefined {
  if (!isStanding(ruleId) || isRoot(ruleId)) return now;
  const { quietFor }: StandingRule = standingRules[ruleId];
  return quietFor === undefined ? undefined : instant(Math.max(now, after.changedAt + quietFor));
}

function stateOfCorrelation(
  before: CorrelationState | undefined,
  { after }: AlertDraft,
  { pattern, role }: CorrelationRule,
): CorrelationState {
  const base = before ?? emptyCorrelation(pattern.kind);
  if (after.condition === 'recovered') return { ...base, open: undefined };
  const open = {
    from: after.raisedAt,
    at: after.changedAt,
    rank: rankOf(after.severity),
    area: after.scope.area,
    isMuting: role !== 'alert',
  };
  return { ...base, open: base.open ?? open };
}

/** Children are the alerts that point to it; those of devices are the ones that are asked whether they are back. */
function stateOfRoot(
  before: CorrelationState | undefined,
  { after }: AlertDraft,
  { drafts }: GuardParts,
): CorrelationState {
  if (before !== undefined) return before;
  const children = [...drafts.values()].filter((one) => one.after.cause === after.alertId);
  const members = children.flatMap(({ after: { subject } }) =>
    subject.kind === 'device'
      ? [{ slot: 0 as const, alertId: subject.id, subjectId: subject.id, runs: [], isLinked: false }]
      : [],
  );
  return { ...emptyCorrelation('count'), members, floor: after.raisedAt };
}
