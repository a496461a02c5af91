import { isCovered } from '../../../../functions/domain/rules/correlate/covers.ts';
import {
  endOf,
  type Fact,
  isStanding,
  withFact,
} from '../../../../functions/domain/rules/correlate/members.ts';
import type { CorrelationState } from '../../../../functions/domain/rules/correlate/state.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { memberOf, type Row, runsOf, stateOf } from '../../../support/correlation-states.ts';

type Version = readonly [version: number, at: number, rank: number];

const factOf = ([version, at, rank]: Version): Fact => ({
  ...{ slot: 0, alertId: 'a', subjectId: 'a', version, at: instant(at), rank },
  place: { area: '220104', enterpriseId: 'ent-1', siteId: 'site-1' },
});
const withAll = (versions: readonly Version[], state: CorrelationState = stateOf([])): CorrelationState =>
  versions.reduce((before, version) => withFact(before, factOf(version), 100), state);

const stood: Version = [1, 10, 0];
const stands: Version = [2, 20, 0];
const recovered: Version = [2, 20, -1];
const again: Version = [3, 30, 0];
const still: Version = [3, 30, -1];

describe('semantics 20: the versions of a member', () => {
  test.each<[string, Version[], Row[]]>([
    ['two that stood are one run', [stood, stands], [[1, 2, 10, 0]]],
    ['in the other order too', [stands, stood], [[1, 2, 10, 0]]],
    ['two recoveries are one run', [recovered, still], [[2, 3, 20, -1]]],
    ['in the other order as well', [still, recovered], [[2, 3, 20, -1]]],
    [
      'a raise and its recovery are two',
      [stood, recovered],
      [
        [1, 1, 10, 0],
        [2, 2, 20, -1],
      ],
    ],
    [
      'a missing version keeps them apart',
      [again, stood],
      [
        [1, 1, 10, 0],
        [3, 3, 30, 0],
      ],
    ],
    ['a version between joins all', [again, stood, stands], [[1, 3, 10, 0]]],
    [
      'a recovery between is a third',
      [again, stood, recovered],
      [
        [1, 1, 10, 0],
        [2, 2, 20, -1],
        [3, 3, 30, 0],
      ],
    ],
    ['what never stood is left out', [[1, 10, -1], stands], [[2, 2, 20, 0]]],
    ['also when it comes last', [stands, [1, 10, -1]], [[2, 2, 20, 0]]],
  ])('%s', (_, versions, rows) => {
    expect(withAll(versions).members).toEqual([memberOf('a', rows)]);
  });

  test('an alert that did not stand in its first versions is no member', () => {
    expect(withAll([[1, 10, -1]]).members).toEqual([]);
    expect(withAll([recovered, [1, 10, -1]]).members).toEqual([]);
  });

  test.each<[string, Version[], number[]]>([
    ['a raise at the floor', [[1, 1_000, 0]], [1_000]],
    ['a raise after it', [[1, 1_001, 0]], []],
    ['a recovery', [[2, 900, -1]], []],
    [
      'a version within a run',
      [
        [1, 1_001, 0],
        [2, 900, 0],
      ],
      [],
    ],
    [
      'a second raise',
      [
        [1, 1_001, 0],
        [2, 1_002, -1],
        [3, 900, 0],
      ],
      [900],
    ],
  ])('with the floor at 1000, doubts after %s', (_, versions, doubts) => {
    expect(withAll(versions, stateOf([], { floor: instant(1_000) })).doubts).toEqual(doubts);
  });

  test.each<[string, Row[], boolean, number]>([
    ['stands in the lightest rank', [[1, 1, 500, 0]], true, Number.POSITIVE_INFINITY],
    ['is known by nothing', [], false, Number.POSITIVE_INFINITY],
    ['is known by a recovery', [[2, 2, 500, -1]], false, 600],
    [
      'recovered before it was raised',
      [
        [1, 1, 1_000, 0],
        [2, 2, 500, -1],
      ],
      false,
      1_100,
    ],
    [
      'recovered twice',
      [
        [1, 1, 100, 0],
        [2, 2, 200, -1],
        [4, 4, 700, -1],
      ],
      false,
      800,
    ],
  ])('a member that %s: whether it stands and when it ends', (_, rows, stands, end) => {
    const member = { ...memberOf('a', []), runs: runsOf(rows) };
    expect(isStanding(member)).toBe(stands);
    expect(endOf(member, 100)).toBe(end);
  });
});

test.each([
  [200, 250, true],
  [201, 250, false],
  [0, 249, false],
  [0, 250, true],
])(
  'semantics 24: an alert from %i to %i tells of a stretch from 100 to 200 with clearFor 50: %s',
  (from, to, isTold) => {
    expect(isCovered({ from: 100, to: 200 }, [{ from, to }], 50)).toBe(isTold);
  },
);
