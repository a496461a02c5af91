import { keyOf, type WindowShape } from '../../../../functions/domain/rules/windows/shape.ts';
import { hour, shapeWith } from '../../../support/engine/rings.ts';

const minute = 60_000;

test.each([
  [['count'], []],
  [['avg'], ['sum']],
  [['twa'], ['sum', 'last']],
  [['min'], ['min']],
  [['max'], ['max']],
  [['stddev'], ['sum', 'anchor', 'squares']],
  [['delta'], ['first', 'last']],
  [['rate'], ['first', 'last']],
  [['slope'], ['sum', 'first', 'last']],
] as const)('semantics 29: %p needs %p of a bucket', (functions, fields) => {
  const shape = shapeWith(functions, 10 * minute);
  expect(shape.fields).toEqual(fields);
  expect(shape.stride).toBe(fields.length + 3);
  expect(shape.offsets).toEqual(fields.map((_, i) => i + 3));
  expect(shape.wholeUnits).toEqual(fields.map(() => 1));
});

test('semantics 29: what is not kept lies nowhere; squares have twice the places to spare', () => {
  const shape = shapeWith(['stddev'], 10 * minute);
  expect(shape.at).toEqual({ sum: 3, min: -1, max: -1, first: -1, last: -1, anchor: 4, squares: 5 });
  expect(shape.shortUnits).toEqual([1_000, 1_000, 1_000_000]);
});

const sizes = ({ gridMs, span, capacity, spare, before }: WindowShape): readonly number[] => [
  gridMs,
  span,
  capacity,
  spare,
  before,
];

test.each([
  // The window, the bucket under way and a quarter for what is late; then what a function asks before it.
  ['avg', 10 * minute, {}, [30_000, 20, 26, 5, 0]],
  ['twa', 10 * minute, {}, [30_000, 20, 31, 5, 5]],
  ['delta', 10 * minute, {}, [30_000, 20, 46, 5, 0]],
  ['rate', 10 * minute, {}, [30_000, 20, 46, 5, 0]],
  ['avg', 19_999, {}, [1_000, 20, 26, 5, 0]],
  ['avg', 20_001, {}, [1_001, 20, 26, 5, 0]],
  ['avg', 1_000, {}, [1_000, 1, 3, 1, 0]],
  ['avg', hour, { backMs: 10 * minute }, [180_000, 20, 30, 5, 0]],
  ['avg', minute, { backMs: 59 * minute }, [60_000, 1, 62, 1, 0]],
  ['avg', 24 * hour, { dayIn: 'Asia/Shanghai' }, [72 * minute, 21, 28, 6, 0]],
] as const)('semantics 17: a window for %s of %d ms %p is cut into %p', (fn, lengthMs, more, cut) => {
  expect(sizes(shapeWith([fn], lengthMs, more))).toEqual(cut);
});

test('semantics 23: windows share a ring only if they are the same window of the same quantity', () => {
  const different = [
    shapeWith(['avg'], 24 * hour),
    shapeWith(['avg'], 23 * hour),
    shapeWith(['avg', 'min'], 24 * hour),
    shapeWith(['avg'], 24 * hour, { backMs: hour }),
    shapeWith(['avg'], 24 * hour, { dayIn: 'Asia/Shanghai' }),
    shapeWith(['avg'], 24 * hour, { dayIn: 'Europe/Berlin' }),
    // Their figures written one after another are the same.
    shapeWith(['avg'], 111, { backMs: 11 }),
    shapeWith(['avg'], 11, { backMs: 111 }),
  ];
  expect(new Set(different.map(keyOf)).size).toBe(different.length);
  expect(keyOf(shapeWith(['delta', 'count'], hour))).toBe(keyOf(shapeWith(['rate'], hour)));
});
