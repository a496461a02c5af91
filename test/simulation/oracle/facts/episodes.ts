import { noRank, rankAfter, type Told } from './alerts.ts';

/** A stretch in which a rule stood at least at some severity on a subject. */
export interface Episode {
  readonly alertId: string;
  /** Phenomenon time, from the change that brought it to the one that ended it; infinite while it stands. */
  readonly from: number;
  readonly to: number;
  /** When these changes were written. */
  readonly writtenFrom: number;
  readonly writtenTo: number;
}

/** The changes of all alerts of a rule on a subject, in the order in which they were written. */
export interface Matter {
  readonly ruleId: string;
  readonly subjectId: string;
  readonly told: readonly Told[];
}

export const matterKey = (ruleId: string, subjectId: string): string => `${ruleId}#${subjectId}`;

export function mattersOf(all: Iterable<readonly Told[]>): ReadonlyMap<string, Matter> {
  const matters = new Map<string, { ruleId: string; subjectId: string; told: Told[] }>();
  const alerts = [...all].filter(({ length }) => length > 0);
  for (const told of alerts.toSorted((a, b) => (a[0]?.writtenAt ?? 0) - (b[0]?.writtenAt ?? 0))) {
    const [first] = told;
    if (first === undefined) continue;
    const { ruleId } = first.matter;
    const key = matterKey(ruleId, first.subject.id);
    const matter = matters.get(key) ?? { ruleId, subjectId: first.subject.id, told: [] };
    matter.told.push(...told);
    matters.set(key, matter);
  }
  return matters;
}

/** The stretches in which the matter stood at rank `least` or higher. */
export function episodesOf(matter: Matter | undefined, least: number): readonly Episode[] {
  const episodes: Episode[] = [];
  let open: { alertId: string; from: number; writtenFrom: number } | undefined;
  for (const one of matter?.told ?? []) {
    const now = rankAfter(one);
    const isUp = now !== noRank && now >= least;
    if (isUp && open === undefined)
      open = { alertId: one.alertId, from: one.phenomenonAt, writtenFrom: one.writtenAt };
    else if (isUp && open !== undefined && one.phenomenonAt < open.from) open.from = one.phenomenonAt;
    else if (!isUp && open !== undefined) {
      const to = Math.max(open.from, one.phenomenonAt);
      episodes.push({ ...open, to, writtenTo: one.writtenAt });
      open = undefined;
    }
  }
  const never = Number.POSITIVE_INFINITY;
  if (open !== undefined) episodes.push({ ...open, to: never, writtenTo: never });
  return episodes;
}
