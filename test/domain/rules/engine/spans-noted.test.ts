import {
  addFalse,
  addTrue,
  type Known,
  type Spans,
  spanAgeMaxMs,
  spanKinds,
  spansMax,
} from '../../../../functions/domain/rules/engine/spans.ts';

const { isFalse: F, isTrue: T, held: H, untrusted: U } = spanKinds;

const knownOf = (...spans: Spans): Known => ({ spans, forgottenTo: -1 });

test.each<[string, Spans, number, typeof T | typeof H | typeof U, Spans]>([
  ['a plain one inside a held stretch splits it', [H, 1, 20], 10, T, [H, 1, 10, T, 10, 10, H, 10, 20]],
  ['one at its beginning lies before it', [H, 1, 20], 1, T, [T, 1, 1, H, 1, 20]],
  ['one at its end lies after it', [H, 1, 20], 20, T, [H, 1, 20, T, 20, 20]],
  ['one at the only instant of a held stretch takes its place', [H, 5, 5], 5, T, [T, 5, 5]],
  ['a trusted one inside an untrusted stretch splits it', [U, 1, 9], 5, H, [U, 1, 5, H, 5, 5, U, 5, 9]],
  ['a held one inside a plain stretch says nothing new', [T, 1, 20], 10, H, [T, 1, 20]],
  ['an untrusted one inside a held stretch says nothing new', [H, 1, 20], 10, U, [H, 1, 20]],
  ['one inside leaves the normals after it', [T, 1, 10, F, 20, 30], 5, T, [T, 1, 10, F, 20, 30]],
  ['one at the end leaves the normals after it', [T, 1, 10, F, 20, 30], 10, T, [T, 1, 10, F, 20, 30]],
  [
    'a held one where a plain one split it leaves the plain one',
    [H, 1, 10, T, 10, 10, H, 10, 20],
    10,
    H,
    [H, 1, 10, T, 10, 10, H, 10, 20],
  ],
  [
    'one at the normal that split a stretch makes it whole',
    [T, 1, 15, F, 15, 15, T, 15, 20],
    15,
    T,
    [T, 1, 20],
  ],
  [
    'a plain one at the normal that split a held stretch makes it whole',
    [H, 0, 15, F, 15, 15, H, 15, 20],
    15,
    T,
    [H, 0, 15, T, 15, 15, H, 15, 20],
  ],
  [
    'one at the first of several normals leaves the last',
    [T, 1, 15, F, 15, 18],
    15,
    T,
    [T, 1, 15, F, 18, 18],
  ],
  ['one at the first normal', [F, 1, 9], 1, T, [T, 1, 1, F, 9, 9]],
  ['one at the last normal', [F, 1, 9], 9, T, [F, 1, 1, T, 9, 9]],
  ['one before all of them', [F, 5, 9], 1, T, [T, 1, 1, F, 5, 9]],
  ['one before a stretch of its kind joins it', [F, 1, 2, T, 9, 9], 5, T, [F, 1, 2, T, 5, 9]],
])('semantics 6, 9: of breaches %s', (_, spans, t, kind, expected) => {
  const known = knownOf(...spans);
  addTrue(known, t, kind);
  expect(known.spans).toEqual(expected);
});

test.each<[string, Spans, number, Spans]>([
  ['inside a true stretch splits it', [T, 1, 20], 10, [T, 1, 10, F, 10, 10, T, 10, 20]],
  ['inside a held stretch splits it into held ones', [H, 1, 20], 10, [H, 1, 10, F, 10, 10, H, 10, 20]],
  ['at the first instant of a breach gives way', [T, 1, 20], 1, [T, 1, 20]],
  ['at the last instant of a breach gives way', [T, 1, 20], 20, [T, 1, 20]],
  ['inside known-false says nothing new', [F, 1, 20], 10, [F, 1, 20]],
  ['between known-false and a breach joins the known-false', [F, 1, 1, T, 9, 9], 5, [F, 1, 5, T, 9, 9]],
  ['between a breach and known-false joins the known-false', [T, 1, 1, F, 9, 9], 5, [T, 1, 1, F, 5, 9]],
])('semantics 6, 9: a normal %s', (_, spans, t, expected) => {
  const known = knownOf(...spans);
  addFalse(known, t);
  expect(known.spans).toEqual(expected);
});

test.each<[string, Spans, number, typeof T | typeof H, Spans]>([
  ['one stretch when only untrusted ones lie between', [T, 1, 2, U, 5, 5], 10, T, [T, 1, 10]],
  ['one stretch of held ones likewise', [H, 1, 2, U, 5, 5], 10, H, [H, 1, 10]],
  [
    'one stretch over both untrusted ones around it',
    [T, 1, 2, U, 5, 5, H, 10, 10, U, 15, 15, T, 20, 20],
    10,
    T,
    [T, 1, 20],
  ],
  ['two where a held one is the other', [H, 1, 2, U, 5, 5], 10, T, [H, 1, 2, U, 5, 5, T, 10, 10]],
  ['two where a held one lies between', [T, 1, 2, H, 5, 5], 10, T, [T, 1, 2, H, 5, 5, T, 10, 10]],
  ['two where a normal lies between', [T, 1, 2, F, 5, 5], 10, T, [T, 1, 2, F, 5, 5, T, 10, 10]],
  [
    'one of their own after known-false and an untrusted one',
    [F, 1, 2, U, 5, 5],
    10,
    T,
    [F, 1, 2, U, 5, 5, T, 10, 10],
  ],
])('semantics 10: breaches that follow one another are %s', (_, spans, t, kind, expected) => {
  const known = knownOf(...spans);
  addTrue(known, t, kind);
  expect(known.spans).toEqual(expected);
});

test('semantics 10: an untrusted breach between two normals keeps them apart', () => {
  const known = knownOf(F, 1, 1, U, 5, 5);
  addFalse(known, 9);
  expect(known.spans).toEqual([F, 1, 1, U, 5, 5, F, 9, 9]);
});

test('semantics 9, 10: the time of an untrusted breach lets nothing be forgotten', () => {
  const known = knownOf(T, 1, 1, F, 2, 2);
  addTrue(known, spanAgeMaxMs + 1_000, U);
  expect(known.spans).toEqual([T, 1, 1, F, 2, 2, U, spanAgeMaxMs + 1_000, spanAgeMaxMs + 1_000]);
});

test('semantics 9, 10: behind an untrusted breach the newest trusted reading says what is forgotten', () => {
  const newest = spanAgeMaxMs + 100;
  const known = knownOf(T, 1, 1, F, 99, 99, T, 100, 100, F, 101, 101, T, newest, newest);
  addTrue(known, newest + 5, U);
  expect(known.spans).toEqual([T, 100, 100, F, 101, 101, T, newest, newest, U, newest + 5, newest + 5]);
});

test('semantics 9: as many stretches as are kept are all kept, of one more the oldest known-false is forgotten', () => {
  const known = knownOf();
  for (let t = 1; t <= spansMax; t++)
    if (t % 2 === 0) addFalse(known, t);
    else addTrue(known, t, T);
  expect([known.spans.length, known.forgottenTo]).toEqual([3 * spansMax, -1]);
  addFalse(known, spansMax + 1);
  expect([known.spans.slice(0, 6), known.forgottenTo]).toEqual([[T, 1, 3, F, 4, 4], 2]);
});
