import { readFileSync } from 'node:fs';
import { rankOf, type Severity } from '../../functions/domain/severity.ts';
import { beijingDust, replayDevice } from '../../sensors-sim/replay/device.ts';
import { readSeries } from '../../sensors-sim/replay/series.ts';
import { replayVirtually } from '../../sensors-sim/replay/virtual.ts';
import type { ObservedChange } from '../../sensors-sim/scenario/observed.ts';
import { loadBook } from '../../sensors-sim/virtual/book.ts';

const file = new URL('../../sensors-sim/data/beijing-pm25-30-days.csv', import.meta.url);
const text = readFileSync(file, 'utf8');
const now = Date.parse('2026-03-02T10:25:00Z');
const hour = 3_600_000;

/** The independent loop: raise at the limit, clear after two good hours in a row below the band; a gap starts it again. */
function hoursOf(csv: string): string[] {
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
function hoursFrom(changes: readonly ObservedChange[], shift: number): string[] {
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

const rows = readSeries(text, {
  timeColumns: ['year', 'month', 'day', 'hour'],
  valueColumn: 'pm2.5',
  zone: '+08:00',
});

test('the fixture has 30 days, episodes of each severity and gaps', () => {
  expect(rows.length).toBe(720);
  expect(rows.filter(({ value }) => value === undefined).length).toBe(35);
  const counts = ['blue', 'yellow', 'orange', 'red'].map(
    (severity) => hoursOf(text).filter((line) => line.startsWith(`${severity} raises`)).length,
  );
  expect(counts).toEqual([20, 16, 11, 4]);
});

test('the dust rule raises and clears from the replay in the hours that an independent loop over the CSV finds', async () => {
  const report = await replayVirtually(rows, replayDevice(beijingDust), loadBook(), now);
  expect(report.packs).toBe(2);
  expect(report.errors).toEqual([]);
  const dust = report.changes.filter(({ ruleId }) => ruleId === 'construction.dust.pm25');
  expect(hoursFrom(dust, report.shift)).toEqual(hoursOf(text));
}, 60_000);
