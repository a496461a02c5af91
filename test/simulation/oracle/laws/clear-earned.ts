import type { Told } from '../facts/alerts.ts';
import { type SensorMatter, sensorMatters } from '../facts/city.ts';
import { isSurelyLate } from '../facts/order.ts';
import type { Reading } from '../facts/readings.ts';
import { isExact } from '../facts/readings.ts';
import type { View } from '../facts/view.ts';
import type { Law } from '../law.ts';

/** How the clear run of a severity must look. */
interface Terms {
  readonly clearForMs: number;
  /** Values are below the clear limit; the end of a silence asks only that the sensor speaks. */
  readonly isBelow: boolean;
}

function termsOf({ rule }: SensorMatter, severity: string): Terms {
  const longest = Math.max(0, ...rule.severities.map(({ clearForMs }) => clearForMs));
  const own = rule.severities.filter((one) => one.severity === severity);
  const isSilence = rule.silentSeverity === severity;
  // Of an alert at the severity of silence nobody can see from outside whether a value stood under it.
  if (isSilence)
    return { clearForMs: Math.min(longest, ...own.map(({ clearForMs }) => clearForMs)), isBelow: false };
  const isBelow = own.every(({ measure }) => measure === 'value');
  return { clearForMs: Math.min(longest, ...own.map(({ clearForMs }) => clearForMs)), isBelow };
}

/** What a reading can do to a clear run that ends with `told`. */
function partOf(
  reading: Reading,
  told: Told,
  { isBelow }: Terms,
  matter: SensorMatter,
  view: View,
): 'goes-on' | 'breaks' | 'nothing' {
  const { rule, series } = matter;
  if (reading.taken > told.writtenAt) return 'nothing';
  const isHandled = reading.done < told.writtenAt && isExact(reading) && reading.trust === 'yes';
  if (reading.quality !== 'good' || reading.value === undefined) return isHandled ? 'breaks' : 'nothing';
  if (reading.trust === 'no' || isSurelyLate(reading, series)) return 'nothing';
  if (!isBelow) return 'goes-on';
  const { least, most } = view.limitOf(rule)(reading.sensor, rule.clearBelow, reading.from);
  if (reading.value < most) return 'goes-on';
  return isHandled && reading.value >= least ? 'breaks' : 'nothing';
}

/** Why the clear run up to `told` is none; undefined when it may be one. */
export function trouble(told: Told, matter: SensorMatter, view: View): string | undefined {
  const terms = termsOf(matter, told.severity);
  const p = told.phenomenonAt;
  const good: Reading[] = [];
  let brokenAt = 0;
  for (const reading of matter.series) {
    if (reading.from > p) break;
    const part = partOf(reading, told, terms, matter, view);
    if (part === 'goes-on') good.push(reading);
    else if (part === 'breaks' && reading.to < p) brokenAt = Math.max(brokenAt, reading.to);
  }
  if (!good.some(({ from, to }) => from <= p && p <= to)) return `no good reading of ${p} had come`;
  // Where an instant is not sure, the run is as long as it can have been.
  let since = p;
  let count = 0;
  for (const { from, to } of good.toSorted((a, b) => b.to - a.to)) {
    if (to <= brokenAt || since - to > matter.rule.silentAfterMs) break;
    since = Math.max(brokenAt, Math.min(since, from));
    count += 1;
  }
  if (count < 2 && terms.clearForMs > 0) return 'one reading is no clear run';
  return p - since >= terms.clearForMs
    ? undefined
    : `it was clear for ${p - since} ms of ${terms.clearForMs}`;
}

/**
 * Nothing is cleared on bad evidence: what recovers, recovers at a good reading that ends two or more of them, in order and
 * trusted, below the clear limit, for `clearFor`, with no gap of a silence in between (semantics 2, 5, 7, 9, 10, 12). The wall
 * clock never clears.
 */
export const clearEarned: Law = {
  name: 'clear-earned',
  check: (view) =>
    sensorMatters(view).flatMap((matter) =>
      matter.told.flatMap((told) => {
        if (told.change !== 'recovered') return [];
        const why = trouble(told, matter, view);
        return why === undefined
          ? []
          : [{ what: `${told.id} of ${matter.ruleId} recovered, but ${why}`, at: told.writtenAt }];
      }),
    ),
};
