import { bounded, raiseFloor } from '../../../../functions/domain/rules/correlate/bounds.ts';
import { memberText } from '../../../../functions/domain/rules/correlate/codec.ts';
import {
  memberBytesMax,
  memberCountMax,
  runCountMax,
} from '../../../../functions/domain/rules/correlate/state.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { memberOf, type Row, runsOf, stateOf, termsWith } from '../../../support/correlation-states.ts';

const terms = termsWith();
const many = (count: number, rows: readonly Row[], names = { alert: 5, subject: 5 }) =>
  Array.from({ length: count }, (_, index) => {
    const name = String(100 + index);
    return memberOf(name.padEnd(names.alert, 'x'), rows, { subjectId: name.padEnd(names.subject, 'x') });
  });

describe('semantics 20: what is left of a member when the floor rises', () => {
  const twice: Row[] = [
    [1, 1, 500, 0],
    [2, 2, 600, -1],
    [3, 3, 1_000, 0],
  ];
  const led: Row[] = [
    [2, 2, 100, -1],
    [3, 3, 500, 0],
    [4, 4, 600, -1],
    [5, 5, 1_000, 0],
  ];
  const gap: Row[] = [
    [1, 1, 500, 0],
    [3, 3, 550, 0],
    [4, 4, 600, -1],
    [5, 5, 1_000, 0],
  ];
  const once: Row[] = [
    [1, 1, 500, 0],
    [2, 2, 600, -1],
  ];
  const over: Row[] = [[2, 2, 600, -1]];

  test.each<[string, Row[], number, Row[] | undefined]>([
    ['two episodes, the first ends after it', twice, 699, twice],
    ['the first ends at it', twice, 700, [[1, 3, 1_000, 0]]],
    ['the first ends before it', twice, 701, [[1, 3, 1_000, 0]]],
    ['a recovery comes first, all after it', led, 699, led],
    ['a recovery comes first, the episode ends at it', led, 700, [[2, 5, 1_000, 0]]],
    ['versions are missing in the first', gap, 700, [[1, 5, 1_000, 0]]],
    ['one episode, it ends after it', once, 699, once],
    ['one episode, it ends at it', once, 700, undefined],
    ['one episode, it ends before it', once, 701, undefined],
    ['only a recovery, it counts after it', over, 699, over],
    ['only a recovery, it counts no more at it', over, 700, undefined],
  ])('%s', (_, rows, floor, left) => {
    const raised = raiseFloor(stateOf([memberOf('a', rows)]), instant(floor), terms);
    // The versions that were forgotten still count as known.
    expect(raised.members).toEqual(left === undefined ? [] : [memberOf('a', left)]);
  });
});

describe('semantics 20: what nobody was told of when the floor rises', () => {
  const one = stateOf([memberOf('a', [[1, 1, 1_000, 0]])]);

  test.each([
    [999, []],
    [1_000, [1_000]],
    [1_001, [1_000]],
  ])('with the floor at %i a stretch since 1000 leaves the doubts %j', (floor, doubts) => {
    const raised = raiseFloor(one, instant(floor), terms);
    expect(raised).toMatchObject({ floor, doubts, heldUntil: 0 });
  });

  test('while an alert stands there is no doubt, and it stands until clearFor after the floor', () => {
    const open = { from: instant(900), at: instant(900), rank: 1, area: '-', isMuting: false };
    const raised = raiseFloor({ ...one, open }, instant(2_000), terms);
    expect(raised).toMatchObject({ floor: 2_000, doubts: [], heldUntil: 2_050 });
  });

  test('a floor that does not rise changes nothing', () => {
    const state = { ...one, floor: instant(2_000) };
    expect(raiseFloor(state, instant(2_000), terms)).toBe(state);
  });
});

describe('semantics 20: who is forgotten', () => {
  test('of too many those that ended at or before the floor go first, and the floor stays', () => {
    const ended = (name: string, end: number) => memberOf(name, [[2, 2, end - 100, -1]]);
    const kept = [ended('z', 1_001), ...many(memberCountMax - 1, [[1, 1, 2_000, 0]])];
    const state = stateOf([ended('x', 900), ended('y', 1_000), ...kept], { floor: instant(1_000) });
    const left = bounded(state, terms);
    expect(left.members).toEqual(kept);
    expect(left.floor).toBe(1_000);
  });

  test('of those that have stood equally long the first by name', () => {
    const all = many(memberCountMax + 1, [[1, 1, 2_000, 0]]);
    expect(bounded(stateOf(all), termsWith({ count: 90 })).members).toEqual(all.slice(1));
  });

  const late = 1_700_000_000_000;
  const busy = Array.from({ length: runCountMax }, (_, at): Row => [at + 1, at + 1, late, at % 2 ? -1 : 1]);
  test.each<[string, Row[], number, number]>([
    ['long names of alerts', [[1, 1, late, 1]], 140, 3],
    ['long names of subjects', [[1, 1, late, 1]], 3, 140],
    ['high versions', [[100, 100, late, 1]], 37, 37],
    ['many runs', busy, 10, 10],
  ])('%s leave room for fewer', (_, rows, alert, subject) => {
    const all = many(memberCountMax, rows, { alert, subject });
    expect(Buffer.byteLength(memberText(all))).toBeGreaterThan(memberBytesMax);
    const { members } = bounded(stateOf(all), termsWith({ count: 90 }));
    expect(Buffer.byteLength(memberText(members))).toBeLessThanOrEqual(memberBytesMax);
  });

  test.each([
    [0, 20],
    [1, 19],
  ])('%i beside the most bytes: %i are kept', (beside, kept) => {
    const some = many(20, [[1, 1, late, 1]], { alert: 100, subject: 100 });
    const rest = memberBytesMax + beside - Buffer.byteLength(memberText(some));
    const [first, ...others] = some;
    const fitted = memberOf('1'.repeat(100 + rest), [[1, 1, late, 1]], { subjectId: first?.subjectId ?? '' });
    const all = [fitted, ...others];
    expect(Buffer.byteLength(memberText(all))).toBe(memberBytesMax + beside);
    expect(bounded(stateOf(all), termsWith({ count: 90 })).members).toHaveLength(kept);
  });
});

describe('semantics 20: a member with too many runs', () => {
  const gaps = Array.from({ length: runCountMax - 1 }, (_, at): Row => [6 + 2 * at, 6 + 2 * at, 3_000, 1]);

  test.each<[string, Row[], number, Row]>([
    [
      'recoveries with gaps',
      [
        [2, 2, 100, -1],
        [4, 4, 200, -1],
      ],
      0,
      [2, 4, 100, -1],
    ],
    [
      'an episode that ended before the floor',
      [
        [2, 2, 100, 1],
        [4, 4, 200, -1],
      ],
      400,
      [2, 4, 100, 1],
    ],
    [
      'an episode that ended at the floor',
      [
        [2, 2, 100, 1],
        [4, 4, 200, -1],
      ],
      300,
      [2, 4, 100, 1],
    ],
  ])('that begins with %s: the two oldest become one', (_, oldest, floor, joined) => {
    const state = stateOf([memberOf('a', [...oldest, ...gaps])], { floor: instant(floor) });
    const left = bounded(state, termsWith({ count: 90 }));
    expect(left.members[0]?.runs).toEqual(runsOf([joined, ...gaps]));
    expect(left.floor).toBe(floor);
  });
});
