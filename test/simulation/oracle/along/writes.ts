import type { Change, City, Item } from '../../history.ts';
import { alertOf, isAlertItem, isTransitionItem } from '../facts/alerts.ts';
import { keyOf, numberOf, textOf } from '../facts/items.ts';
import { viewOf } from '../facts/view.ts';
import type { Law, Violation } from '../law.ts';
import { numbering } from '../laws/numbering.ts';
import { oneDecision } from '../laws/one-decision.ts';
import { oneOpenAlert } from '../laws/one-open-alert.ts';
import { oneTransaction } from '../laws/one-transaction.ts';
import { versionsAdvance } from '../laws/versions-advance.ts';
import { nothingHappened } from '../nothing.ts';
import { foundBy } from '../oracle.ts';

/** Laws that look at writes and at nothing else: they have seen all when the last one was made. */
export const lawsOfWrites: readonly Law[] = [versionsAdvance, oneTransaction, oneOpenAlert];
/** Laws that look at writes besides other things. */
const lawsOfWritesToo: readonly Law[] = [numbering, oneDecision];

/** Judges writes stretch by stretch, and remembers which alerts are open. */
export function createWriteJudge(city: City): (changes: readonly Change[]) => Violation[] {
  /** By rule and subject: the alerts that were open after the last stretch, each as it was last written. */
  const open = new Map<string, Map<string, Change>>();

  const alertsIn = (changes: readonly Change[]) =>
    changes.flatMap((change) => {
      const { table, after } = change;
      const doc =
        table === 'records' && after !== undefined && isAlertItem(after) ? alertOf(after) : undefined;
      return doc === undefined ? [] : [{ change, doc, matter: `${doc.matter.ruleId} on ${doc.subject.id}` }];
    });

  return (changes) => {
    const written = alertsIn(changes);
    const touched = new Set(written.map(({ matter }) => matter));
    // Each as a write of its own from before, so that a law that goes by writes begins where the stretch before ended.
    const before = [...touched].flatMap((matter) => [...(open.get(matter)?.values() ?? [])]);
    const standing = before.map((change, place): Change => ({ ...change, by: 'world', write: -1 - place }));
    for (const { change, doc, matter } of written) {
      const own = open.get(matter) ?? new Map<string, Change>();
      if (doc.closed) own.delete(doc.alertId);
      else own.set(doc.alertId, { ...change, before: undefined });
      open.set(matter, own);
    }
    const transitions = new Map<string, Item>();
    for (const { table, after } of changes)
      if (table === 'records' && after !== undefined && isTransitionItem(after))
        transitions.set(keyOf(after), after);
    const history = { ...nothingHappened, city, changes: [...standing, ...changes] };
    const tables = { twins: [], records: [...transitions.values()] };
    return [
      ...foundBy(lawsOfWrites, viewOf({ ...history, tables })),
      ...foundBy(lawsOfWritesToo, viewOf(history)),
    ];
  };
}

/** Whether the laws still ask for the change at the end: a transition, its decision, what a device was told. */
export const isAskedAtEnd = ({ table, before, after }: Change): boolean => {
  if (table !== 'records' || after === undefined) return false;
  if (isTransitionItem(after)) return before === undefined || numberOf(before, 'decidedAt') === undefined;
  return textOf(after, 'sk') === 'DEV';
};
