/** What this room knows: who may do what where. This file: which list somebody may walk. */
import type { AreaCode, EnterpriseId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { type Action, mayAtAll } from './authorize.ts';
import { type Grant, isInForce } from './grant.ts';

/** A stored list: of an area with all that lies in it, of an enterprise, or of everything. */
export type ListScope =
  | { readonly kind: 'area'; readonly area: AreaCode | '-' }
  | { readonly kind: 'enterprise'; readonly enterpriseId: EnterpriseId }
  | { readonly kind: 'all' };

export interface ListWish {
  readonly area?: AreaCode | '-' | undefined;
  readonly enterprise?: EnterpriseId | undefined;
}

export type ListChosen =
  | { readonly ok: true; readonly scope: ListScope }
  | { readonly ok: false; readonly reason: 'no-grant' | 'role-not-allowed' | 'foreign' }
  | { readonly ok: false; readonly reason: 'scope-needed'; readonly remedy: string };

const mayWalk = (grant: Grant, area: AreaCode | '-'): boolean => {
  if (grant.role === 'enterprise') return false;
  if (grant.role !== 'regulator' || area === '-') return true;
  return grant.areas.some((prefix) => area.startsWith(prefix));
};

/**
 * The list to walk: the one asked for, or the only one that the grants give.
 *
 * What is on it is authorized one by one all the same; an enterprise asked for by name is looked up and
 * authorized as an object first.
 */
export function chooseList(
  grants: readonly Grant[],
  action: Action,
  wish: ListWish,
  now: Instant,
): ListChosen {
  const able = mayAtAll(grants, action, now);
  if (!able.ok) return able;
  const inForce = grants.filter((grant) => isInForce(grant, now));
  if (wish.enterprise !== undefined)
    return { ok: true, scope: { kind: 'enterprise', enterpriseId: wish.enterprise } };
  const { area } = wish;
  if (area !== undefined && inForce.some((grant) => mayWalk(grant, area)))
    return { ok: true, scope: { kind: 'area', area } };
  if (area === undefined && inForce.some((grant) => grant.role === 'engineer' || grant.role === 'auditor'))
    return { ok: true, scope: { kind: 'all' } };
  return ownList(inForce, area);
}

/** Of several enterprises or areas one must be named: a list has one order. */
function ownList(inForce: readonly Grant[], area: AreaCode | '-' | undefined): ListChosen {
  const enterprises = inForce.flatMap((grant) => (grant.role === 'enterprise' ? [grant.enterpriseId] : []));
  const areas = inForce.flatMap((grant) => (grant.role === 'regulator' ? grant.areas : []));
  const [enterpriseId, ...moreEnterprises] = new Set(enterprises);
  const [onlyArea, ...moreAreas] = new Set(areas);
  if (onlyArea === undefined && enterpriseId !== undefined && moreEnterprises.length === 0)
    return { ok: true, scope: { kind: 'enterprise', enterpriseId } };
  if (area !== undefined) return { ok: false, reason: 'foreign' };
  if (onlyArea !== undefined && moreAreas.length === 0 && enterpriseId === undefined)
    return { ok: true, scope: { kind: 'area', area: onlyArea } };
  const choices = [...new Set(areas)].map((one) => `area=${one}`);
  const owners = [...new Set(enterprises)].map((one) => `enterprise=${one}`);
  return { ok: false, reason: 'scope-needed', remedy: `name one of ${[...choices, ...owners].join(', ')}` };
}
