import type { Law } from '../law.ts';

/** A breach after an alert was closed opens a new one that names it; the first of its kind names none (design 5). */
export const linkedToLast: Law = {
  name: 'linked-to-last',
  check: ({ matters, alerts }) =>
    [...matters.values()].flatMap(({ ruleId, subjectId, told }) => {
      const ids = [...new Set(told.map(({ alertId }) => alertId))];
      return ids.flatMap((alertId, place) => {
        const { previous } = alerts.get(alertId)?.doc ?? {};
        return previous === ids[place - 1]
          ? []
          : [{ what: `${alertId} of ${ruleId} on ${subjectId} follows ${previous}, not ${ids[place - 1]}` }];
      });
    }),
};
