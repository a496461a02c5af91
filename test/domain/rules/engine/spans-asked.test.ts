import {
  beginningOf,
  isFalseThrough,
  lastTrueAt,
  runAt,
  type Spans,
  spanKinds,
  trueStretchAt,
} from '../../../../functions/domain/rules/engine/spans.ts';

const { isFalse: F, isTrue: T, held: H, untrusted: U } = spanKinds;

test.each([
  [4, undefined],
  [5, { from: 5, to: 9 }],
  [9, { from: 5, to: 9 }],
  [10, undefined],
  [12, undefined],
  [15, { from: 15, to: 15 }],
  [16, undefined],
])('semantics 9: of breaches from 5 to 9 and at 15 the one that reaches over %i', (t, expected) => {
  expect(trueStretchAt([F, 1, 4, T, 5, 9, F, 12, 12, H, 15, 15], t)).toEqual(expected);
});

test('semantics 9: over what nobody knows no breach reaches', () => {
  expect(trueStretchAt([], 5)).toBeUndefined();
});

test.each([
  [5, 9, true],
  [6, 8, true],
  [4, 9, false],
  [5, 10, false],
  [1, 2, false],
  [11, 13, false],
  [5, 13, false],
  [20, 21, false],
])('semantics 24: of normals from 5 to 9 alone, from %i to %i all is false: %s', (from, to, expected) => {
  expect(isFalseThrough([T, 1, 3, F, 5, 9, T, 11, 13], from, to)).toBe(expected);
});

const breaches: Spans = [F, 1, 2, U, 5, 6, T, 10, 12, H, 20, 25, F, 30, 40, T, 50, 50];

test.each([
  [20, true, { from: 5, to: 25, plainAt: 12, falseAt: 30, falseBefore: 2 }],
  [20, false, { from: 10, to: 25, plainAt: 12, falseAt: 30, falseBefore: 2 }],
  [5, false, { from: 5, to: 25, plainAt: 12, falseAt: 30, falseBefore: 2 }],
  [50, true, { from: 50, to: 50, plainAt: 50, falseAt: undefined, falseBefore: 40 }],
])('semantics 9, 10: the run that holds %i, untrusted ones counted: %s', (t, withUntrusted, expected) => {
  expect(runAt(breaches, t, withUntrusted)).toEqual(expected);
});

test('semantics 9: a run before which nothing is known follows no normal, whatever it is made of', () => {
  expect(runAt([H, 5, 6, T, 8, 8, H, 9, 12], 9, false)).toEqual({
    from: 5,
    to: 12,
    plainAt: 8,
    falseAt: undefined,
    falseBefore: undefined,
  });
});

test.each([
  [4, 5],
  [5, 8],
  [6, 8],
])(
  'semantics 9: with normals forgotten up to %i a breach at 8 in a run from 5 began at %i',
  (forgottenTo, began) => {
    const spans: Spans = [T, 5, 9];
    expect(beginningOf({ spans, forgottenTo }, runAt(spans, 8, false), 8)).toBe(began);
  },
);

test.each<[Spans, number | undefined]>([
  [[T, 1, 3, F, 5, 6], 3],
  [[T, 1, 3, U, 5, 6], 3],
  [[T, 1, 3, H, 5, 6, U, 8, 8, F, 9, 9], 6],
  [[U, 5, 6, F, 8, 9], undefined],
  [[], undefined],
])('semantics 10: of %j the newest trusted breach is at %s', (spans, expected) => {
  expect(lastTrueAt(spans)).toBe(expected);
});
