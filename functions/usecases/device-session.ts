import { AlertId, type RuleId } from '../domain/ids.ts';
import type { RuleBook } from '../domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../domain/rules/engine/bind.ts';
import { hintOf, withHint } from '../domain/rules/engine/state.ts';
import { dueAt } from '../domain/rules/engine.ts';
import type { TransitionDraft } from '../domain/rules/transition.ts';
import type { DeviceRegistration } from '../domain/telemetry/registration.ts';
import type { Instant } from '../domain/time.ts';
import { dueWhileWaiting, storedDue } from '../domain/twin/due.ts';
import { decodeTwin, encodeTwin, newTwin, type Twin } from '../domain/twin/twin.ts';
import { fitsOneCommit } from './commit-size.ts';
import { type CauseOf, type Plan, planAlerts } from './plan-alerts.ts';
import type { AlertStore, CommitOutcome } from './ports/alerts.ts';
import type { Clock } from './ports/time.ts';
import type { StoredTwin, TwinStore } from './ports/twins.ts';

export interface DeviceDeps {
  readonly clock: Clock;
  readonly twins: TwinStore;
  readonly alerts: AlertStore;
  readonly book: RuleBook;
  /** The compiled rules of a device; kept by the caller between invocations. */
  readonly rulesOf: (registration: DeviceRegistration) => DeviceRules;
}

/** Most compiled devices kept; beyond it all are forgotten and compiled again on use. */
const boundMax = 2_000;

/** Compiles a device's rules on first use and again when its registration has changed. */
export function deviceRulesOf(book: RuleBook): DeviceDeps['rulesOf'] {
  const bound = new Map<string, DeviceRules>();
  return (registration) => {
    const key = `${registration.deviceId}@${registration.version}`;
    const known = bound.get(key);
    if (known !== undefined) return known;
    if (bound.size >= boundMax) bound.clear();
    const rules = bindDevice(book, registration);
    bound.set(key, rules);
    return rules;
  };
}

/** One device as it was read, and as it stands after what was evaluated since. */
export interface DeviceSession {
  readonly registration: DeviceRegistration;
  readonly rules: DeviceRules;
  /** Version and deadline in the table. */
  version: number;
  storedDueAt: Instant | undefined;
  /** As it stands after what was evaluated. */
  twin: Twin;
  /** True when `twin` is not what stands in the table. */
  isDirty: boolean;
}

export type Opened =
  | { readonly ok: true; readonly session: DeviceSession }
  | { readonly ok: false; readonly problem: 'newer-format' };

export function openSession(
  deps: DeviceDeps,
  registration: DeviceRegistration,
  stored: StoredTwin | undefined,
): Opened {
  const rules = deps.rulesOf(registration);
  const base = { registration, rules, version: stored?.version ?? 0, storedDueAt: stored?.dueAt };
  if (stored === undefined) {
    const twin = newTwin(rules, registration.registeredAt);
    return { ok: true, session: { ...base, twin, isDirty: true } };
  }
  const decoded = decodeTwin(stored.bytes, rules);
  if (!decoded.ok) return decoded;
  return { ok: true, session: { ...base, twin: decoded.twin, isDirty: false } };
}

/** What the drafts would write, with the alerts that the twin's hints name. @throws AdapterError */
export async function planOf(
  deps: DeviceDeps,
  session: DeviceSession,
  drafts: readonly TransitionDraft[],
  causeOf?: CauseOf,
): Promise<Plan> {
  const hinted = new Map<string, AlertId>();
  for (const { ruleId, sensorId } of drafts) {
    const hint = hintOf(session.twin.rules, ruleId, sensorId);
    if (hint !== undefined) hinted.set(`${ruleId}#${sensorId}`, AlertId.parse(hint.alertId));
  }
  const alerts = hinted.size === 0 ? new Map() : await deps.alerts.getMany([...new Set(hinted.values())]);
  const alertOf = (ruleId: RuleId, sensorId: string) => {
    const id = hinted.get(`${ruleId}#${sensorId}`);
    return id === undefined ? undefined : alerts.get(id);
  };
  return planAlerts(drafts, {
    registration: session.registration,
    ruleOf: (ruleId) => deps.book.rules.find((rule) => rule.id === ruleId),
    alertOf,
    stateVersion: session.version,
    now: deps.clock.now(),
    causeOf,
  });
}

/** True when the drafts of one step fit one transaction; the alerts they touch are one per (rule, sensor). */
export const fits = (plan: Plan): boolean => fitsOneCommit(plan.writes);

/**
 * Writes the session's twin, in one transaction with the plan's alerts when there are any.
 *
 * Afterwards the session stands on what was written. @throws AdapterError
 */
export async function writeSession(
  deps: DeviceDeps,
  session: DeviceSession,
  twin: Twin,
  plan: Plan,
  due: 'lazy' | 'exact' | 'waiting',
): Promise<CommitOutcome> {
  let rules = twin.rules;
  for (const hint of plan.hints) rules = withHint(rules, hint.ruleId, hint.sensorId, hint);
  const hinted = { ...twin, rules };
  const now = deps.clock.now();
  const next = dueAt(session.rules, rules);
  const write = {
    deviceId: session.registration.deviceId,
    expectedVersion: session.version,
    bytes: encodeTwin(hinted, session.rules),
    dueAt:
      due === 'lazy'
        ? storedDue(session.storedDueAt, next, now)
        : due === 'waiting'
          ? dueWhileWaiting(next, now)
          : next,
  };
  const outcome =
    plan.writes.length === 0
      ? await deps.twins.write(write)
      : await deps.alerts.commit({ twin: write, alerts: plan.writes });
  if (outcome === 'committed') {
    session.version += 1;
    session.storedDueAt = write.dueAt;
    session.twin = hinted;
    session.isDirty = false;
  }
  return outcome;
}

export const emptyPlan: Plan = { writes: [], hints: [] };
