import { isTransitionItem } from '../facts/alerts.ts';
import { keyOf, numberOf, textOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

/**
 * Transitions are numbered from 1 without a gap, none is written twice or taken away, and the alert's version is the number
 * of its last one (design 2.3, 3.1).
 */
export const numbering: Law = {
  name: 'numbering',
  check: ({ history, alerts, told }) => {
    const findings: { what: string; at?: number }[] = [];
    for (const [alertId, some] of told) {
      some.forEach(({ version }, place) => {
        if (version !== place + 1)
          findings.push({ what: `${alertId}: transition ${version} stands in place ${place + 1}` });
      });
      if (!alerts.has(alertId)) findings.push({ what: `${alertId} has transitions and no alert` });
    }
    for (const [alertId, { doc, item }] of alerts) {
      const last = told.get(alertId)?.at(-1)?.version ?? 0;
      if (doc?.version !== last || numberOf(item, 'version') !== last)
        findings.push({ what: `${alertId} says version ${doc?.version}, its last transition is ${last}` });
    }
    for (const { at, table, before, after } of history.changes) {
      if (table !== 'records') continue;
      const item = after ?? before;
      if (item === undefined || !isTransitionItem(item)) continue;
      if (before !== undefined && textOf(before, 'doc') !== textOf(after, 'doc'))
        findings.push({ what: `transition ${keyOf(item)} was written over`, at });
    }
    return findings;
  },
};
