/** The lists of alerts as they ought to be, beside those that are there. Pure. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { listItem, listSort, listsOf } from '../../functions/adapters/dynamo/alert-items.ts';
import { type AlertDraft, found } from './alert-draft.ts';
import type { Finding } from './finding.ts';
import type { ListEntry } from './snapshot.ts';

type Item = Record<string, AttributeValue>;

/** Everything that an entry shows but its place. */
export const shownIn = (item: Item): string =>
  ['alertId', 'severity', 'condition', 'handling', 'kind', 'trade'].map((name) => item[name]?.S ?? '').join();

export interface ListMend {
  readonly puts: readonly { readonly list: string; readonly item: Item }[];
  readonly deletes: readonly ListEntry[];
}

const placeOf = (list: string, sort: string): string => `${list}\n${sort}`;

/** What has to be written and taken away for one alert. */
export function mendLists(draft: AlertDraft, entries: readonly ListEntry[]): ListMend {
  const sort = listSort(draft.after);
  const wanted = listsOf(draft.after).map((list) => ({ list, item: listItem(list, draft.after) }));
  const there = new Map(entries.map((entry) => [placeOf(entry.list, entry.sort), entry]));
  const puts = wanted.filter(({ list, item }) => there.get(placeOf(list, sort))?.shown !== shownIn(item));
  const places = new Set(wanted.map(({ list }) => placeOf(list, sort)));
  const deletes = entries.filter((entry) => !places.has(placeOf(entry.list, entry.sort)));
  // An alert that is written anyway takes its entries along: that is no finding of its own.
  if (draft.added.length === 0 && draft.stored?.version === draft.after.version) {
    for (const { list } of puts) found(draft, 'list-entry-missing', `in ${list}`);
    for (const { list } of deletes) found(draft, 'list-entry-stale', `in ${list}`);
  }
  return { puts, deletes };
}

/** Entries of alerts of which nothing else is left, neither in the tables nor in a twin. */
export const strayEntry = ({ alertId, list }: ListEntry): Finding => ({
  kind: 'list-entry-stale',
  subject: alertId,
  found: `in ${list}, and nothing else is left of the alert; the archive may know more`,
});
