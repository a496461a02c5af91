/** Alerts as bands on the axis of time: one stretch for each severity that an alert had. */
import type { Severity } from '../../../functions/domain/severity.ts';
import type { Episode } from '../episodes.ts';

export interface Band {
  readonly from: number;
  readonly until: number;
  readonly severity: Severity;
  readonly isStale: boolean;
}

/** The stretches of `episode` in order; one that stands reaches to `endAt`. */
export function bandsOf(episode: Episode, endAt: number): readonly Band[] {
  const { steps } = episode;
  return steps.flatMap((step, i) => {
    if (step.change === 'recovered') return [];
    const until = Math.max(step.at, steps[i + 1]?.at ?? episode.until ?? endAt);
    return [{ from: step.at, until, severity: step.severity, isStale: step.condition === 'stale' }];
  });
}

/** One row of bands under a chart. */
export interface BandRow {
  readonly name: string;
  readonly bands: readonly Band[];
  /** Shown behind the readings too: a rule on the values, under the new book. */
  readonly isTint: boolean;
}

/**
 * A row for each rule that had alerts; with an old book a second one for what that would have said.
 *
 * @param before alerts of the old book; `undefined` when there is none
 */
export function bandRows(
  after: readonly Episode[],
  before: readonly Episode[] | undefined,
  endAt: number,
): readonly BandRow[] {
  const rules = [...new Set([...after, ...(before ?? [])].map(({ ruleId }) => ruleId))].sort();
  const rowOf = (ruleId: string, of: '' | ' · old' | ' · new', episodes: readonly Episode[]): BandRow => ({
    name: `${ruleId}${of}`,
    bands: episodes.filter((one) => one.ruleId === ruleId).flatMap((one) => bandsOf(one, endAt)),
    isTint: of !== ' · old' && !ruleId.startsWith('data.'),
  });
  return rules.flatMap((ruleId) =>
    before === undefined
      ? [rowOf(ruleId, '', after)]
      : [rowOf(ruleId, ' · old', before), rowOf(ruleId, ' · new', after)],
  );
}
