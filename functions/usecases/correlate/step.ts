import type { Alert, Subject } from '../../domain/alerts/alert.ts';
import { matterOfCorrelation, scopeOfCorrelation } from '../../domain/alerts/correlated.ts';
import { applyDraft } from '../../domain/alerts/from-rules.ts';
import type { AlertId } from '../../domain/ids.ts';
import { decodeCorrelation, encodeCorrelation } from '../../domain/rules/correlate/codec.ts';
import { termsOf, underRule } from '../../domain/rules/correlate/correlations.ts';
import {
  type CorrelationVerdict,
  type Judged,
  type JudgeInput,
  judgeCorrelation,
} from '../../domain/rules/correlate/judge.ts';
import { correlationRecord, type RecordHead } from '../../domain/rules/correlate/record.ts';
import { type CorrelationState, hasErrands } from '../../domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../domain/rules/correlation-rule.ts';
import { type Instant, instant, minutes } from '../../domain/time.ts';
import { dueWhileWaiting } from '../../domain/twin/due.ts';
import { freshFor } from '../../domain/watermark.ts';
import type { AlertWrite, StoredMatter } from '../ports/alerts.ts';
import { type CorrelateDeps, heldUp } from './deps.ts';

/** An alert that stands is looked at this often though nothing comes: its rule may have changed or ended. */
export const lookAgainEvery = minutes(60);

/** One correlation on one subject as it was read. */
export interface Opened {
  readonly rule: CorrelationRule;
  readonly subject: Subject;
  readonly guard: StoredMatter | undefined;
  readonly state: CorrelationState;
}

/** What brings a step about. */
export interface Cause extends JudgeInput {
  readonly trigger: RecordHead['trigger'];
}

export type Stepped =
  | { readonly outcome: 'lost' }
  | {
      readonly outcome: 'written' | 'nothing';
      readonly state: CorrelationState;
      readonly alertId: AlertId | undefined;
      readonly verdict: CorrelationVerdict | undefined;
    };

/** @throws AdapterError, or HeldUpError when this code must leave it alone */
export async function openCorrelation(
  deps: CorrelateDeps,
  rule: CorrelationRule,
  subject: Subject,
): Promise<Opened> {
  const guard = await deps.alerts.matter(rule.id, subject.id);
  const decoded = guard?.state === undefined ? undefined : decodeCorrelation(guard.state);
  if (decoded?.ok === false) throw heldUp(rule.id, subject.id, 'written by newer code');
  return { rule, subject, guard, state: underRule(decoded?.state, rule) };
}

/**
 * Judges `state`, which is the opened one with what has come, and writes it with its alert in one transaction. When nothing
 * changed nothing is written, and the alert is read only when there is something to say of it.
 *
 * @throws AdapterError
 */
export async function stepCorrelation(
  deps: CorrelateDeps,
  opened: Opened,
  state: CorrelationState,
  cause: Cause,
): Promise<Stepped> {
  const { rule, guard } = opened;
  const judged = judgeCorrelation(state, termsOf(rule), cause);
  const { verdict } = judged;
  const written = verdict === undefined ? undefined : await alertWrite(deps, opened, state, cause, verdict);
  const next = written === undefined ? judged.state : withArea(judged.state, written.after);
  const text = encodeCorrelation(next);
  const now = deps.clock.now();
  const dueAt = dueOf({ ...judged, state: next }, now, isWaitingLong(cause, now));
  const isSame = text === guard?.state || (guard === undefined && next.members.length === 0);
  const alertId = written?.after.alertId ?? guard?.alertId;
  if (isSame && written === undefined && !needsNewDue(guard?.dueAt, dueAt, now))
    return { outcome: 'nothing', state: next, alertId, verdict: undefined };
  const matter = {
    ruleId: rule.id,
    subjectId: opened.subject.id,
    expectedVersion: guard?.version ?? 0,
    alertId,
    alertVersion: written?.after.version ?? guard?.alertVersion ?? 0,
    state: text,
    lastAt: cause.now,
    dueAt,
  };
  const alerts = written === undefined ? [] : [written];
  if ((await deps.alerts.commit({ matter, alerts })) === 'conflict') return { outcome: 'lost' };
  return { outcome: 'written', state: next, alertId, verdict };
}

/** Sweep came and our own telemetry is late: it looks again later, so that our delay is no flood of reads. */
const isWaitingLong = ({ trigger, watermark }: Cause, now: Instant): boolean =>
  trigger === 'watermark' && (watermark === undefined || now - watermark > freshFor);

/** When sweep must look: at once for errands, and now and then while an alert stands. */
function dueOf({ state, dueAt }: Judged, now: Instant, isLong: boolean): Instant | undefined {
  if (hasErrands(state)) return now;
  const next = isLong ? dueWhileWaiting(dueAt, now) : dueAt;
  if (state.open === undefined) return next;
  return instant(Math.min(next ?? Number.POSITIVE_INFINITY, now + lookAgainEvery));
}

/** A deadline that is merely early, or waits for the watermark, stays: moving it is a write. */
const needsNewDue = (stored: Instant | undefined, next: Instant | undefined, now: Instant): boolean =>
  stored === undefined
    ? next !== undefined
    : next === undefined || next < stored || (stored <= now && next > now);

async function alertWrite(
  deps: CorrelateDeps,
  { rule, subject, guard }: Opened,
  state: CorrelationState,
  { trigger, now, watermark }: Cause,
  verdict: CorrelationVerdict,
): Promise<AlertWrite | undefined> {
  const current = guard?.alertId === undefined ? undefined : await deps.alerts.get(guard.alertId);
  const head = { rule: rule.id, ruleVersion: rule.version, subject, trigger };
  const changed = applyDraft(
    current,
    {
      ...verdict,
      condition: verdict.change === 'recovered' ? 'recovered' : 'firing',
      value: undefined,
      because: correlationRecord(head, state, termsOf(rule), { now, watermark }, verdict),
    },
    {
      matter: matterOfCorrelation(rule, subject, state),
      subject,
      scope: scopeOfCorrelation(rule, subject, state),
      stateVersion: guard?.version ?? 0,
      committedAt: deps.clock.now(),
    },
  );
  if (changed === undefined) return undefined;
  const { alert: after, transition } = changed;
  const before = current?.alertId === after.alertId ? current : undefined;
  return { before, after, transitions: [transition] };
}

/** The area under which the alert is heard: that in which it was first opened. */
const withArea = (state: CorrelationState, { scope }: Alert): CorrelationState =>
  state.open === undefined ? state : { ...state, open: { ...state.open, area: scope.area } };
