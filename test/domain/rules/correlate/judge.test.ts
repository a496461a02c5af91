import {
  judgeCorrelation,
  released,
  severityAt,
} from '../../../../functions/domain/rules/correlate/judge.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { memberOf, stateOf, termsWith } from '../../../support/correlation-states.ts';

const terms = termsWith();
const at = (now: number, watermark?: number) => ({
  now: instant(now),
  watermark: watermark === undefined ? undefined : instant(watermark),
});
/** Counts from 1000 to 2100. */
const gone = memberOf('a', [
  [1, 1, 1_000, 2],
  [2, 2, 2_000, -1],
]);
const open = { from: instant(5_000), at: instant(5_000), rank: 1, area: '-', isMuting: false };
const standing = memberOf('b', [[1, 1, 5_000, 1]]);

describe('semantics 24: an alert begins where people have not been told yet', () => {
  test.each([
    ['before', [[500, 999]], 1_000],
    ['up to its first instant', [[500, 1_000]], 1_000],
    ['into it', [[500, 1_001]], 1_001],
    [
      'into it, and another',
      [
        [500, 1_001],
        [1_200, 1_300],
      ],
      1_300,
    ],
    ['from its last instant', [[2_100, 2_149]], 2_149],
    ['after', [[2_101, 3_000]], 1_000],
  ])('told %s', (_, told, phenomenonAt) => {
    const episodes = told.map(([from = 0, to = 0]) => ({ from, to }));
    const { verdict } = judgeCorrelation(stateOf([gone], { episodes }), terms, at(2_000));
    expect(verdict).toEqual({ change: 'raised', severity: 'blue', phenomenonAt, at: 2_000, marks: [] });
  });

  test('told until clearFor after it, nothing is said and the state is the same', () => {
    const state = stateOf([gone], { episodes: [{ from: 2_100, to: 2_150 }] });
    const judged = judgeCorrelation(state, terms, at(2_000));
    expect(judged.verdict).toBeUndefined();
    expect(judged.state).toBe(state);
  });

  test.each([
    [2_099, []],
    [2_100, []],
    [2_101, ['late']],
  ])('an alert that counted until 2100, judged at %i, has the marks %j', (now, marks) => {
    expect(judgeCorrelation(stateOf([gone]), terms, at(now)).verdict?.marks).toEqual(marks);
  });

  test('it is not late while a second of two untold stretches holds', () => {
    expect(judgeCorrelation(stateOf([gone, standing]), terms, at(9_000)).verdict?.marks).toEqual([]);
  });

  test('a doubt raises when it comes, is used up, and says nothing where people have been told', () => {
    const state = stateOf([], { kind: 'absence', doubts: [instant(5_000)] });
    const absence = termsWith({ kind: 'absence' });
    const raised = judgeCorrelation(state, absence, at(9_000));
    expect(raised.verdict).toMatchObject({ phenomenonAt: 5_000, at: 9_000 });
    expect(raised.state.doubts).toEqual([]);
    const told = judgeCorrelation({ ...state, episodes: [{ from: 4_000, to: 6_000 }] }, absence, at(9_000));
    expect(told).toMatchObject({ verdict: undefined, state: { doubts: [] } });
  });
});

describe('semantics 20: the alert that stands', () => {
  test('begins earlier by what is found late, unless people have been told of that', () => {
    const late = stateOf([gone, standing], { open });
    expect(judgeCorrelation(late, terms, at(6_000)).state.open?.from).toBe(1_000);
    const told = { ...late, episodes: [{ from: 1_000, to: 2_150 }] };
    expect(judgeCorrelation(told, terms, at(6_000)).state.open?.from).toBe(5_000);
  });

  test('ends clearFor after the last that counted, without a mark', () => {
    const one = memberOf('b', [
      [1, 1, 5_000, 1],
      [2, 2, 6_000, -1],
    ]);
    expect(judgeCorrelation(stateOf([one], { open }), terms, at(9_000, 6_150)).verdict).toBeUndefined();
    const { verdict, state } = judgeCorrelation(stateOf([one], { open }), terms, at(9_000, 6_151));
    expect(verdict).toEqual({
      change: 'recovered',
      severity: 'blue',
      phenomenonAt: 6_150,
      at: 6_150,
      marks: [],
    });
    expect(state.episodes).toEqual([{ from: 5_000, to: 6_150 }]);
  });

  test('a rank beyond the gravest is the gravest', () => {
    expect([0, 4, 5].map(severityAt)).toEqual(['signal', 'red', 'red']);
  });
});

describe('semantics 21: a root cause and its children', () => {
  const rootCause = termsWith({ role: 'root-cause' });

  test.each([
    [999, 'yellow'],
    [1_000, 'red'],
  ])('a grave child that counted until %i makes a root cause since 1000 %s', (to, severity) => {
    const grave = memberOf('c', [
      [1, 1, 500, 4],
      [2, 2, to - 100, -1],
    ]);
    const state = stateOf([memberOf('a', [[1, 1, 1_000, 2]]), memberOf('b', [[1, 1, 1_000, 1]]), grave]);
    const { verdict } = judgeCorrelation(state, { ...rootCause, count: 2 }, at(1_000));
    expect(verdict).toMatchObject({ phenomenonAt: 1_000, severity });
  });

  test('what must be missing is no child: it makes nothing graver and is not linked', () => {
    const child = memberOf('a', [[1, 1, 1_000, 2]]);
    const other = memberOf('b', [[1, 1, 1_500, 4]], { slot: 1 });
    const state = stateOf([child, other], { kind: 'absence' });
    const judged = judgeCorrelation(state, { ...rootCause, kind: 'absence' }, at(1_400, 1_400));
    expect(judged.verdict).toMatchObject({ phenomenonAt: 1_100, severity: 'yellow' });
    expect(judged.state.errands).toEqual({ link: ['a'], release: [] });
    expect(judged.state.members).toEqual([{ ...child, isLinked: true }, other]);
  });

  test('only children that stand and are not linked yet are linked, once', () => {
    const linked = memberOf('c', [[1, 1, 1_000, 1]], { isLinked: true });
    const judged = judgeCorrelation(stateOf([gone, standing, linked]), rootCause, at(6_000));
    expect(judged.state.errands.link).toEqual(['b']);
    expect(judged.state.members).toEqual([gone, { ...standing, isLinked: true }, linked]);
    const again = judgeCorrelation(judged.state, rootCause, at(6_000));
    expect(again.state.members).toBe(judged.state.members);
    expect(again.state.errands).toBe(judged.state.errands);
  });

  test('its end releases who stands and was muted, and nobody is linked any more', () => {
    const linked = { ...standing, isLinked: true };
    const state = stateOf([gone, linked], { open: { ...open, isMuting: true } });
    expect(released(state).errands.release).toEqual(['b']);
    expect(released(state).members).toEqual([gone, standing]);
    expect(released({ ...state, open }).errands.release).toEqual([]);
    expect(released({ ...state, open: undefined }).errands.release).toEqual([]);
  });
});
