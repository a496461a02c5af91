import { type LoggedReading, packReadingsMax } from '../device/pack.ts';
import { SimError } from '../sim-error.ts';
import type { RecordedRow } from './series.ts';

const hourMs = 3_600_000;

/** Oldest reading that the platform takes, less a margin for the time that a replay needs. */
export const backlogAgeMaxMs = 31 * 24 * hourMs - hourMs;

/** The sensor that a series becomes. */
export interface ReplaySensor {
  readonly sensorId: string;
  readonly unit: string;
}

/**
 * By how much a series moves so that its last record is now: whole hours, so that every record keeps
 * its minute, and never into the future.
 */
export const shiftOf = (rows: readonly RecordedRow[], now: number): number => {
  const last = rows.at(-1)?.at ?? now;
  return Math.floor((now - last) / hourMs) * hourMs;
};

/**
 * The series as the backlog of a logger that was out of reach until `now`, in packs in order of time.
 *
 * A row without a value becomes a record with quality `fault` and no value: the logger was alive, its
 * instrument had nothing to tell. @throws SimError when the oldest record would be refused for its age
 */
export function backlogOf(
  rows: readonly RecordedRow[],
  sensor: ReplaySensor,
  now: number,
): LoggedReading[][] {
  const shift = shiftOf(rows, now);
  const oldest = (rows[0]?.at ?? now) + shift;
  if (now - oldest > backlogAgeMaxMs) {
    const days = Math.ceil((now - oldest) / (24 * hourMs));
    throw new SimError(
      `the series spans ${days} days; the platform takes records of at most 31 days: cut it to 30`,
    );
  }
  const readings = rows.map(({ at, value }): LoggedReading => {
    const base = { ...sensor, at: at + shift, value };
    return value === undefined ? { ...base, quality: 'fault' } : base;
  });
  const packs: LoggedReading[][] = [];
  for (let from = 0; from < readings.length; from += packReadingsMax)
    packs.push(readings.slice(from, from + packReadingsMax));
  return packs;
}
