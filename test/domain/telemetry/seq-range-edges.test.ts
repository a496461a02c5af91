import { placeOf, withoutLowest, withSeq } from '../../../functions/domain/telemetry/seq-ranges.ts';

test('a set that holds a seq stays the same', () => {
  const ranges = [
    { from: 1, to: 3 },
    { from: 5, to: 9 },
  ];
  for (const seq of [1, 2, 3, 5, 9]) expect(withSeq(ranges, seq)).toBe(ranges);
});

test.each([
  [[], 5, [{ from: 5, to: 5 }]],
  [[{ from: 1, to: 3 }], 4, [{ from: 1, to: 4 }]],
  [[{ from: 1, to: 3 }], 0, [{ from: 0, to: 3 }]],
  [
    [{ from: 1, to: 3 }],
    5,
    [
      { from: 1, to: 3 },
      { from: 5, to: 5 },
    ],
  ],
  [
    [
      { from: 1, to: 3 },
      { from: 5, to: 9 },
    ],
    4,
    [{ from: 1, to: 9 }],
  ],
  [
    [
      { from: 1, to: 3 },
      { from: 5, to: 9 },
    ],
    10,
    [
      { from: 1, to: 3 },
      { from: 5, to: 10 },
    ],
  ],
])('with one more, %j and %i is %j', (ranges, seq, expected) => {
  expect(withSeq(ranges, seq)).toStrictEqual(expected);
});

test('the lowest number is taken away, the empty set has none', () => {
  expect(withoutLowest([])).toEqual([]);
  expect(withoutLowest([{ from: 1, to: 1 }])).toEqual([]);
  expect(withoutLowest([{ from: 1, to: 2 }])).toEqual([{ from: 2, to: 2 }]);
  expect(
    withoutLowest([
      { from: 1, to: 2 },
      { from: 4, to: 5 },
    ]),
  ).toEqual([
    { from: 2, to: 2 },
    { from: 4, to: 5 },
  ]);
});

test('the place of a number is how many lie below it', () => {
  const ranges = [
    { from: 2, to: 3 },
    { from: 6, to: 6 },
  ];
  expect([1, 2, 3, 4, 6, 7].map((seq) => placeOf(ranges, seq))).toEqual([
    { below: 0, isIn: false },
    { below: 0, isIn: true },
    { below: 1, isIn: true },
    { below: 2, isIn: false },
    { below: 2, isIn: true },
    { below: 3, isIn: false },
  ]);
});
