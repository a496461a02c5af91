import { quantityOf } from '../../../functions/domain/telemetry/quantities.ts';
import {
  assessNumber,
  noValueTexts,
  qualityOfFlag,
  sentinels,
} from '../../../functions/domain/telemetry/value-quality.ts';

const free = { id: 'free', unit: '1', scale: 0, kind: 'number' } as const;
const oxygen = quantityOf('oxygen') ?? free;
const o2 = { min: 5, max: 25 };

test('what loggers send for no value is this', () => {
  expect([...sentinels]).toEqual([-200, -999, -9_999, -99_999, -999_999]);
  expect([...noValueTexts]).toEqual(['', 'NA', 'N/A', 'NaN', 'nan', 'null', '---']);
});

test('a flag is its own quality, none is good, any other is unknown', () => {
  const flags = ['good', 'calibrating', 'maintenance', 'fault', 'over-range'];
  expect(flags.map(qualityOfFlag)).toEqual(flags);
  expect([undefined, '', 'unknown', 'Good'].map(qualityOfFlag)).toEqual([
    'good',
    'unknown',
    'unknown',
    'unknown',
  ]);
});

test.each([
  [5, 'good', false],
  [25, 'good', false],
  [4.9, 'over-range', true],
  [25.1, 'over-range', true],
  [0, 'over-range', true],
  [-0.1, 'good', true],
  [-1, 'good', true],
  [-1.1, 'fault', true],
])('oxygen at %p in a range of 5 to 25 is %s, out of range: %p', (value, quality, isOutOfRange) => {
  expect(assessNumber(value, undefined, o2, oxygen)).toStrictEqual({ value, quality, isOutOfRange });
  expect(assessNumber(value, 'good', o2, oxygen)).toStrictEqual({ value, quality, isOutOfRange });
  expect(assessNumber(value, 'fault', o2, oxygen)).toStrictEqual({ value, quality: 'fault', isOutOfRange });
});

test('without a range the natural one holds, without that any number is good', () => {
  expect(assessNumber(101, undefined, undefined, oxygen)).toStrictEqual({
    value: 101,
    quality: 'over-range',
    isOutOfRange: true,
  });
  expect(assessNumber(-999, undefined, undefined, free)).toStrictEqual({
    value: -999,
    quality: 'good',
    isOutOfRange: false,
  });
});

test.each([-200, -999, -9_999, -99_999, -999_999])('%p below the range is no value', (value) => {
  expect(assessNumber(value, undefined, o2, oxygen)).toStrictEqual({
    value: undefined,
    quality: 'fault',
    isOutOfRange: true,
  });
  expect(assessNumber(value, 'calibrating', o2, oxygen)).toStrictEqual({
    value: undefined,
    quality: 'calibrating',
    isOutOfRange: true,
  });
});

test('a number of loggers within or above the range is a value', () => {
  expect(assessNumber(-999, undefined, { min: -999, max: 0 }, free)).toStrictEqual({
    value: -999,
    quality: 'good',
    isOutOfRange: false,
  });
  expect(assessNumber(-999, undefined, { min: -2_000, max: -1_500 }, free)).toStrictEqual({
    value: -999,
    quality: 'over-range',
    isOutOfRange: true,
  });
});

test('what is above a range is over it, wherever nature begins', () => {
  expect(assessNumber(-5, undefined, { min: -20, max: -10 }, oxygen)).toStrictEqual({
    value: -5,
    quality: 'over-range',
    isOutOfRange: true,
  });
});
