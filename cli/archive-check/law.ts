/** The order-free law (semantics 24) between what a replay of the archive raises and what is stored. Pure. */
import type { Alert, Transition } from '../../functions/domain/alerts/alert.ts';
import { rankOf, type Severity } from '../../functions/domain/severity.ts';
import type { Episode } from '../backtest/episodes.ts';

/** A stored firing of one rule on one subject, in phenomenon time; `until` is infinite while it stands. */
export interface StoredEpisode {
  readonly from: number;
  readonly until: number;
  readonly rank: number;
}

/** By rule and subject. */
export type StoredEpisodes = ReadonlyMap<string, readonly StoredEpisode[]>;

export const episodeKey = (ruleId: string, subjectId: string): string => `${ruleId} on ${subjectId}`;

/** The episodes in the transitions of alerts, each alert's by number. */
export function storedEpisodes(histories: Iterable<readonly Transition[]>): StoredEpisodes {
  const all = new Map<string, StoredEpisode[]>();
  for (const transitions of histories) {
    const [first] = transitions;
    if (first === undefined) continue;
    const key = episodeKey(first.matter.ruleId, first.subject.id);
    all.set(key, [...(all.get(key) ?? []), ...episodesIn(transitions)]);
  }
  return all;
}

function episodesIn(transitions: readonly Transition[]): StoredEpisode[] {
  const episodes: StoredEpisode[] = [];
  let open: { from: number; rank: number } | undefined;
  for (const { condition, phenomenonAt, severity } of transitions) {
    if (condition !== 'recovered') {
      const from = Math.min(open?.from ?? phenomenonAt, phenomenonAt);
      open = { from, rank: Math.max(open?.rank ?? 0, rankOf(severity)) };
    } else if (open !== undefined) {
      // What a deadline raised may turn out to have been over before it: the episode is all between the two.
      const from = Math.min(open.from, phenomenonAt);
      episodes.push({ rank: open.rank, from, until: Math.max(open.from, phenomenonAt) });
      open = undefined;
    }
  }
  return open === undefined ? episodes : [...episodes, { ...open, until: Number.POSITIVE_INFINITY }];
}

export interface Uncovered {
  readonly ruleId: string;
  readonly subjectId: string;
  readonly from: number;
  readonly until: number | undefined;
  readonly peak: Severity;
}

/**
 * One that stands lasts until the replay ends: a stored one may have begun at any of its readings, as it does when another
 * order came. What ended that one may lie outside of the archive (a retired rule), so it need not stand.
 */
const isCovered = (episode: Episode, stored: readonly StoredEpisode[], end: number): boolean => {
  const { from, until = Math.max(from, end) } = episode;
  const outlasts = episode.until ?? from;
  return stored.some((one) => one.rank >= rankOf(episode.peak) && one.from <= until && one.until >= outlasts);
};

/**
 * Replayed episodes that no stored one covers: of the same rule and subject, at least as severe, overlapping, not ending
 * before. Those of correlations are left out: their members are, and they follow from them.
 *
 * @param end when the last replayed message was received, in milliseconds
 */
export const uncovered = (
  replayed: readonly Episode[],
  stored: StoredEpisodes,
  devices: ReadonlySet<string>,
  end: number,
): Uncovered[] =>
  replayed.flatMap((episode) => {
    const { ruleId, deviceId, sensorId, from, until, peak } = episode;
    if (!devices.has(deviceId)) return [];
    const subjectId = `${deviceId}/${sensorId}`;
    return isCovered(episode, stored.get(episodeKey(ruleId, subjectId)) ?? [], end)
      ? []
      : [{ ruleId, subjectId, from, until, peak }];
  });

/** The transitions of each alert as they are kept. */
export const transitionsIn = (
  histories: Iterable<{
    readonly alert: Alert | undefined;
    readonly transitions: readonly { readonly transition: Transition }[];
  }>,
): (readonly Transition[])[] =>
  [...histories].map(({ transitions }) => transitions.map(({ transition }) => transition));
