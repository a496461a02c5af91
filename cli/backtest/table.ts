/** What a backtest found, for a terminal. */
import type { Severity } from '../../functions/domain/severity.ts';
import type { DifferenceRow, EpisodeRow, Match } from './compare-books.ts';
import { differences } from './compare-books.ts';
import type { Episode } from './episodes.ts';
import type { Zone } from './input/zone.ts';

/** Alerts that are listed one by one unless somebody asks for all. */
export const listedMax = 20;

/** Columns as wide as their widest cell; numbers to the right. */
export function tableText(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  const cells = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const isNumber = header.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumber[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** @example timeText(0, utc) // '1970-01-01 00:00:00' */
export const timeText = (at: number, zone: Zone): string =>
  new Date(zone.wallOf(at)).toISOString().slice(0, 19).replace('T', ' ');

const gravestFirst: readonly Severity[] = ['red', 'orange', 'yellow', 'blue', 'signal'];

const peaksText = (byPeak: EpisodeRow['byPeak']): string =>
  gravestFirst
    .flatMap((severity) => (byPeak[severity] === undefined ? [] : [`${byPeak[severity]} ${severity}`]))
    .join(', ');

export const episodeTable = (rows: readonly EpisodeRow[]): readonly string[] =>
  tableText(
    ['rule', 'enterprise', 'alerts', 'gravest', 'still standing'],
    rows.map(({ ruleId, enterpriseId, alerts, byPeak, standing }) => [
      ruleId,
      enterpriseId,
      alerts,
      peaksText(byPeak),
      standing,
    ]),
  );

export const differenceTable = (rows: readonly DifferenceRow[]): readonly string[] =>
  tableText(
    ['rule', 'enterprise', 'old', 'new', ...differences, 'same'],
    rows.map((row) => [
      row.ruleId,
      row.enterpriseId,
      row.before,
      row.after,
      ...differences.map((difference) => row[difference]),
      row.same,
    ]),
  );

const whole = (episodes: readonly Episode[], zone: Zone): string => {
  const [first] = episodes;
  if (first === undefined) return '-';
  const last = episodes.at(-1) ?? first;
  const more = episodes.length > 1 ? ` (${episodes.length} alerts)` : '';
  const reached = first.steps
    .filter(({ change }) => change === 'raised' || change === 'severity-up')
    .map(({ severity, at }) => `${severity} ${timeText(at, zone)}`);
  const until = last.until === undefined ? 'still standing' : `until ${timeText(last.until, zone)}`;
  return `${reached.join(', ')}, ${until}${more}`;
};

export function matchLines(
  { ruleId, deviceId, sensorId, before, after, differences: found }: Match,
  zone: Zone,
): readonly string[] {
  return [
    `${found.join(', ')}: ${ruleId} on ${deviceId}/${sensorId}`,
    `    old: ${whole(before, zone)}`,
    `    new: ${whole(after, zone)}`,
  ];
}

export function episodeLine(episode: Episode, zone: Zone): string {
  const { ruleId, deviceId, sensorId, steps } = episode;
  const [first] = steps;
  const value = first?.value === undefined ? '' : ` at ${first.value}`;
  return `${ruleId} on ${deviceId}/${sensorId}: ${whole([episode], zone)}${value}`;
}
