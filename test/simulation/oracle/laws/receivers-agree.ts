import { deliveredWithinMs } from '../bounds.ts';
import type { Told } from '../facts/alerts.ts';
import { type Body, isFor } from '../facts/notices.ts';
import type { Law } from '../law.ts';

const isKept = ({ decision }: Told): boolean => decision?.outcome === 'suppressed';

/**
 * What a receiver makes of its messages, the highest version of each alert, is how the alert stands; where the newest
 * transitions were kept from people, how it stood at the last that was not (design 6).
 */
export const receiversAgree: Law = {
  name: 'receivers-agree',
  check: ({ history, told, bodyOf }) => {
    return history.receivers.flatMap((receiver) => {
      if (!receiver.isLive) return [];
      const shown = new Map<string, Body['data']>();
      for (const { receiver: name, body } of history.received) {
        const data = name === receiver.name ? bodyOf(body)?.data : undefined;
        if (data !== undefined && (shown.get(data.alertId)?.version ?? 0) <= data.version)
          shown.set(data.alertId, data);
      }
      return [...told].flatMap(([alertId, some]) => {
        // What was sent in the last moments is on its way.
        const wasSent = (one: Told): boolean =>
          one.decision?.outcome === 'sent' &&
          (one.decidedAt ?? one.writtenAt) <= history.phases.end - deliveredWithinMs;
        const due = some.findLast((one) => wasSent(one) && isFor(receiver, one));
        if (due === undefined) return [];
        const seen = shown.get(alertId);
        // Another path may have sent what this log calls suppressed: newer is right too, as long as it is true.
        const truth = some.find(({ version }) => version === seen?.version);
        const isNewEnough = (seen?.version ?? 0) >= due.version;
        const isTrue = truth?.condition === seen?.condition && truth?.severity === seen?.severity;
        if (isNewEnough && isTrue) return [];
        const now = some.findLast((one) => !isKept(one)) ?? due;
        const is = seen === undefined ? 'nothing' : `${seen.severity} ${seen.condition}`;
        return [
          { what: `${receiver.name} sees ${is} of ${alertId}, which is ${now.severity} ${now.condition}` },
        ];
      });
    });
  },
};
