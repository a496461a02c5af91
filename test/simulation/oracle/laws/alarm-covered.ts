import { episodesFor, isCovered, runOf, widened } from '../facts/cover.ts';
import type { Episode } from '../facts/episodes.ts';
import { type Point, type Watched, watchedBy } from '../facts/points.ts';
import type { Reading } from '../facts/readings.ts';
import { isExact } from '../facts/readings.ts';
import type { Law } from '../law.ts';

/** Runs of readings, in true phenomenon order, that are known true with no known-false between them (semantics 7). */
function runsOf({ points }: Watched): readonly (readonly Reading[])[] {
  const known = points.filter(
    ({ mustBeTrue, reading }) => mustBeTrue && reading.trust === 'yes' && isExact(reading),
  );
  const instants = new Set(known.map(({ reading }) => reading.from));
  // An untrusted value contradicts nothing; of two values of one instant the graver counts (semantics 6, 10).
  const against = points.filter(
    ({ mayBeFalse, reading }) =>
      mayBeFalse && reading.trust !== 'no' && !(isExact(reading) && instants.has(reading.from)),
  );
  const runs: Reading[][] = [];
  let last: Point | undefined;
  for (const point of known) {
    const from = last?.reading.from ?? 0;
    const { from: to } = point.reading;
    const isBroken =
      last === undefined || against.some(({ reading }) => reading.to >= from && reading.from <= to);
    if (isBroken) runs.push([point.reading]);
    else runs.at(-1)?.push(point.reading);
    last = point;
  }
  return runs;
}

/**
 * No alarm is lost: every run of accepted readings on which `when` is known true for as long as `for` says is covered by an
 * episode at least as severe, in whatever order it came (semantics 7, 9, 24). What cannot be trusted raises too (10, 11).
 */
export const alarmCovered: Law = {
  name: 'alarm-covered',
  check: (view) =>
    watchedBy(view, 'value').flatMap((watched) => {
      const { rule, severity, sensor, points } = watched;
      if (severity.times !== undefined) return [];
      const long = runsOf(watched).filter((run) => {
        const { from, to } = runOf(run);
        return to - from >= severity.forMs;
      });
      const doubtful =
        severity.forMs > 0
          ? []
          : points
              .filter(
                ({ mustBeTrue, reading }) => mustBeTrue && (reading.trust !== 'yes' || !isExact(reading)),
              )
              .map(({ reading }) => [reading]);
      const must = [...long, ...doubtful];
      if (must.length === 0) return [];
      const episodes = widened(episodesFor(view, watched), must.map(runOf));
      return must.flatMap((readings) => {
        const run = runOf(readings);
        // What cannot be trusted proves no time either: enough that people had been told when it was handled.
        const isStanding = ({ writtenFrom, writtenTo }: Episode): boolean =>
          writtenFrom <= run.done && writtenTo >= run.taken;
        const isTold =
          isCovered(view, watched, run, episodes) || (!long.includes(readings) && episodes.some(isStanding));
        if (isTold) return [];
        const what = `${rule.ruleId} on ${sensor}: ${readings.length} readings from ${run.from} to ${run.to} are ${severity.severity} and nobody was told`;
        return [{ what, at: run.from }];
      });
    }),
};
