import { sensorMatters } from '../facts/city.ts';
import type { Law } from '../law.ts';

/**
 * No stored reading without an accepted origin (reliability I2): every value that a transition tells was accepted of that
 * sensor, and had come before. So do the last value and the peak of the alert, which are made of them.
 */
export const valueOrigin: Law = {
  name: 'value-origin',
  check: (view) =>
    sensorMatters(view).flatMap(({ told, series, subjectId }) => {
      const earliest = new Map<unknown, number>();
      for (const { value, taken } of series)
        if (value !== undefined) earliest.set(value, Math.min(earliest.get(value) ?? taken, taken));
      return told.flatMap(({ id, value, writtenAt }) => {
        if (value === undefined) return [];
        const came = earliest.get(value);
        return came !== undefined && came <= writtenAt
          ? []
          : [{ what: `${id} tells a value ${value} that ${subjectId} had not sent`, at: writtenAt }];
      });
    }),
};
