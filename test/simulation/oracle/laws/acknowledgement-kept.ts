import type { Law } from '../law.ts';

/**
 * What a person did and was told is done, is done: an acknowledgement that was answered well is a transition of its alert,
 * written before the answer, and no later write takes it away (design 5, 7). Nobody acknowledges who did not ask.
 */
export const acknowledgementKept: Law = {
  name: 'acknowledgement-kept',
  check: ({ history, told, byId }) => {
    const findings: { what: string; at: number }[] = [];
    const isBy = (by: string | undefined, who: string): boolean =>
      by === who || by?.endsWith(`|${who}`) === true;
    const asked = history.acts.flatMap(({ act, ...answer }) =>
      act.kind === 'acknowledge' ? [{ ...act, ...answer }] : [],
    );
    for (const { alertId, by, at, status, answeredAt } of asked) {
      if (status === undefined || status < 200 || status >= 300) continue;
      const isKept = told
        .get(alertId)
        ?.some(
          (one) => one.change === 'acknowledged' && isBy(one.by, by) && one.writtenAt <= (answeredAt ?? at),
        );
      if (isKept !== true) findings.push({ what: `${by} acknowledged ${alertId}, and it is not there`, at });
    }
    for (const { id, alertId, change, by, writtenAt } of byId.values()) {
      if (change !== 'acknowledged') continue;
      const isAsked = asked.some((one) => one.alertId === alertId && isBy(by, one.by) && one.at <= writtenAt);
      if (!isAsked)
        findings.push({ what: `${id} is acknowledged by ${by}, who did not ask for it`, at: writtenAt });
    }
    return findings;
  },
};
