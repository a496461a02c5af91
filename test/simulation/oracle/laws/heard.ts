import { decidedWithinMs, deliveredWithinMs } from '../bounds.ts';
import { isFor } from '../facts/notices.ts';
import type { Law } from '../law.ts';

/**
 * Every transition that is due reaches every live receiver that asked for it at least once, in time: due is what the log does
 * not call suppressed (design 6, 9).
 */
export const heard: Law = {
  name: 'heard',
  check: ({ history, byId, askableFrom, bodyOf }) => {
    const first = new Map<string, number>();
    for (const { at, receiver, body } of history.received) {
      const key = `${receiver} ${bodyOf(body)?.id}`;
      first.set(key, Math.min(first.get(key) ?? at, at));
    }
    const live = history.receivers.filter(({ isLive }) => isLive);
    return [...byId.values()].flatMap((told) => {
      if (told.decision?.outcome === 'suppressed') return [];
      const dueBy = askableFrom(told.writtenAt) + decidedWithinMs + deliveredWithinMs;
      if (dueBy > history.phases.end) return [];
      return live.flatMap((receiver) => {
        if (!isFor(receiver, told)) return [];
        const at = first.get(`${receiver.name} ${told.id}`);
        if (at === undefined)
          return [{ what: `${receiver.name} never heard of ${told.id}`, at: told.writtenAt }];
        return at <= dueBy
          ? []
          : [{ what: `${receiver.name} heard of ${told.id} ${at - dueBy} ms too late`, at: told.writtenAt }];
      });
    });
  },
};
