/** Alerts by what they are about: at most one of a matter is open. Pure. */
import { handlingNeeded } from '../../functions/domain/alerts/closing.ts';
import type { AlertId } from '../../functions/domain/ids.ts';
import type { Instant } from '../../functions/domain/time.ts';
import { type AlertDraft, found, moveOn } from './alert-draft.ts';

export const matterOf = (ruleId: string, subjectId: string): string => `${ruleId}#${subjectId}`;

const keyOf = ({ after }: AlertDraft): string => matterOf(after.matter.ruleId, after.subject.id);

const byAge = (a: AlertDraft, b: AlertDraft): number =>
  a.openedAt - b.openedAt || (a.after.alertId < b.after.alertId ? -1 : 1);

/**
 * In the order in which they were opened: by when they were first written, and each after the one that it says it follows,
 * since the clocks of two hosts are not the same. When each was raised tells nothing: a message that was received first may
 * be taken last, and opens the newer alert.
 */
function inOrder(drafts: Iterable<AlertDraft>): Iterable<AlertDraft> {
  const all = [...drafts];
  const byId = new Map(all.map((draft) => [draft.after.alertId, draft]));
  const ordered = new Set<AlertDraft>();
  for (const draft of all.toSorted(byAge)) {
    const line = new Set<AlertDraft>();
    let one: AlertDraft | undefined = draft;
    while (one !== undefined && !ordered.has(one) && !line.has(one)) {
      line.add(one);
      const previous: AlertId | undefined = one.after.previous;
      one = previous && byId.get(previous);
    }
    for (const earliest of [...line].toReversed()) ordered.add(earliest);
  }
  return ordered;
}

/** The newest alert of each matter. */
export const newestOf = (drafts: Iterable<AlertDraft>): Map<string, AlertDraft> =>
  new Map([...inOrder(drafts)].map((draft) => [keyOf(draft), draft]));

/**
 * Names in each alert that was put together anew the one before it: transitions do not say which alert theirs follows.
 *
 * One that is still stored says it itself.
 */
export function linkRebuilt(drafts: Iterable<AlertDraft>): void {
  const last = new Map<string, AlertId>();
  for (const draft of inOrder(drafts)) {
    const key = keyOf(draft);
    if (draft.stored === undefined)
      draft.after = { ...draft.after, previous: draft.after.previous ?? last.get(key) };
    last.set(key, draft.after.alertId);
  }
}

/** Closes each open alert that a newer one of its matter has followed: that one was opened only because it was closed. */
export function closeSucceeded(drafts: Iterable<AlertDraft>, now: Instant): void {
  const all = [...drafts];
  const newest = newestOf(all);
  for (const draft of all) {
    const successor = newest.get(keyOf(draft));
    if (draft.after.closed || successor === undefined || successor === draft) continue;
    found(draft, 'succeeded', `open, and ${successor.after.alertId} has followed it`);
    const handling = handlingNeeded(draft.after.gravest);
    moveOn(draft, { condition: 'recovered', handling }, 0, now);
  }
}
