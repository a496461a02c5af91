/** Alerts by what they are about: at most one of a matter is open. Pure. */
import { handlingNeeded } from '../../functions/domain/alerts/closing.ts';
import type { AlertId } from '../../functions/domain/ids.ts';
import type { Instant } from '../../functions/domain/time.ts';
import { type AlertDraft, found, moveOn } from './alert-draft.ts';

export const matterOf = (ruleId: string, subjectId: string): string => `${ruleId}#${subjectId}`;

const keyOf = ({ after }: AlertDraft): string => matterOf(after.matter.ruleId, after.subject.id);

const byAge = (a: AlertDraft, b: AlertDraft): number =>
  a.after.raisedAt - b.after.raisedAt || (a.after.alertId < b.after.alertId ? -1 : 1);

/** The newest alert of each matter. */
export const newestOf = (drafts: Iterable<AlertDraft>): Map<string, AlertDraft> =>
  new Map([...drafts].toSorted(byAge).map((draft) => [keyOf(draft), draft]));

/**
 * Names in each alert that was put together anew the one before it: transitions do not say which alert theirs follows.
 *
 * One that is still stored says it itself.
 */
export function linkRebuilt(drafts: Iterable<AlertDraft>): void {
  const last = new Map<string, AlertId>();
  for (const draft of [...drafts].toSorted(byAge)) {
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
