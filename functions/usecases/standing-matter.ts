import type { Scope, Subject } from '../domain/alerts/alert.ts';
import { change } from '../domain/alerts/change.ts';
import { alertIdOf, unopened } from '../domain/alerts/open.ts';
import {
  type StandingRule,
  type StandingRuleId,
  standingMatter,
  standingRules,
} from '../domain/alerts/standing.ts';
import { type Instant, instant } from '../domain/time.ts';
import type { AlertStore, AlertWrite, MatterWrite, StoredMatter } from './ports/alerts.ts';
import type { Clock } from './ports/time.ts';

/** Tries when others write the same matter: as many as for a device. */
const tryMax = 4;

export interface StandingDeps {
  readonly alerts: AlertStore;
  readonly clock: Clock;
}

/** An event that one of the standing rules names. */
export interface StandingEvent {
  readonly ruleId: StandingRuleId;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly at: Instant;
  /** What happened, for the decision record; no payload. */
  readonly because: Readonly<Record<string, string | number | boolean>>;
}

export type StandingOutcome = 'raised' | 'counted' | 'recovered' | 'nothing' | 'contended';

/**
 * Opens the matter's alert, adds an occurrence, or only moves its quiet time on; idempotent while it fires.
 *
 * The guard item makes it the only open alert of its rule and subject under any concurrency.
 *
 * @returns `contended` when others won every try: they have raised it.
 * @throws AdapterError
 */
export async function raiseMatter(deps: StandingDeps, event: StandingEvent): Promise<StandingOutcome> {
  for (let tries = 0; tries < tryMax; tries += 1) {
    const guard = await deps.alerts.matter(event.ruleId, event.subject.id);
    const current = guard?.alertId === undefined ? undefined : await deps.alerts.get(guard.alertId);
    if (guard !== undefined && current !== undefined && current.condition !== 'recovered') {
      if (!needsNewQuiet(event, guard)) return 'counted';
      const matter = guardOf(event, guard, current);
      if ((await deps.alerts.commit({ matter, alerts: [] })) === 'committed') return 'counted';
      continue;
    }
    const write = raised(deps, event, guard, current);
    const matter = guardOf(event, guard, write.after);
    if ((await deps.alerts.commit({ matter, alerts: [write] })) === 'committed') return 'raised';
  }
  return 'contended';
}

/** Ends the matter's episode; nothing when it does not stand. @throws AdapterError */
export async function recoverMatter(
  deps: StandingDeps,
  event: Omit<StandingEvent, 'scope'>,
): Promise<StandingOutcome> {
  for (let tries = 0; tries < tryMax; tries += 1) {
    const guard = await deps.alerts.matter(event.ruleId, event.subject.id);
    const current = guard?.alertId === undefined ? undefined : await deps.alerts.get(guard.alertId);
    if (guard === undefined || current === undefined || current.condition === 'recovered') return 'nothing';
    const changed = change(current, {
      change: 'recovered',
      condition: 'recovered',
      at: event.at,
      phenomenonAt: event.at,
      committedAt: deps.clock.now(),
      because: JSON.stringify(event.because),
    });
    const matter = { ...guardOf(event, guard, changed.alert), dueAt: undefined };
    const alerts = [{ before: current, after: changed.alert, transitions: [changed.transition] }];
    if ((await deps.alerts.commit({ matter, alerts })) === 'committed') return 'recovered';
  }
  return 'contended';
}

/**
 * Ends a matter that has been quiet for as long as its rule says; called for what falls due.
 *
 * @throws AdapterError
 */
export async function endQuietMatter(
  deps: StandingDeps,
  ruleId: StandingRuleId,
  subjectId: string,
): Promise<StandingOutcome> {
  const guard = await deps.alerts.matter(ruleId, subjectId);
  const now = deps.clock.now();
  if (guard?.dueAt === undefined || guard.dueAt > now) return 'nothing';
  const subject: Subject = { kind: 'device', id: subjectId };
  return recoverMatter(deps, { ruleId, subject, at: guard.dueAt, because: { quietSince: guard.lastAt } });
}

function raised(
  deps: StandingDeps,
  event: StandingEvent,
  guard: StoredMatter | undefined,
  current: AlertWrite['before'],
): AlertWrite {
  const rule: StandingRule = standingRules[event.ruleId];
  const isNew = current === undefined || current.closed;
  const matter = standingMatter(event.ruleId);
  const before = isNew
    ? unopened({
        alertId: alertIdOf(matter.ruleId, event.subject.id, guard?.version ?? 0, event.at),
        matter,
        subject: event.subject,
        scope: event.scope,
        severity: rule.severity,
        at: event.at,
        previous: current?.alertId,
      })
    : current;
  const changed = change(before, {
    change: isNew ? 'raised' : 'occurrence',
    condition: 'firing',
    severity: rule.severity,
    at: event.at,
    phenomenonAt: event.at,
    committedAt: deps.clock.now(),
    because: JSON.stringify(event.because),
  });
  return { before: isNew ? undefined : current, after: changed.alert, transitions: [changed.transition] };
}

function guardOf(
  event: Pick<StandingEvent, 'ruleId' | 'subject' | 'at'>,
  guard: StoredMatter | undefined,
  alert: AlertWrite['after'],
): MatterWrite {
  const { quietFor }: StandingRule = standingRules[event.ruleId];
  return {
    ruleId: event.ruleId,
    subjectId: event.subject.id,
    expectedVersion: guard?.version ?? 0,
    alertId: alert.alertId,
    alertVersion: alert.version,
    lastAt: event.at,
    dueAt: quietFor === undefined ? undefined : instant(event.at + quietFor),
  };
}

/** The quiet time moves in steps of half its length: a flood of equal events is no flood of writes. */
function needsNewQuiet(event: StandingEvent, guard: StoredMatter): boolean {
  const { quietFor }: StandingRule = standingRules[event.ruleId];
  if (quietFor === undefined) return false;
  return guard.dueAt === undefined || guard.dueAt - event.at < quietFor / 2;
}
