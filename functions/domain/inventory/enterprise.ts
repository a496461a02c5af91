/** What this room knows: what enterprises register. This file: the enterprise, a legal body, and its sites. */
import * as z from 'zod';
import { AreaCode, EnterpriseId, SiteId } from '../ids.ts';
import { type Actor, firstStamp, nextStamp, stampShape } from './stamp.ts';
import { line, nameMax } from './text.ts';

/** Most distinct areas in which one enterprise has sites. */
export const enterpriseAreaMax = 50;
/** Characters of a postal address. */
export const addressMax = 200;

export const NewEnterprise = z.strictObject({
  enterpriseId: EnterpriseId,
  name: line(nameMax),
  /** Where it is seated. */
  area: AreaCode,
  /** Unified social credit code, 18 characters (GB 32100). */
  creditCode: z
    .string()
    .regex(/^[0-9A-HJ-NP-RTUWXY]{18}$/, { error: 'must be a unified social credit code of 18 characters' })
    .optional(),
});
export type NewEnterprise = z.infer<typeof NewEnterprise>;

export const Enterprise = z.strictObject({
  ...NewEnterprise.shape,
  /** Its seat and the areas of its sites: a regulator of any of them sees it. */
  areas: z.array(AreaCode).min(1).max(enterpriseAreaMax),
  ...stampShape,
});
export type Enterprise = z.infer<typeof Enterprise>;

export const NewSite = z.strictObject({
  siteId: SiteId,
  enterpriseId: EnterpriseId,
  name: line(nameMax),
  area: AreaCode,
  address: line(addressMax).optional(),
  /** Longitude, latitude in degrees (RFC 7946 order). */
  position: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).optional(),
});
export type NewSite = z.infer<typeof NewSite>;

export const Site = z.strictObject({ ...NewSite.shape, ...stampShape });
export type Site = z.infer<typeof Site>;

export const newEnterprise = (declared: NewEnterprise, actor: Actor): Enterprise => ({
  ...declared,
  areas: [declared.area],
  ...firstStamp(actor),
});

export const newSite = (declared: NewSite, actor: Actor): Site => ({ ...declared, ...firstStamp(actor) });

/** The enterprise once it has a site in `area`; the same object when nothing changes. */
export function withArea(
  enterprise: Enterprise,
  area: AreaCode,
  actor: Actor,
):
  | { readonly ok: true; readonly enterprise: Enterprise }
  | { readonly ok: false; readonly problem: 'too-many-areas' } {
  if (enterprise.areas.includes(area)) return { ok: true, enterprise };
  if (enterprise.areas.length >= enterpriseAreaMax) return { ok: false, problem: 'too-many-areas' };
  const areas = [...enterprise.areas, area];
  return { ok: true, enterprise: { ...enterprise, areas, ...nextStamp(enterprise, actor) } };
}
