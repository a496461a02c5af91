/** What a guard item says about its alert, by the kind of its rule. Pure. */
import type { Alert, Matter, Scope, Subject } from '../../functions/domain/alerts/alert.ts';
import { deviceSubject, noScope, scopeOf } from '../../functions/domain/alerts/belonging.ts';
import { matterOfCorrelation, scopeOfCorrelation } from '../../functions/domain/alerts/correlated.ts';
import {
  isRoot,
  isStanding,
  type StandingRule,
  standingMatter,
  standingRules,
} from '../../functions/domain/alerts/standing.ts';
import { AreaCode, DeviceId, EnterpriseId } from '../../functions/domain/ids.ts';
import { decodeCorrelation } from '../../functions/domain/rules/correlate/codec.ts';
import { type CorrelationState, emptyCorrelation } from '../../functions/domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import type { StoredMatter } from '../../functions/usecases/ports/alerts.ts';

export type Registrations = ReadonlyMap<DeviceId, DeviceRegistration>;

/** The state in a guard; undefined when it has none, or one that this code does not read: newer, of another kind, damaged. */
export function stateIn({ state }: Pick<StoredMatter, 'state'>): CorrelationState | undefined {
  try {
    const decoded = state === undefined ? undefined : decodeCorrelation(state);
    return decoded?.ok === true ? decoded.state : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the guard knows of an episode that goes on. In doubt it does: an alarm may stay too long. */
export function stands(guard: StoredMatter, correlation: CorrelationRule | undefined): boolean {
  if (correlation !== undefined) return stateIn(guard)?.open !== undefined;
  if (!isStanding(guard.ruleId)) return false;
  const { quietFor }: StandingRule = standingRules[guard.ruleId];
  return guard.dueAt !== undefined || (quietFor === undefined && !isRoot(guard.ruleId));
}

/** A matter that something else ends, and in time nothing: its guard looks the same before and after. */
export function saysNothing({ ruleId }: StoredMatter, correlation: CorrelationRule | undefined): boolean {
  if (correlation !== undefined || !isStanding(ruleId) || isRoot(ruleId)) return false;
  const { quietFor }: StandingRule = standingRules[ruleId];
  return quietFor === undefined;
}

/** The subject of a matter that is no sensor's, out of the name under which its guard stands. */
function subjectOf({ ruleId, subjectId }: StoredMatter, correlation: CorrelationRule | undefined): Subject {
  if (correlation !== undefined) return { kind: correlation.subject, id: subjectId };
  if (ruleId === 'system.telemetry-delayed' || subjectId === 'fleet')
    return { kind: 'platform', id: subjectId };
  const [kind] = subjectId.split('/');
  if (kind !== subjectId && (kind === 'gateway' || kind === 'enterprise' || kind === 'area'))
    return { kind, id: subjectId };
  return deviceSubject(subjectId);
}

/** Who hears of it: as exactly as its name, its device and its children say. */
function scopeFor(subject: Subject, registrations: Registrations, children: readonly Alert[]): Scope {
  const device = DeviceId.safeParse(subject.id);
  const registration = device.success ? registrations.get(device.data) : undefined;
  if (registration !== undefined) return scopeOf(registration);
  const [, first = '-'] = subject.id.split('/');
  const enterprise = EnterpriseId.safeParse(first);
  const area = AreaCode.safeParse(first);
  const base = noScope(subject.kind === 'device' ? subject.id : '-');
  const audience = children.map(({ scope }) => ({
    area: scope.area,
    enterpriseId: scope.enterpriseId,
    trade: scope.trade,
  }));
  const isOwned = subject.kind === 'enterprise' || subject.kind === 'gateway';
  return {
    ...base,
    ...(subject.kind === 'area' && area.success ? { area: area.data } : {}),
    ...(isOwned && enterprise.success ? { enterpriseId: enterprise.data } : {}),
    ...(audience.length === 0 ? {} : { audience }),
  };
}

/** What an alert says of itself whose guard alone is left; undefined for a rule that is not known. */
export function belongingOf(
  guard: StoredMatter,
  correlation: CorrelationRule | undefined,
  registrations: Registrations,
  children: readonly Alert[],
): { matter: Matter; subject: Subject; scope: Scope; severity: Severity } | undefined {
  const subject = subjectOf(guard, correlation);
  if (correlation !== undefined) {
    const state = stateIn(guard) ?? emptyCorrelation(correlation.pattern.kind);
    return {
      matter: matterOfCorrelation(correlation, subject, state),
      subject,
      scope: scopeOfCorrelation(correlation, subject, state),
      severity: correlation.severity,
    };
  }
  if (!isStanding(guard.ruleId)) return undefined;
  const { severity } = standingRules[guard.ruleId];
  const matter = standingMatter(guard.ruleId);
  return { matter, subject, scope: scopeFor(subject, registrations, children), severity };
}
