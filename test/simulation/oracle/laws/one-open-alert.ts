import { alertOf, isAlertItem } from '../facts/alerts.ts';
import type { Law } from '../law.ts';

/** At most one alert of a rule on a subject is open at any moment, that is after any write (design 3.1). */
export const oneOpenAlert: Law = {
  name: 'one-open-alert',
  check: ({ writes }) => {
    const open = new Map<string, Set<string>>();
    const findings: { what: string; at: number }[] = [];
    for (const changes of writes.values()) {
      const touched = new Set<string>();
      for (const { table, after } of changes) {
        if (table !== 'records' || after === undefined || !isAlertItem(after)) continue;
        const doc = alertOf(after);
        if (doc === undefined) continue;
        const matter = `${doc.matter.ruleId} on ${doc.subject.id}`;
        const standing = open.get(matter) ?? new Set();
        if (doc.closed) standing.delete(doc.alertId);
        else if (!standing.has(doc.alertId)) touched.add(matter);
        if (!doc.closed) standing.add(doc.alertId);
        open.set(matter, standing);
      }
      for (const matter of touched) {
        const standing = [...(open.get(matter) ?? [])];
        if (standing.length > 1)
          findings.push({ what: `${matter}: ${standing.join(' and ')} are open`, at: changes[0]?.at ?? 0 });
      }
    }
    return findings;
  },
};
