import type { Authorized, ObjectScope } from '../../domain/access/authorize.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { Kind, Registered } from '../ports/inventory.ts';
import { type Refusal, refuse } from './result.ts';

type ScopeOf = { readonly [K in Kind]: (thing: Registered[K]) => ObjectScope };

/** Who may see each kind of thing. An enterprise and a site have no trade of their own. */
export const scopeOf: ScopeOf = {
  enterprise: ({ enterpriseId, areas }) => ({
    enterpriseId,
    places: areas.map((area) => ({ area, trade: '-' })),
  }),
  site: ({ enterpriseId, area }) => ({ enterpriseId, places: [{ area, trade: '-' }] }),
  source: ({ enterpriseId, area, trade }) => ({ enterpriseId, places: [{ area, trade }] }),
  device: ({ registration: { enterpriseId, sources } }) => ({
    enterpriseId,
    places: sources.map(({ area, trade }) => ({ area, trade })),
  }),
  override: ({ enterpriseId, areas, trade }) => ({
    enterpriseId,
    places: areas.map((area) => ({ area, trade })),
  }),
  area: ({ area }) => ({ enterpriseId: '-', places: [{ area, trade: '-' }] }),
};

export const scopeOfAlert = ({ scope, matter }: Alert): ObjectScope => ({
  enterpriseId: scope.enterpriseId,
  places: [{ area: scope.area, trade: scope.trade }],
  kind: matter.kind,
});

/** A foreign object looks exactly like one that does not exist. */
export const refusalOf = (denied: Exclude<Authorized, { ok: true }>, field?: string): Refusal =>
  denied.reason === 'foreign' ? refuse('not-found', field) : refuse(denied.reason);
