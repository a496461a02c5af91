/** What this room knows: which correlations' subjects a transition belongs to, and what their alerts say. */
import { AreaCode, EnterpriseId } from '../ids.ts';
import { memberRank, slotsOf } from '../rules/correlate/correlations.ts';
import type { Fact } from '../rules/correlate/members.ts';
import type { CorrelationState } from '../rules/correlate/state.ts';
import type { CorrelationRule } from '../rules/correlation-rule.ts';
import type { Matter, Scope, Subject, Transition } from './alert.ts';
import { filled } from './belonging.ts';

/** Stands between site and tag in the id of a group. */
const groupMark = '/';

/**
 * The subjects under which the transition meets others of its kind; none when it belongs nowhere, several for a sensor in
 * several groups. An exercise meets nothing: it must never be mistaken for the real thing.
 */
export function subjectsOf(
  { subject: kind, groupTagPrefix }: CorrelationRule,
  { scope, drill }: Pick<Transition, 'scope' | 'drill'>,
): readonly Subject[] {
  if (drill) return [];
  if (kind === 'group')
    return (scope.siteId === '-' ? [] : (scope.tags ?? []))
      .filter((tag) => tag.startsWith(groupTagPrefix ?? ''))
      .map((tag) => ({ kind, id: `${scope.siteId}${groupMark}${tag}` }));
  const id = { device: scope.deviceId, source: scope.sourceId, site: scope.siteId }[kind];
  return id === '-' ? [] : [{ kind, id }];
}

/** What the transition tells the rule: one fact for each slot that its rule fills. */
export function factsOf(rule: CorrelationRule, transition: Transition): readonly Fact[] {
  const { alertId, version, subject, condition, severity, phenomenonAt, scope, matter } = transition;
  const { area, enterpriseId, siteId } = scope;
  return slotsOf(rule, matter.ruleId).map((slot) => ({
    slot,
    alertId,
    version,
    subjectId: subject.id,
    at: phenomenonAt,
    rank: memberRank(rule, slot, condition, severity),
    place: { area, enterpriseId, siteId },
  }));
}

/** Where the alert of a correlation belongs: to its subject, in the most exact area of its members. */
export function scopeOfCorrelation(
  rule: CorrelationRule,
  { kind, id }: Subject,
  { place }: CorrelationState,
): Scope {
  const area = AreaCode.safeParse(place?.area);
  const enterprise = EnterpriseId.safeParse(place?.enterpriseId);
  return {
    area: area.success ? area.data : '-',
    enterpriseId: enterprise.success ? enterprise.data : '-',
    siteId: place?.siteId ?? '-',
    sourceId: kind === 'source' ? id : '-',
    trade: rule.trade,
    deviceId: kind === 'device' ? id : '-',
    ...(kind === 'group' ? { tags: [id.slice(id.indexOf(groupMark) + 1)] } : {}),
  };
}

/**
 * What the alert of a correlation says. In its advice `{value}` is how many alerts it knows of, `{limit}` how many it takes;
 * `{sensor}` and `{source}` are its subject.
 */
export const matterOfCorrelation = (
  rule: CorrelationRule,
  subject: Subject,
  { members }: CorrelationState,
): Matter => ({
  ruleId: rule.id,
  ruleVersion: rule.version,
  kind: rule.kind,
  title: rule.title,
  advice: filled(rule.advice, {
    value: String(new Set(members.map(({ alertId }) => alertId)).size),
    unit: '',
    limit: rule.pattern.kind === 'count' ? String(rule.pattern.count) : '-',
    sensor: subject.id,
    source: subject.id,
  }),
  unit: '',
});
