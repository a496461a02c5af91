import * as z from 'zod';
import type { HumanAct } from '../../history.ts';
import { foundWithinMs } from '../bounds.ts';
import { episodesFor } from '../facts/cover.ts';
import { jsonOf, textOf } from '../facts/items.ts';
import { type Watched, watchedBy } from '../facts/points.ts';
import type { Reading } from '../facts/readings.ts';
import { isExact } from '../facts/readings.ts';
import type { View } from '../facts/view.ts';
import type { Finding, Law } from '../law.ts';

const Told = z.object({
  overrides: z.array(
    z.object({
      ruleId: z.string(),
      limit: z.string(),
      value: z.number(),
      scope: z.object({ deviceId: z.string().optional(), sensorId: z.string().optional() }),
    }),
  ),
});

type SetLimit = Extract<HumanAct['act'], { kind: 'set-limit' }>;

/** When the device's registration first had the limit, by the world's clock. */
function toldAt({ history }: View, { ruleId, limit, value, sensor }: SetLimit): number | undefined {
  const [deviceId, sensorId] = sensor.split('/');
  return history.changes.find(({ table, after }) => {
    if (table !== 'records' || textOf(after, 'sk') !== 'DEV' || textOf(after, 'pk') !== `DEV#${deviceId}`)
      return false;
    const { overrides = [] } = Told.safeParse(jsonOf(after, 'doc')).data ?? {};
    return overrides.some(
      (one) =>
        one.ruleId === ruleId &&
        one.limit === limit &&
        one.value === value &&
        one.scope.deviceId === deviceId &&
        one.scope.sensorId === sensorId,
    );
  })?.at;
}

const isKnown = (reading: Reading): boolean => reading.trust === 'yes' && isExact(reading);

/** The last good value when the device was told, and by when it must have been judged again; undefined: who knows. */
function lastGood(series: readonly Reading[], at: number): { value: number; next: number } | undefined {
  const before = series.filter(({ done }) => done < at);
  const after = series.filter(({ taken }) => taken > at);
  if (before.length + after.length < series.length || !before.every(isKnown)) return undefined;
  // What the broker had before the device was told may be judged first, and be newer (semantics 8).
  if (after.some(({ receivedAts }) => Math.min(...receivedAts) <= at)) return undefined;
  // Whatever bad readings have come since: the good one stands (semantics 22).
  const last = before.findLast(({ quality }) => quality === 'good');
  if (last?.value === undefined || before.some((one) => one !== last && one.from === last.from))
    return undefined;
  // Whatever comes next is judged after what was due before it (semantics 8).
  return { value: last.value, next: Math.min(...after.filter(isKnown).map(({ done }) => done)) };
}

function unjudged(view: View, watched: Watched, act: SetLimit): Finding[] {
  const at = toldAt(view, act);
  if (at === undefined || at < act.validFrom) return [];
  const last = lastGood(
    watched.points.map(({ reading }) => reading),
    at,
  );
  if (last === undefined || last.value < act.value) return [];
  const by = Math.min(last.next, view.askableFrom(at) + foundWithinMs);
  if (by > view.history.phases.end) return [];
  const isTold = episodesFor(view, watched).some((one) => one.writtenFrom <= by && one.writtenTo >= at);
  if (isTold) return [];
  const { rule, severity, sensor } = watched;
  const what = `${act.limit} of ${rule.ruleId} for ${sensor} became ${act.value}, its last value was ${last.value}, and nobody was told ${severity.severity}`;
  return [{ what, at: by }];
}

/**
 * A tightened limit is held against the last good value at once (semantics 22): when the device has been told and that value
 * breaks it, people are told by the next message of the sensor or the next tick, whichever comes first. Asked of limits of one
 * sensor that raise by one value, and where it is sure which value was the last.
 */
export const tighteningJudged: Law = {
  name: 'tightening-judged',
  check: (view) => {
    const acts = view.history.acts.flatMap(({ act }) =>
      act.kind === 'set-limit' && act.isSigned !== true ? [act] : [],
    );
    if (acts.length === 0) return [];
    return watchedBy(view, 'value').flatMap((watched) => {
      const { rule, severity, sensor } = watched;
      if (severity.forMs > 0 || severity.times !== undefined) return [];
      return acts
        .filter((act) => act.sensor === sensor && act.ruleId === rule.ruleId && act.limit === severity.limit)
        .flatMap((act) => unjudged(view, watched, act));
    });
  },
};
