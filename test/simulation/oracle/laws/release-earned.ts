import * as z from 'zod';
import type { Told } from '../facts/alerts.ts';
import { jsonOf, parsed } from '../facts/items.ts';
import type { View } from '../facts/view.ts';
import type { Law } from '../law.ts';

const Doc = z.object({ because: z.string() });
const Because = z.object({ parent: z.string() });

/** The rule whose alert has released it; undefined when it names none that there is. */
function releasedBy({ item }: Told, { told }: View): string | undefined {
  const { because = '' } = Doc.safeParse(jsonOf(item, 'doc')).data ?? {};
  const { data } = Because.safeParse(parsed(because));
  return data && told.get(data.parent)?.[0]?.matter.ruleId;
}

/**
 * Nobody is told that an alert is no longer muted unless a root cause stood for it (semantics 12, 21): the city's correlations
 * mute nobody, so they release nobody.
 */
export const releaseEarned: Law = {
  name: 'release-earned',
  check: (view) => {
    const correlations = new Set(view.history.city.correlations.map(({ ruleId }) => ruleId));
    return [...view.byId.values()].flatMap((one) => {
      if (one.change !== 'inhibition-ended') return [];
      const by = releasedBy(one, view);
      if (by !== undefined && !correlations.has(by)) return [];
      const what = `${one.id} of ${one.matter.ruleId} is released by ${by ?? 'nobody'}, which mutes nobody`;
      return [{ what, at: one.writtenAt }];
    });
  },
};
