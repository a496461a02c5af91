import { overdueMaxMs } from '../bounds.ts';
import { keyOf, numberOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

/** At the end nothing has been due for longer than the ticks may take: what time alone must cause, is caused (design 2.3). */
export const nothingOverdue: Law = {
  name: 'nothing-overdue',
  check: ({ history, askableFrom }) =>
    history.tables.twins.flatMap((item) => {
      const dueAt = numberOf(item, 'dueAt');
      if (dueAt === undefined || askableFrom(dueAt) + overdueMaxMs > history.phases.end) return [];
      return [{ what: `${keyOf(item)} has been due since ${dueAt}`, at: dueAt }];
    }),
};
