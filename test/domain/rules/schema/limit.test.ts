import { LimitInFile } from '../../../../functions/domain/rules/schema/limit.ts';

/** What is wrong with the limit, if anything. */
const wrongWith = (given: Readonly<Record<string, unknown>>): readonly string[] =>
  LimitInFile.safeParse({ tighter: 'lower', ...given }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  ) ?? [];

describe('a figure by substance is named by a CAS number', () => {
  // Hydrogen sulfide, ammonia, chlorine, water, formaldehyde: their numbers stand in every data sheet.
  test.each(['7783-06-4', '7664-41-7', '7782-50-5', '7732-18-5', '50-00-0'])('%s is one', (cas) => {
    expect(wrongWith({ bySubstance: { [cas]: 10 } })).toEqual([]);
  });

  test.each(['7783-06-5', '7783-60-4', '7664-41-0', '50-00-1', '05-00-0'])(
    '%s is none: its digits do not add up',
    (cas) => {
      expect(wrongWith({ bySubstance: { [cas]: 10 } })[0]).toMatch(/bySubstance\.\d/);
    },
  );
});

/** CAS numbers of seven digits with their check digit. */
const casNumbers = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => {
    const digits = `50${String(i).padStart(4, '0')}`;
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (6 - at), 0);
    return `${digits.slice(0, 4)}-${digits.slice(4)}-${sum % 10}`;
  });

test.each([
  [99, []],
  [100, []],
  [101, ['bySubstance: must hold at most 100 substances']],
])('of %i substances with figures of their own', (count, problems) => {
  const bySubstance = Object.fromEntries(casNumbers(count).map((cas) => [cas, 10]));
  expect(wrongWith({ bySubstance })).toEqual(problems);
});
