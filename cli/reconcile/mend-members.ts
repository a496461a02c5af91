/** Correlations told again of alerts whose transitions they have lost. Pure. */
import { factsOf, subjectsOf } from '../../functions/domain/alerts/correlated.ts';
import { AlertId } from '../../functions/domain/ids.ts';
import { bounded } from '../../functions/domain/rules/correlate/bounds.ts';
import { encodeCorrelation } from '../../functions/domain/rules/correlate/codec.ts';
import { termsOf } from '../../functions/domain/rules/correlate/correlations.ts';
import { type Fact, isStanding, withFact } from '../../functions/domain/rules/correlate/members.ts';
import {
  type CorrelationState,
  emptyCorrelation,
  type Member,
} from '../../functions/domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { type AlertDraft, restored } from './alert-draft.ts';
import { stateIn } from './guard-kind.ts';
import { matterOf } from './matters.ts';
import { foundOn, type GuardDraft, type GuardParts } from './mend-guards.ts';
import { newRests, restOn } from './rests.ts';

/** Whether the state holds nothing that says the same of the alert as `fact`. */
function isNews({ members }: CorrelationState, fact: Fact): boolean {
  const member = members.find(({ slot, alertId }) => slot === fact.slot && alertId === fact.alertId);
  const last = member?.runs.at(-1);
  return last === undefined ? fact.rank >= 0 : last.last < fact.version && last.rank < 0 !== fact.rank < 0;
}

/** Counts for the rule still: it stands, or has ended within the rule's time. */
const isOfNow = ({ after }: AlertDraft, { withinMs }: CorrelationRule, now: Instant): boolean =>
  after.condition !== 'recovered' || after.changedAt + withinMs >= now;

/** Each alert as a fact for every correlation that names its rule; a guard that learns something is due at once. */
export function mendMembers(guards: Map<string, GuardDraft>, parts: GuardParts): void {
  for (const draft of parts.drafts.values())
    for (const rule of parts.correlations.naming(draft.after.matter.ruleId)) {
      if (!isOfNow(draft, rule, parts.now)) continue;
      const told = restored(draft.after, draft.after.version, parts.now);
      for (const subject of subjectsOf(rule, draft.after))
        tell(guards, rule, subject.id, factsOf(rule, told), parts);
    }
  for (const guard of guards.values()) {
    const rule = parts.correlations.byId(guard.after.ruleId);
    const state = stateIn(guard.after);
    if (rule === undefined || state === undefined) continue;
    const ends = state.members.filter(isStanding).flatMap((member) => endOf(member, parts));
    tell(guards, rule, guard.after.subjectId, ends, parts);
  }
}

/** The end of a member that stands in the set and nowhere else: it would stand for ever. */
function endOf({ slot, alertId, subjectId, runs }: Member, { drafts, now }: GuardParts): Fact[] {
  const alert = drafts.get(AlertId.parse(alertId))?.after;
  if (alert !== undefined && alert.condition !== 'recovered') return [];
  const version = Math.max((runs.at(-1)?.last ?? 0) + 1, alert?.version ?? 0);
  const { area = '-', enterpriseId = '-', siteId = '-' } = alert?.scope ?? {};
  const at = alert?.changedAt ?? now;
  return [{ slot, alertId, subjectId, version, at, rank: -1, place: { area, enterpriseId, siteId } }];
}

function tell(
  guards: Map<string, GuardDraft>,
  rule: CorrelationRule,
  subjectId: string,
  facts: readonly Fact[],
  { drafts, now }: GuardParts,
): void {
  const key = matterOf(rule.id, subjectId);
  const known = guards.get(key);
  const before = known === undefined ? undefined : stateIn(known.after);
  if (known?.after.state !== undefined && before === undefined) return;
  const state = before ?? emptyCorrelation(rule.pattern.kind);
  const news = facts.filter((fact) => isNews(state, fact));
  const [first] = news;
  if (first === undefined || state.kind !== rule.pattern.kind) return;
  const guard: GuardDraft = known ?? {
    stored: undefined,
    after: {
      ruleId: rule.id,
      subjectId,
      expectedVersion: 0,
      alertId: undefined,
      alertVersion: 0,
      lastAt: now,
      dueAt: now,
    },
    findings: [],
    rests: newRests(),
  };
  guards.set(key, guard);
  const whole = news.reduce((sofar, fact) => withFact(sofar, fact, rule.withinMs), state);
  const next = bounded(whole, termsOf(rule));
  // A full set has forgotten others on purpose, in a storm of alerts: what it does not know is not lost.
  if (next.members.length < whole.members.length) return;
  const text = encodeCorrelation(next);
  if (text === known?.after.state) return;
  foundOn(guard, 'member-lost', `does not know how ${first.alertId} stands`);
  for (const { alertId } of news) {
    const id = AlertId.parse(alertId);
    restOn(guard.rests, id, drafts.get(id));
  }
  guard.after = { ...guard.after, state: text, dueAt: instant(now) };
}
