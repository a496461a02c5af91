import { Chemical, isCas } from '../../../functions/domain/inventory/chemical.ts';
import { hazardClasses, namedSubstanceCount } from '../../../functions/domain/inventory/gb18218-classes.ts';
import { namedSubstances, toxicGasBeta } from '../../../functions/domain/inventory/gb18218-substances.ts';
import { grade } from '../../../functions/domain/inventory/grading.ts';
import { identify } from '../../../functions/domain/inventory/identify.ts';

const declared = (...list: readonly unknown[]) => list.map((one) => Chemical.parse(one));
const gas = { classes: ['W2'] };

/** The hand-computed cases: S, R and level as a person gets them from the standard. */
const byHand = [
  {
    name: 'ammonia 12 t and chlorine 2 t, 60 people: S 1.6, R 6, IV',
    chemicals: [
      { name: '氨', designMaxT: '12' },
      { name: '氯', designMaxT: '2' },
    ],
    people: 60,
    expected: { s: '1.6', isMajor: true, r: '6', level: 4 },
  },
  {
    name: 'LPG 400 t, 150 people: S 8, R 24, III',
    chemicals: [{ cas: '68476-85-7', ...gas, designMaxT: '400' }],
    people: 150,
    expected: { s: '8', isMajor: true, r: '24', level: 3 },
  },
  {
    name: 'methanol 499 t: S 0.998, no major hazard source, no R',
    chemicals: [{ name: 'methanol', designMaxT: '499' }],
    people: undefined,
    expected: { s: '0.998', isMajor: false, r: undefined, level: undefined },
  },
  {
    name: 'chlorine 62.5 t, 100 people: S 12.5, R 100, I',
    chemicals: [{ cas: '7782-50-5', designMaxT: '62.5' }],
    people: 100,
    expected: { s: '12.5', isMajor: true, r: '100', level: 1 },
  },
  {
    name: 'hydrogen 4 t and acetylene 0.3 t, 10 people: S 1.1, R 1.65, IV',
    chemicals: [
      { name: '氢', ...gas, designMaxT: 4 },
      { name: '乙炔', ...gas, designMaxT: 0.3 },
    ],
    people: 10,
    expected: { s: '1.1', isMajor: true, r: '1.65', level: 4 },
  },
  {
    name: 'ammonia 10 t, 99 people: S 1, R 3, IV',
    chemicals: [{ name: 'ammonia', designMaxT: '10' }],
    people: 99,
    expected: { s: '1', isMajor: true, r: '3', level: 4 },
  },
  {
    name: 'phosgene 0.75 t, 100 people: S 2.5, R 100, I',
    chemicals: [{ name: '碳酰氯（光气）', designMaxT: '0.75' }],
    people: 100,
    expected: { s: '2.5', isMajor: true, r: '100', level: 1 },
  },
] as const;

const summary = (chemicals: readonly unknown[], people: number | undefined) => {
  const graded = grade(declared(...chemicals), people);
  if (!graded.ok) return graded;
  const { s, isMajor, r, level } = graded.grading;
  return { s: s.decimal, isMajor, r: r?.decimal, level };
};

describe('GB 18218-2018 by hand', () => {
  for (const { name, chemicals, people, expected } of byHand)
    test(name, () => expect(summary(chemicals, people)).toEqual(expected));
});

describe('exact at the limits', () => {
  test.each([
    ['9.999999', false],
    ['10', true],
    ['10.000001', true],
  ])('ammonia %s t: major is %s', (designMaxT, isMajor) => {
    expect(summary([{ name: '氨', designMaxT }], 0)).toMatchObject({ isMajor });
  });

  test('0.1 + 0.2 + 0.7 of a limit is exactly 1', () => {
    const shares = ['0.5', '1', '3.5'].map((designMaxT) => ({ name: '氯', designMaxT }));
    expect(summary(shares, 0)).toMatchObject({ s: '1', isMajor: true });
  });

  test('thirds add up to exactly 1 (phosgene 0.1 t three times)', () => {
    const thirds = [1, 2, 3].map(() => ({ name: '光气', designMaxT: '0.1' }));
    const graded = grade(declared(...thirds), 0);
    expect(graded).toMatchObject({ ok: true, grading: { isMajor: true, s: { exact: '1' } } });
  });

  test('a share just below 1 is never shown as 1', () => {
    const graded = grade(declared({ name: '汽油', designMaxT: '199.999999' }), undefined);
    expect(graded).toMatchObject({ ok: true, grading: { isMajor: false, s: { decimal: '0.999999' } } });
  });

  /** Ammonia with 1 person near: R = 2 * q / 10. */
  test.each([
    ['49.999999', 4],
    ['50', 3],
    ['249.999999', 3],
    ['250', 2],
    ['499.999999', 2],
    ['500', 1],
    ['500.000001', 1],
  ])('R at 10, 50 and 100: ammonia %s t is level %i', (designMaxT, level) => {
    expect(summary([{ name: '氨', designMaxT }], 1)).toMatchObject({ level });
  });

  test.each([
    [0, '0.5'],
    [1, '1'],
    [29, '1'],
    [30, '1.2'],
    [49, '1.2'],
    [50, '1.5'],
    [99, '1.5'],
    [100, '2'],
  ])('%i people near: alpha %s', (people, alpha) => {
    expect(grade(declared({ name: '氨', designMaxT: '10' }), people)).toMatchObject({ grading: { alpha } });
  });

  test('no people near halves R and the unit stays major, level IV', () => {
    expect(summary([{ name: '氨', designMaxT: '10' }], 0)).toEqual({
      s: '1',
      isMajor: true,
      r: '1',
      level: 4,
    });
  });
});

