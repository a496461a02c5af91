import type { History, Item } from '../history.ts';
import { viewOf } from './facts/view.ts';
import type { Law, Violation } from './law.ts';
import { linkedToLast } from './laws/linked-to-last.ts';
import { listsAgree } from './laws/lists-agree.ts';
import { numbering } from './laws/numbering.ts';

/** What both tables promise by themselves, however they came to be. */
const lawsOfTables: readonly Law[] = [numbering, linkedToLast, listsAgree];

const nothing: Omit<History, 'tables' | 'city'> = {
  seed: 0,
  phases: { warmUp: 0, faults: 0, heal: 0, quiet: 0, end: 0 },
  accepted: [],
  acts: [],
  changes: [],
  published: [],
  receivers: [],
  received: [],
  quarantine: new Map(),
  archive: [],
  left: new Map(),
  metrics: {},
  logs: [],
  crashes: [],
  delayedUntil: 0,
  ticks: { planned: new Set(), left: new Set() },
};

/** What does not hold of these tables: numbers with gaps, lists that disagree, two open alerts of one matter. */
export function judgeTables(
  city: History['city'],
  twins: readonly Item[],
  records: readonly Item[],
): Violation[] {
  const view = viewOf({ ...nothing, city, tables: { twins, records } });
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
