/** What this room knows: what enterprises register. This file: the hazard source, the unit that can do harm. */
import * as z from 'zod';
import { AreaCode, EnterpriseId, SiteId, SourceId } from '../ids.ts';
import { Trade } from '../severity.ts';
import type { SourceContext } from '../telemetry/registration.ts';
import { Chemical, chemicalCountMax } from './chemical.ts';
import type { Site } from './enterprise.ts';
import { Grading, type GradingRefusal, grade, peopleNearbyMax } from './grading.ts';
import { type Actor, firstStamp, nextStamp, stampShape } from './stamp.ts';
import { line, nameMax } from './text.ts';

/** Most tags on a source or a sensor. */
export const tagCountMax = 10;
const tag = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, {
  error: 'must be 1 to 32 lower-case letters, digits or hyphens',
});
export const Tags = z.array(tag).max(tagCountMax).default([]);

/** What a person may change later. */
const changeable = {
  name: line(nameMax),
  /** What it is, such as `storage-tank`, `gas-compartment`, `foundation-pit`; rules select by it. */
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,47}$/, {
    error: 'must be 1 to 48 lower-case letters, digits or hyphens, such as storage-tank',
  }),
  tags: Tags,
  chemicals: z.array(Chemical).max(chemicalCountMax).optional(),
  /** People usually within 500 m outside the plant boundary (GB 18218-2018 table 5). */
  peopleNearby: z.int().min(0).max(peopleNearbyMax).optional(),
};

export const SourceChange = z.strictObject(changeable);
export type SourceChange = z.infer<typeof SourceChange>;

export const NewSource = z.strictObject({
  sourceId: SourceId,
  siteId: SiteId,
  trade: Trade,
  /** Within the site's area. @default the site's area */
  area: AreaCode.optional(),
  ...changeable,
});
export type NewSource = z.infer<typeof NewSource>;

export const Source = z.strictObject({
  ...NewSource.shape,
  area: AreaCode,
  enterpriseId: EnterpriseId,
  /** Absent when no chemicals are declared. */
  grading: Grading.optional(),
  ...stampShape,
});
export type Source = z.infer<typeof Source>;

export type Sourced =
  | { readonly ok: true; readonly source: Source }
  | {
      readonly ok: false;
      readonly problem: 'area-outside-site';
      readonly field: string;
      readonly remedy: string;
    }
  | GradingRefusal;

const gradingOf = (declared: SourceChange) =>
  declared.chemicals === undefined || declared.chemicals.length === 0
    ? ({ ok: true, grading: undefined } as const)
    : grade(declared.chemicals, declared.peopleNearby);

/** The source as registered on `site`, graded by what it holds. */
export function newSource(declared: NewSource, site: Site, actor: Actor): Sourced {
  const area = declared.area ?? site.area;
  if (!area.startsWith(site.area)) {
    const remedy = `must be ${site.area}, the area of the site, or lie in it`;
    return { ok: false, problem: 'area-outside-site', field: 'area', remedy };
  }
  const graded = gradingOf(declared);
  if (!graded.ok) return graded;
  const { grading } = graded;
  const base = { ...declared, area, enterpriseId: site.enterpriseId, ...firstStamp(actor) };
  return { ok: true, source: grading === undefined ? base : { ...base, grading } };
}

/** The source after a change, graded again; where it stands, its trade and its owner stay. */
export function changedSource(source: Source, declared: SourceChange, actor: Actor): Sourced {
  const graded = gradingOf(declared);
  if (!graded.ok) return graded;
  const { sourceId, siteId, enterpriseId, trade, area } = source;
  const base = { sourceId, siteId, enterpriseId, trade, area, ...declared, ...nextStamp(source, actor) };
  return { ok: true, source: graded.grading === undefined ? base : { ...base, grading: graded.grading } };
}

/** What ingest needs of a source, copied into the registration of every device that watches it. */
export function contextOf(source: Source): SourceContext {
  const { sourceId, kind, trade, area, siteId, enterpriseId, tags } = source;
  const grade = source.grading?.level;
  // The order of the schema's fields, so that equal contexts have equal JSON.
  const grades = grade === undefined ? {} : { grade };
  const found = new Set((source.chemicals ?? []).flatMap(({ cas }) => (cas === undefined ? [] : [cas])));
  const substances = found.size === 0 ? {} : { substances: [...found].toSorted() };
  return { sourceId, kind, trade, area, siteId, enterpriseId, ...grades, ...substances, tags };
}
