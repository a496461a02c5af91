import { rank } from '../facts/alerts.ts';
import { sensorMatters } from '../facts/city.ts';
import type { Law } from '../law.ts';
import { trouble } from './clear-earned.ts';

/**
 * A severity ends on as good evidence as an alert does: what goes from red to orange goes at a reading that ends a clear run
 * of red, and not because a sensor fell silent (semantics 2, 7, 14).
 */
export const downEarned: Law = {
  name: 'down-earned',
  check: (view) =>
    sensorMatters(view).flatMap((matter) =>
      matter.told.flatMap((told, place) => {
        const severity = matter.told[place - 1]?.severity;
        if (told.change !== 'severity-down' || severity === undefined) return [];
        if (rank(severity) <= rank(told.severity)) return [];
        const why = trouble({ ...told, severity }, matter, view);
        return why === undefined
          ? []
          : [
              {
                what: `${told.id} of ${matter.ruleId} is no longer ${severity}, but ${why}`,
                at: told.writtenAt,
              },
            ];
      }),
    ),
};
