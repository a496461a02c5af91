import fc from 'fast-check';
import { batchesOf } from '../../functions/adapters/batches.ts';

const limits = { countMax: 10, bytesMax: 100 };
const sizes = (batches: number[][]) => batches.map((batch) => batch.length);

describe('batches', () => {
  test.each([
    [9, [9]],
    [10, [10]],
    [11, [10, 1]],
  ])('%i things make batches of %j', (count, expected) => {
    expect(sizes(batchesOf(Array<number>(count).fill(1), (size) => size, limits))).toEqual(expected);
  });

  test.each([
    [[50, 49], [2]],
    [[50, 50], [2]],
    [
      [50, 51],
      [1, 1],
    ],
  ])('things of %j bytes make batches of %j', (given, expected) => {
    expect(sizes(batchesOf(given, (size) => size, limits))).toEqual(expected);
  });

  test('a thing larger than any batch goes alone', () => {
    expect(batchesOf([1, 200, 1], (size) => size, limits)).toEqual([[1], [200], [1]]);
  });

  test('nothing makes no batch', () => {
    expect(batchesOf([], () => 1, limits)).toEqual([]);
  });

  test('no thing is lost, repeated or moved', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 150 })), (given) => {
        expect(batchesOf(given, (size) => size, limits).flat()).toEqual(given);
      }),
    );
  });
});
