/** What this room knows: who may do what where. This file: the one decision, from grants to yes or no. */
import type { AreaCode, EnterpriseId } from '../ids.ts';
import type { AlertKind, Trade } from '../severity.ts';
import type { Instant } from '../time.ts';
import { type Grant, isInForce, type Role } from './grant.ts';

/** Roles that may do it at all, each within its scope. A role that is not listed never may. */
export const actions = {
  'read-inventory': ['enterprise', 'regulator', 'engineer', 'auditor'],
  'create-enterprise': ['regulator', 'engineer'],
  'change-inventory': ['enterprise', 'engineer'],
  'set-limits': ['enterprise', 'regulator'],
  'set-mode': ['regulator'],
  'read-alerts': ['enterprise', 'regulator', 'engineer', 'auditor'],
  'acknowledge-alert': ['enterprise', 'regulator', 'engineer'],
  'read-grants': ['engineer', 'auditor'],
  'change-grants': ['engineer'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Action = keyof typeof actions;

/** Where something is and what it does there; `-`: nowhere, or of no trade. */
export interface Place {
  readonly area: AreaCode | '-';
  readonly trade: Trade | '-';
}

/** What decides who may see an object: its owner, and the places where it counts. */
export interface ObjectScope {
  readonly enterpriseId: EnterpriseId | '-';
  readonly places: readonly Place[];
  /** Of an alert. */
  readonly kind?: AlertKind;
}

/** Whether the role suffices, before any object is looked at. */
export type Able =
  | { readonly ok: true; readonly grant: Grant }
  | { readonly ok: false; readonly reason: 'no-grant' | 'role-not-allowed' };

export type Authorized =
  | { readonly ok: true; readonly grant: Grant }
  | { readonly ok: false; readonly reason: 'no-grant' | 'role-not-allowed' | 'foreign' };

const roleMay = (role: Role, action: Action): boolean => {
  const allowed: readonly Role[] = actions[action];
  return allowed.includes(role);
};

/** A matter of the platform itself has no area: every regulator must know that the city is not watched. */
const covers = (grant: Extract<Grant, { role: 'regulator' }>, place: Place): boolean =>
  (place.area === '-' || grant.areas.some((area) => place.area.startsWith(area))) &&
  (place.trade === '-' || grant.trades.includes(place.trade));

/** Whether the object lies in what the grant gives; says nothing of the action. */
function reaches(grant: Grant, scope: ObjectScope): boolean {
  if (grant.role === 'enterprise') return grant.enterpriseId === scope.enterpriseId;
  if (grant.role === 'regulator') return scope.places.some((place) => covers(grant, place));
  return true;
}

/** An engineer keeps the system in order; a danger in the city is taken on by those who answer for it. */
const isForeignKind = (grant: Grant, action: Action, scope: ObjectScope): boolean =>
  action === 'acknowledge-alert' && grant.role === 'engineer' && scope.kind === 'risk';

/**
 * Whether somebody with these grants may do `action` at all, before any object is looked up.
 *
 * @example mayAtAll([], 'read-alerts', now) // { ok: false, reason: 'no-grant' }
 */
export function mayAtAll(grants: readonly Grant[], action: Action, now: Instant): Able {
  const inForce = grants.filter((grant) => isInForce(grant, now));
  const [first] = inForce.filter((grant) => roleMay(grant.role, action));
  if (first !== undefined) return { ok: true, grant: first };
  return { ok: false, reason: inForce.length === 0 ? 'no-grant' : 'role-not-allowed' };
}

/**
 * Whether somebody with these grants may do `action` to the object at `now`, and by which grant.
 *
 * One grant must give both role and reach: two halves from different grants never add up. `foreign` is answered
 * as if the object did not exist.
 */
export function authorize(
  grants: readonly Grant[],
  action: Action,
  scope: ObjectScope,
  now: Instant,
): Authorized {
  const able = mayAtAll(grants, action, now);
  if (!able.ok) return able;
  const reaching = grants.filter(
    (grant) => isInForce(grant, now) && roleMay(grant.role, action) && reaches(grant, scope),
  );
  const [first] = reaching.filter((grant) => !isForeignKind(grant, action, scope));
  if (first !== undefined) return { ok: true, grant: first };
  return { ok: false, reason: reaching.length === 0 ? 'foreign' : 'role-not-allowed' };
}
