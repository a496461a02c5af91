import {
  type CorrelationState,
  emptyCorrelation,
  type Member,
  type Run,
  type Terms,
} from '../../functions/domain/rules/correlate/state.ts';
import { instant } from '../../functions/domain/time.ts';

/** First and last version, time in ms, rank (-1: recovered). */
export type Row = readonly [first: number, last: number, at: number, rank: number];

export const runsOf = (rows: readonly Row[]): Run[] =>
  rows.map(([first, last, at, rank]) => ({ first, last, at: instant(at), rank }));

export const memberOf = (alertId: string, rows: readonly Row[], more: Partial<Member> = {}): Member => ({
  ...{ slot: 0, alertId, subjectId: alertId, isLinked: false, runs: runsOf(rows) },
  ...more,
});

export const stateOf = (
  members: readonly Member[],
  more: Partial<CorrelationState> = {},
): CorrelationState => ({
  ...emptyCorrelation('count'),
  members,
  ...more,
});

/** One is enough, T is 100 ms, `clearFor` 50 ms. */
export const termsWith = (more: Partial<Terms> = {}): Terms => ({
  ...{ kind: 'count', count: 1, withinMs: 100, clearForMs: 50, rank: 1, role: 'alert' },
  ...more,
});
