import { keyOf, numberOf, textOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

/**
 * Nobody writes over what somebody else has written: every write of a twin or a guard raises its version by one, every
 * write of an alert raises its version, and none goes away (design 2.3).
 */
export const versionsAdvance: Law = {
  name: 'versions-advance',
  check: ({ history }) =>
    history.changes.flatMap(({ at, table, before, after, by }) => {
      const item = after ?? before;
      if (item === undefined || by === 'world') return [];
      const key = keyOf(item);
      const isTwin = table === 'twins' && (key.startsWith('DEV#') || key.startsWith('OPEN#'));
      const isAlert = table === 'records' && textOf(item, 'sk') === 'ALERT';
      if (!isTwin && !isAlert) return [];
      if (after === undefined) return [{ what: `${key} was taken away`, at }];
      const was = numberOf(before, 'version') ?? 0;
      const is = numberOf(after, 'version') ?? 0;
      const isNext = isTwin ? is === was + 1 : is > was;
      return isNext ? [] : [{ what: `${key} went from version ${was} to ${is}`, at }];
    }),
};
