import * as z from 'zod';
import { limitReachesWithinMs } from '../bounds.ts';
import { jsonOf, textOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

const Limit = z.object({
  ruleId: z.string(),
  limit: z.string(),
  value: z.number(),
  validFrom: z.number(),
  scope: z.object({ kind: z.string(), deviceId: z.string().optional(), sensorId: z.string().optional() }),
});

const Registration = z.object({
  overrides: z.array(z.object({ ruleId: z.string(), limit: z.string(), value: z.number() })).optional(),
});

/**
 * A limit that somebody set and was told is set, is kept, and its device has been told once every device can have been
 * (design 3.2). Nobody sets one who did not ask. What it then raises is the other laws': they take limits from the requests.
 */
export const limitKept: Law = {
  name: 'limit-kept',
  check: ({ history, askableFrom }) => {
    const kept = history.tables.records.flatMap((item) => {
      const isLimit = textOf(item, 'sk') === 'LIM';
      const limit = isLimit ? Limit.safeParse(jsonOf(item, 'doc')).data : undefined;
      return limit === undefined ? [] : [limit];
    });
    const told = new Map(
      history.tables.records
        .filter((item) => textOf(item, 'sk') === 'DEV')
        .map((item) => [
          textOf(item, 'pk'),
          Registration.safeParse(jsonOf(item, 'doc')).data?.overrides ?? [],
        ]),
    );
    const findings: { what: string; at?: number }[] = [];
    const asked = new Set<string>();
    for (const { act, at, status, answeredAt } of history.acts) {
      if (act.kind !== 'set-limit') continue;
      const name = `${act.limit} of ${act.ruleId} for ${act.sensor}`;
      asked.add(`${name} ${act.value}`);
      if (status === undefined || status < 200 || status >= 300) continue;
      const isKept = kept.some(
        ({ ruleId, limit, value, scope }) =>
          ruleId === act.ruleId &&
          limit === act.limit &&
          value === act.value &&
          `${scope.deviceId}/${scope.sensorId}` === act.sensor,
      );
      if (!isKept) findings.push({ what: `${name} was set to ${act.value}, and it is not there`, at });
      const by = askableFrom(answeredAt ?? at) + limitReachesWithinMs;
      const own = told.get(`DEV#${act.sensor.split('/')[0]}`);
      const isTold = own?.some(
        (one) => one.ruleId === act.ruleId && one.limit === act.limit && one.value === act.value,
      );
      if (own !== undefined && isTold !== true && by <= history.phases.end)
        findings.push({ what: `${name} was set to ${act.value}, and its device was not told`, at });
    }
    for (const { ruleId, limit, value, scope } of kept) {
      const name = `${limit} of ${ruleId} for ${scope.deviceId}/${scope.sensorId}`;
      if (scope.kind === 'sensor' && !asked.has(`${name} ${value}`))
        findings.push({ what: `${name} is ${value}, which nobody asked for` });
    }
    return findings;
  },
};
