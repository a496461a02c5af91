/** What another rule book would have done: episodes of two books, matched by rule, sensor and overlap in time. */
import { type Severity, severities } from '../../functions/domain/severity.ts';
import type { Episode } from './episodes.ts';

export const differences = ['added', 'removed', 'earlier', 'later', 'graver', 'milder'] as const;
export type Difference = (typeof differences)[number];

/** Episodes of one rule on one sensor that overlap each other: of the old book, of the new one, or of both. */
export interface Match {
  readonly ruleId: string;
  readonly deviceId: string;
  readonly sensorId: string;
  readonly enterpriseId: string;
  readonly before: readonly Episode[];
  readonly after: readonly Episode[];
  /** Empty: the same for all who would have heard of it. */
  readonly differences: readonly Difference[];
}

const untilOf = ({ until }: Episode): number => until ?? Number.POSITIVE_INFINITY;

/** First instant at which the episodes were at least as grave as `rank`; `undefined` when they never were. */
function reached(episodes: readonly Episode[], rank: number): number | undefined {
  let first: number | undefined;
  for (const { steps } of episodes)
    for (const { at, change, severity } of steps)
      if (
        change !== 'recovered' &&
        severities.indexOf(severity) >= rank &&
        (first === undefined || at < first)
      )
        first = at;
  return first;
}

const peakRank = (episodes: readonly Episode[]): number =>
  Math.max(...episodes.map(({ peak }) => severities.indexOf(peak)));

/**
 * How a group of overlapping episodes differs. A severity that both reached and one reached sooner counts, so that an
 * alert may be earlier and later at once: blue sooner, red later.
 */
function differencesOf(before: readonly Episode[], after: readonly Episode[]): readonly Difference[] {
  if (before.length === 0) return ['added'];
  if (after.length === 0) return ['removed'];
  const found = new Set<Difference>();
  const peaks = [peakRank(before), peakRank(after)] as const;
  for (let rank = 0; rank <= Math.min(...peaks); rank++) {
    const [old = 0, now = 0] = [reached(before, rank), reached(after, rank)];
    if (now < old) found.add('earlier');
    if (now > old) found.add('later');
  }
  if (peaks[1] > peaks[0]) found.add('graver');
  if (peaks[1] < peaks[0]) found.add('milder');
  return differences.filter((one) => found.has(one));
}

interface Group {
  readonly before: Episode[];
  readonly after: Episode[];
}

/**
 * Groups of episodes that overlap across the books; two of one book are together only through one of the other.
 *
 * Both lists are sorted and those of one book follow each other, so one walk over both finds them.
 */
function groupsOf(before: readonly Episode[], after: readonly Episode[]): readonly Group[] {
  const groups: Group[] = [];
  const ends = { before: Number.NEGATIVE_INFINITY, after: Number.NEGATIVE_INFINITY };
  const take = (episode: Episode, side: 'before' | 'after', other: 'before' | 'after'): void => {
    let group = groups.at(-1);
    if (group === undefined || episode.from > ends[other]) {
      group = { before: [], after: [] };
      groups.push(group);
      ends[other] = Number.NEGATIVE_INFINITY;
    }
    group[side].push(episode);
    ends[side] = untilOf(episode);
  };
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const old = before[i];
    const now = after[j];
    if (old !== undefined && (now === undefined || old.from <= now.from)) {
      take(old, 'before', 'after');
      i++;
    } else if (now !== undefined) {
      take(now, 'after', 'before');
      j++;
    }
  }
  return groups;
}

const keyOf = ({ ruleId, deviceId, sensorId }: Episode): string => `${ruleId} ${deviceId}/${sensorId}`;

const startOf = ({ before, after }: Match): number =>
  Math.min(...[...before, ...after].map(({ from }) => from));

/** Every group of episodes of two books, by its beginning. */
export function compareBooks(before: readonly Episode[], after: readonly Episode[]): readonly Match[] {
  const old = Map.groupBy(before, keyOf);
  const now = Map.groupBy(after, keyOf);
  const matches: Match[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()]))
    for (const group of groupsOf(old.get(key) ?? [], now.get(key) ?? [])) {
      const [of] = [...group.after, ...group.before];
      if (of === undefined) continue;
      const { ruleId, deviceId, sensorId, enterpriseId } = of;
      const found = differencesOf(group.before, group.after);
      matches.push({ ruleId, deviceId, sensorId, enterpriseId, ...group, differences: found });
    }
  return matches.sort((a, b) => startOf(a) - startOf(b));
}

/** Alerts of one rule at one enterprise, counted. */
export interface DifferenceRow extends Readonly<Record<Difference | 'before' | 'after' | 'same', number>> {
  readonly ruleId: string;
  readonly enterpriseId: string;
}

/** One row a rule and enterprise; an alert that is earlier and graver counts in both columns. */
export function differenceRows(matches: readonly Match[]): readonly DifferenceRow[] {
  const groups = Map.groupBy(matches, ({ ruleId, enterpriseId }) => `${ruleId}\n${enterpriseId}`);
  return [...groups.values()]
    .map((all) => {
      const [first] = all;
      const many = (difference: Difference): number =>
        all.filter((match) => match.differences.includes(difference)).length;
      const [added, removed, earlier, later, graver, milder] = [
        many('added'),
        many('removed'),
        many('earlier'),
        many('later'),
        many('graver'),
        many('milder'),
      ];
      return {
        ruleId: first?.ruleId ?? '',
        enterpriseId: first?.enterpriseId ?? '',
        before: all.reduce((sum, match) => sum + match.before.length, 0),
        after: all.reduce((sum, match) => sum + match.after.length, 0),
        same: all.filter((match) => match.differences.length === 0).length,
        added,
        removed,
        earlier,
        later,
        graver,
        milder,
      };
    })
    .sort((a, b) => (`${a.ruleId}\n${a.enterpriseId}` < `${b.ruleId}\n${b.enterpriseId}` ? -1 : 1));
}

/** Alerts of one book: one row a rule and enterprise. */
export interface EpisodeRow {
  readonly ruleId: string;
  readonly enterpriseId: string;
  readonly alerts: number;
  readonly byPeak: Readonly<Partial<Record<Severity, number>>>;
  readonly standing: number;
}

export function episodeRows(episodes: readonly Episode[]): readonly EpisodeRow[] {
  const groups = Map.groupBy(episodes, ({ ruleId, enterpriseId }) => `${ruleId}\n${enterpriseId}`);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, all]) => {
      const peaks = severities.flatMap((severity) => {
        const many = all.filter(({ peak }) => peak === severity).length;
        return many === 0 ? [] : [[severity, many] as const];
      });
      return {
        ruleId: all[0]?.ruleId ?? '',
        enterpriseId: all[0]?.enterpriseId ?? '',
        alerts: all.length,
        byPeak: Object.fromEntries(peaks),
        standing: all.filter(({ until }) => until === undefined).length,
      };
    });
}