describe('which figure counts', () => {
  test('a name of table 1 wins over a class of table 2', () => {
    expect(summary([{ name: '氨', classes: ['J1'], designMaxT: '9' }], 0)).toMatchObject({ s: '0.9' });
  });

  test('a coefficient by name wins over that of a class', () => {
    expect(summary([{ name: '氨', classes: ['J1'], designMaxT: '10' }], 99)).toMatchObject({ r: '3' });
  });

  test('of several classes the least critical quantity and the greatest coefficient count', () => {
    const solvent = { name: 'solvent X', classes: ['W5.3', 'J5', 'J3'], designMaxT: '50' };
    expect(summary([solvent], 1)).toMatchObject({ s: '1', r: '2' });
  });

  test('the least critical quantity counts wherever its class stands in the table', () => {
    // J5 has 500 t, W1.1 has 1 t.
    expect(summary([{ name: 'x', classes: ['J5', 'W1.1'], designMaxT: '0.5' }], undefined)).toMatchObject({
      s: '0.5',
    });
  });

  test.each([
    ['carbon monoxide', '2'],
    ['CO', '2'],
    ['coal gas', '1.5'],
  ])('%s in row 13 by its name alone has coefficient %s', (name, beta) => {
    const chemical = Chemical.parse({ row: 13, name, classes: ['W2'], designMaxT: '1' });
    const found = identify(chemical);
    expect(found.ok && found.identified.beta?.toString()).toBe(beta);
  });

  test('carbon monoxide has the coefficient by name that coal gas in the same row has not', () => {
    expect(summary([{ cas: '630-08-0', designMaxT: '20' }], 1)).toMatchObject({ s: '1', r: '2' });
    expect(grade(declared({ row: 13, designMaxT: '20' }), 1)).toMatchObject({ problem: 'class-missing' });
  });

  test('a substance that only looks like a row is counted by its classes', () => {
    const formalin = { name: 'formalin 37 %', cas: '50-00-0', row: 'none', classes: ['J3'], designMaxT: '5' };
    expect(summary([formalin], 0)).toMatchObject({ s: '0.1' });
  });
});

describe('refusals name the field and the remedy', () => {
  test('a mixture of unknown name without a class', () => {
    const refused = grade(declared({ name: 'Lackverdünner 7', designMaxT: '100' }), 1);
    expect(refused).toMatchObject({ ok: false, problem: 'class-missing', field: 'chemicals.0.classes' });
    expect(refused).toHaveProperty('remedy', expect.stringContaining('hazard classes'));
  });

  test('a CAS number with several rows asks which', () => {
    const refused = grade(declared({ cas: '6484-52-2', designMaxT: '5' }), 1);
    expect(refused).toMatchObject({ ok: false, problem: 'cas-not-unique', field: 'chemicals.0.row' });
    expect(refused).toHaveProperty('remedy', expect.stringMatching(/43 .*44 /));
    expect(summary([{ cas: '6484-52-2', row: 44, designMaxT: '5' }], 1)).toMatchObject({ s: '0.1' });
  });

  test('phosphorus by a number that white and red share asks which', () => {
    expect(grade(declared({ cas: '7723-14-0', designMaxT: '5' }), 1)).toMatchObject({
      problem: 'cas-not-unique',
    });
  });

  test('a row and a CAS number of different substances', () => {
    const refused = grade(
      declared({ name: '氨', designMaxT: '1' }, { row: 12, cas: '7664-41-7', designMaxT: '1' }),
      1,
    );
    expect(refused).toMatchObject({ problem: 'row-and-cas-differ', field: 'chemicals.1.row' });
  });

  test('a name and a CAS number of different substances', () => {
    const refused = grade(declared({ name: '氯', cas: '7664-41-7', designMaxT: '1' }), 1);
    expect(refused).toMatchObject({ problem: 'row-and-cas-differ', field: 'chemicals.0.cas' });
  });

  test('a major source without a coefficient', () => {
    const refused = grade(declared({ name: '甲醇', designMaxT: '500' }), 1);
    expect(refused).toMatchObject({ problem: 'class-missing', field: 'chemicals.0.classes' });
  });

  test('a major source without the number of people', () => {
    const refused = grade(declared({ name: '氨', designMaxT: '10' }), undefined);
    expect(refused).toMatchObject({ problem: 'people-missing', field: 'peopleNearby' });
  });

  test.each(['0', '-1', '1e3', '01', '1.1234567', '1234567890', 'NaN', ''])(
    '%j is no quantity',
    (designMaxT) => {
      expect(Chemical.safeParse({ name: '氨', designMaxT }).success).toBe(false);
    },
  );
});

describe('the tables', () => {
  test('table 1 has 85 rows in order and every CAS number is valid', () => {
    expect(namedSubstances.map((one) => one.row)).toEqual(
      Array.from({ length: namedSubstanceCount }, (_, at) => at + 1),
    );
    expect(namedSubstances.flatMap((one) => one.cas).filter((cas) => !isCas(cas))).toEqual([]);
  });

  test('table 2 has 24 classes', () => expect(new Set(hazardClasses.map((one) => one.symbol)).size).toBe(24));

  test('table 3 has 14 toxic gases', () => expect(Object.keys(toxicGasBeta)).toHaveLength(14));

  test('a CAS number with a wrong check digit is refused', () => {
    expect(Chemical.safeParse({ cas: '7664-41-8', designMaxT: '1' }).success).toBe(false);
  });
});

test.each(['', '7664-41', 'ammonia', '76644-1-7'])('"%s" has not the form of a CAS number', (text) => {
  expect(isCas(text)).toBe(false);
});
