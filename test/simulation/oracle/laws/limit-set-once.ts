import * as z from 'zod';
import { jsonOf, textOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

const Limit = z.object({
  ruleId: z.string(),
  limit: z.string(),
  value: z.number(),
  scope: z.object({ kind: z.literal('sensor'), deviceId: z.string(), sensorId: z.string() }),
});

/** A request that came twice, because its first answer was lost, is one request: no more limits are kept than were asked for (design 7). */
export const limitSetOnce: Law = {
  name: 'limit-set-once',
  check: ({ history }) => {
    const left = new Map<string, number>();
    for (const { act } of history.acts) {
      if (act.kind !== 'set-limit') continue;
      const name = `${act.limit} of ${act.ruleId} for ${act.sensor} as ${act.value}`;
      left.set(name, (left.get(name) ?? 0) + 1);
    }
    return history.tables.records.flatMap((item) => {
      const limit = textOf(item, 'sk') === 'LIM' ? Limit.safeParse(jsonOf(item, 'doc')).data : undefined;
      if (limit === undefined) return [];
      const { deviceId, sensorId } = limit.scope;
      const name = `${limit.limit} of ${limit.ruleId} for ${deviceId}/${sensorId} as ${limit.value}`;
      const count = left.get(name) ?? 0;
      left.set(name, count - 1);
      return count === 0 ? [{ what: `${name} is kept more often than it was asked for` }] : [];
    });
  },
};
