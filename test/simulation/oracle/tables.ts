import type { History, Item } from '../history.ts';
import { viewOf } from './facts/view.ts';
import type { Law, Violation } from './law.ts';
import { linkedToLast } from './laws/linked-to-last.ts';
import { listsAgree } from './laws/lists-agree.ts';
import { numbering } from './laws/numbering.ts';
import { nothingHappened } from './nothing.ts';

/** What both tables promise by themselves, however they came to be. */
const lawsOfTables: readonly Law[] = [numbering, linkedToLast, listsAgree];

/** What does not hold of these tables: numbers with gaps, lists that disagree, two open alerts of one matter. */
export function judgeTables(
  city: History['city'],
  twins: readonly Item[],
  records: readonly Item[],
): Violation[] {
  const view = viewOf({ ...nothingHappened, city, tables: { twins, records } });
  const found = lawsOfTables.flatMap(({ name, check }) =>
    check(view).map((finding) => ({ law: name, ...finding })),
  );
  const open = new Map<string, string>();
  for (const [id, { doc }] of view.alerts) {
    if (doc === undefined || doc.closed) continue;
    const matter = `${doc.matter.ruleId} on ${doc.subject.id}`;
    const other = open.get(matter);
    if (other !== undefined)
      found.push({ law: 'one-open-alert', what: `${matter} has ${other} and ${id} open` });
    open.set(matter, id);
  }
  return found;
}
