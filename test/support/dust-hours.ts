/** Raise and clear hours of the dust rule's severities over the shipped extract: by a loop of its own, and from alerts. */
import { readFileSync } from 'node:fs';
import { rankOf, type Severity } from '../../functions/domain/severity.ts';
import { type RecordedRow, readSeries } from '../../sensors-sim/replay/series.ts';
import type { ObservedChange } from '../../sensors-sim/scenario/observed.ts';

const hour = 3_600_000;

/** The shipped extract as it lies in the repository. */
export const extractText = readFileSync(
  new URL('../../sensors-sim/data/beijing-pm25-30-days.csv', import.meta.url),
  'utf8',
);

/** The same as the simulator reads it. */
export const extractRows = (): RecordedRow[] =>
  readSeries(extractText, {
    timeColumns: ['year', 'month', 'day', 'hour'],
    valueColumn: 'pm2.5',
    zone: '+08:00',
  });

/** The independent loop: raise at the limit, clear after two good hours in a row below the band; a gap starts it again. */
export function hoursOf(csv: string): string[] {
  const levels = [
    ['blue', 75],
    ['yellow', 115],
    ['orange', 150],
    ['red', 250],
  ] as const;
  const rows = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  return levels.flatMap(([severity, limit]) => {
    const events: string[] = [];
    let isActive = false;
    let isClearing = false;
    for (const [, year, month, day, hourOfDay, pm25] of rows) {
      const value = pm25 === 'NA' ? Number.NaN : Number(pm25);
      const clears = isActive && value < limit - 10;
      const turns: boolean = value >= limit ? !isActive : clears && isClearing;
      if (turns)
        events.push(`${severity} ${isActive ? 'clears' : 'raises'} ${year}-${month}-${day} ${hourOfDay}h`);
      if (turns) isActive = !isActive;
      isClearing = clears && !turns;
    }
    return events;
  });
}

/** Raise and clear hours per value severity, from the severities that the alert had. */
export function hoursFrom(changes: readonly ObservedChange[], shift: number): string[] {
  const named = (at: number): string => {
    const local = new Date(at - shift + 8 * hour);
    return `${local.getUTCFullYear()}-${local.getUTCMonth() + 1}-${local.getUTCDate()} ${local.getUTCHours()}h`;
  };
  const order: readonly Severity[] = ['blue', 'yellow', 'orange', 'red'];
  return order.flatMap((severity) => {
    const events: string[] = [];
    let isActive = false;
    for (const change of changes) {
      const active = change.change !== 'recovered' && rankOf(change.severity) >= rankOf(severity);
      if (active !== isActive)
        events.push(`${severity} ${active ? 'raises' : 'clears'} ${named(change.phenomenonAt)}`);
      isActive = active;
    }
    return events;
  });
}
