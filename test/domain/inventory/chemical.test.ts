import {
  Chemical,
  chemicalCountMax,
  classCountMax,
  isCas,
  Tonnes,
} from '../../../functions/domain/inventory/chemical.ts';

type Schema = {
  safeParse: (value: unknown) => {
    error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined;
  };
};
const refusals = (schema: Schema, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

test('a source has at most 50 chemicals, a chemical at most 10 classes', () => {
  expect([chemicalCountMax, classCountMax]).toStrictEqual([50, 10]);
});

describe('tonnes', () => {
  test.each([
    ['5', '5'],
    ['10', '10'],
    ['0.000001', '0.000001'],
    ['0.5', '0.5'],
    ['12.50', '12.50'],
    ['999999999.999999', '999999999.999999'],
    ['123456789', '123456789'],
    [4, '4'],
    [0.3, '0.3'],
  ])('%j is kept as %j', (given, kept) => {
    expect(Tonnes.parse(given)).toBe(kept);
  });

  const plain =
    ': must be tonnes as a plain decimal, such as "12.5", with at most 9 digits before and 6 after the point';

  test.each([
    ...['1.', '.5', '1e3', '01', '00.5', '-1', '+1', ' 1', '1 ', '1\n', '1,5', '1.5.5', '1x5'],
    ...['1.1234567', '1234567890', '1234567890.5', '0x1', 1e21, 1e-7],
  ])('%j is refused as no plain decimal', (given) => {
    expect(refusals(Tonnes, given)).toStrictEqual([plain]);
  });

  test.each(['0', '0.0', '0.000000', 0])('%j is refused as nothing', (given) => {
    expect(refusals(Tonnes, given)).toStrictEqual([': must be above 0']);
  });

  test.each([true, null, undefined, ['1'], Number.NaN])('%j is neither text nor number', (given) => {
    expect(refusals(Tonnes, given)).toStrictEqual([': Invalid input']);
  });
});

describe('the CAS number', () => {
  test.each(['50-00-0', '75-44-5', '7664-41-7', '10102-44-0', '630-08-0', '0007664-41-7'])(
    '%s is right',
    (text) => expect(isCas(text)).toBe(true),
  );

  test.each(['50-00-1', '7664-41-8', '7664-14-7', '6764-41-7'])('%s has the wrong check digit', (text) => {
    expect(isCas(text)).toBe(false);
  });

  // Their digits would give the right check digit.
  test.each([
    ['7-44-3', 'one digit first'],
    ['00007664-41-7', 'eight digits first'],
    [' 7664-41-7', 'a space before'],
    ['75-44-50', 'two digits last'],
    ['7664417', 'no hyphens'],
    ['7664-417', 'one hyphen'],
    ['76644-1-7', 'one digit between'],
    ['7-66441-7', 'too many digits between'],
  ])('"%s" has not its form: %s', (text) => {
    expect(isCas(text)).toBe(false);
  });
});

describe('a chemical', () => {
  test('has everything that is declared', () => {
    const declared = { name: '氨', cas: '7664-41-7', row: 1, classes: ['J3', 'W2'], designMaxT: '10' };
    expect(Chemical.parse(declared)).toStrictEqual(declared);
  });

  test.each([
    { name: '氨' },
    { cas: '7664-41-7' },
    { row: 1 },
    { row: 85 },
    { name: 'x', row: 'none' },
    { cas: '7664-41-7', row: 'none' },
    { name: 'x', classes: ['W11'] },
  ])('is known by %j', (known) => {
    expect(Chemical.parse({ ...known, designMaxT: '1' })).toStrictEqual({ ...known, designMaxT: '1' });
  });

  const unknown = 'name: must have a name, a CAS number or a row of table 1';
  test.each([
    [{}, unknown],
    [{ row: 'none' }, unknown],
    [{ classes: ['W2'] }, unknown],
    [{ cas: '7664-41-8' }, 'cas: must be a CAS number with a right check digit, such as 7664-41-7'],
    [{ row: 0 }, 'row: Too small: expected number to be >=1'],
    [{ row: 86 }, 'row: Too big: expected number to be <=85'],
    [{ row: 1.5 }, 'row: Invalid input'],
    [{ row: '' }, 'row: Invalid input'],
    [{ name: '' }, 'name: Too small: expected string to have >=1 characters'],
    [{ name: 'x', classes: [] }, 'classes: Too small: expected array to have >=1 items'],
    [{ name: 'x', classes: new Array(11).fill('W2') }, 'classes: Too big: expected array to have <=10 items'],
    [{ name: 'x', designMaxT: undefined }, 'designMaxT: Invalid input'],
    [{ name: 'x', stock: 1 }, ': Unrecognized key: "stock"'],
  ])('is refused as %j', (declared, refusal) => {
    expect(refusals(Chemical, { designMaxT: '1', ...declared })).toStrictEqual([refusal]);
  });

  test.each(['W12', 'w2', '', 'W5'])('has no class "%s"', (symbol) => {
    const read = Chemical.safeParse({ name: 'x', classes: [symbol], designMaxT: '1' });
    expect(read.error?.issues.map((issue) => issue.path)).toStrictEqual([['classes', 0]]);
  });
});
