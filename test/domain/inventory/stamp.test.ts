import * as z from 'zod';
import { firstStamp, identityMax, nextStamp, stampShape } from '../../../functions/domain/inventory/stamp.ts';
import { instant } from '../../../functions/domain/time.ts';

const Stamp = z.strictObject(stampShape);
const stamp = {
  version: 7,
  createdAt: 1_000,
  createdBy: 'iss|lin',
  updatedAt: 2_000,
  updatedBy: 'iss|wang',
};
const takes = (more: object): boolean => Stamp.safeParse({ ...stamp, ...more }).success;

test('a stamp is read as it was written', () => {
  expect(Stamp.parse(stamp)).toStrictEqual(stamp);
});

test.each(Object.keys(stamp))('a stamp without %s is refused', (name) => {
  expect(takes({ [name]: undefined })).toBe(false);
});

test('versions are whole and begin with 1', () => {
  expect([-1, 0, 0.5, 1, 2].map((version) => takes({ version }))).toEqual([
    ...[false, false, false, true, true],
  ]);
});

test.each(['createdBy', 'updatedBy'])('%s has 1 to 400 characters', (name) => {
  expect(identityMax).toBe(400);
  const fits = (length: number) => takes({ [name]: 'i'.repeat(length) });
  expect([0, 1, 2, 399, 400, 401].map(fits)).toEqual([false, true, true, true, true, false]);
});

test('the first stamp is version 1 by the same person at the same time', () => {
  expect(firstStamp({ by: 'iss|lin', at: instant(1_000) })).toStrictEqual({
    ...{ version: 1, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 1_000, updatedBy: 'iss|lin' },
  });
});

test('the next stamp keeps who began it and says who changed it', () => {
  expect(nextStamp(Stamp.parse(stamp), { by: 'iss|zhao', at: instant(3_000) })).toStrictEqual({
    ...{ version: 8, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 3_000, updatedBy: 'iss|zhao' },
  });
});
