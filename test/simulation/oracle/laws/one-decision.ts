import { decidedWithinMs } from '../bounds.ts';
import { isTransitionItem } from '../facts/alerts.ts';
import { keyOf, numberOf, textOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

/**
 * Every transition has one final decision in the log, and it never changes (design 6). One that was written just before the
 * end may still wait for its own.
 */
export const oneDecision: Law = {
  name: 'one-decision',
  check: ({ history, byId, askableFrom }) => {
    const findings: { what: string; at?: number }[] = [];
    for (const { id, decision, decidedAt, writtenAt, item } of byId.values()) {
      const isDue = askableFrom(writtenAt) + decidedWithinMs <= history.phases.end;
      if (decidedAt === undefined) {
        if (isDue) findings.push({ what: `${id} has no final decision`, at: writtenAt });
        continue;
      }
      if (decision === undefined || decision.outcome === 'deferred')
        findings.push({ what: `${id} was decided as ${decision?.outcome ?? 'nothing'}`, at: decidedAt });
      if (textOf(item, 'undecidedShard') !== undefined || numberOf(item, 'undecidedAt') !== undefined)
        findings.push({ what: `${id} is decided and still waits for a decision`, at: decidedAt });
    }
    for (const { at, before, after } of history.changes) {
      if (before === undefined || !isTransitionItem(before)) continue;
      const was = numberOf(before, 'decidedAt');
      const isSame =
        was === undefined ||
        (was === numberOf(after, 'decidedAt') && textOf(before, 'decision') === textOf(after, 'decision'));
      if (!isSame) findings.push({ what: `the final decision on ${keyOf(before)} was changed`, at });
    }
    return findings;
  },
};
