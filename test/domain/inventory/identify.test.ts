import { Chemical } from '../../../functions/domain/inventory/chemical.ts';
import { identify } from '../../../functions/domain/inventory/identify.ts';
import { classes } from './gb18218-classes-figures.ts';
import { table1 } from './gb18218-figures.ts';

const home = new URL('../../../functions/domain/inventory/identify.ts', import.meta.url).href;
let copies = 0;

/** A copy that has answered nothing yet: the names are gathered at the first question. */
async function fresh(): Promise<typeof identify> {
  copies += 1;
  const made: { identify: typeof identify } = await import(`${home}?copy=${copies}`);
  return made.identify;
}

const find = (declared: object, by = identify) => {
  const found = by(Chemical.parse({ designMaxT: '1', ...declared }));
  if (!found.ok) return found;
  const { row, criticalT, beta } = found.identified;
  return { row, criticalT: criticalT.toFraction(), beta: beta?.toFraction() };
};

describe('by name', () => {
  test('each name of table 1, Chinese or English, finds its row', async () => {
    const by = await fresh();
    const rowsOf = (name: string) => find({ name }, by);
    for (const [row, zh, en] of table1) {
      expect(rowsOf(zh)).toMatchObject({ row });
      expect(rowsOf(en)).toMatchObject({ row });
    }
  });

  test.each([
    ['液氨', 1],
    ['光气', 6],
    ['CO', 13],
    ['natural gas', 49],
    ['电石', 83],
  ])('%s is a name in common use of row %i', async (name, row) => {
    expect(find({ name }, await fresh())).toMatchObject({ row });
  });

  test.each([
    ['spaces inside', 'carbon  mon oxide', 13],
    ['no space', 'methylbromide', 17],
    ['capital letters', 'Sulfur DIOXIDE', 4],
    ['wide letters', 'ＴＤＩ', 23],
    ['wide commas and brackets', '1－氯－2，3－环氧丙烷（环氧氯丙烷）', 21],
  ])('%s make no difference', async (_, name, row) => {
    expect(find({ name }, await fresh())).toMatchObject({ row });
  });

  test('a letter that only looks like another makes another name', async () => {
    expect(find({ name: 'methyl bromıde', classes: ['W2'] }, await fresh())).toStrictEqual({
      ...{ row: undefined, criticalT: '10', beta: '3/2' },
    });
  });

  test('a name with a CAS number that is in no row finds its row', () => {
    expect(find({ name: '氯', cas: '7732-18-5' })).toStrictEqual({ row: 12, criticalT: '5', beta: '4' });
  });

  test('a name with its own CAS number finds its row', () => {
    expect(find({ name: '氯', cas: '7782-50-5' })).toMatchObject({ row: 12 });
  });

  test('a name chooses among the rows that share its CAS number', () => {
    expect(find({ name: '硝酸铵(可燃物>0.2%)', cas: '6484-52-2' })).toMatchObject({ row: 43 });
    expect(find({ name: '硝酸铵(可燃物≤0.2%)', cas: '6484-52-2' })).toMatchObject({ row: 44 });
  });

  test('white phosphorus by its name needs no row, though red phosphorus shares its number', () => {
    expect(find({ name: '白磷', cas: '7723-14-0' })).toMatchObject({ row: 73, criticalT: '50' });
  });
});

describe('by row or number', () => {
  const own = table1.flatMap(([row, , , cas, criticalT]) => cas.map((one) => [one, row, criticalT] as const));
  const fractions = new Map([
    ['0.3', '3/10'],
    ['0.5', '1/2'],
    ['0.75', '3/4'],
  ]);
  const shared = ['9004-70-0', '6484-52-2'];

  test.each(own.filter(([cas]) => !shared.includes(cas)))('%s is row %i', (cas, row, criticalT) => {
    const exact = fractions.get(criticalT) ?? criticalT;
    expect(find({ cas })).toMatchObject({ row, criticalT: exact });
  });

  test('the first and the last row are found by their numbers', () => {
    expect(find({ row: 1 })).toStrictEqual({ row: 1, criticalT: '10', beta: '2' });
    expect(find({ row: 85 })).toStrictEqual({ row: 85, criticalT: '10', beta: undefined });
  });

  test('a row with a CAS number that is in no row stands', () => {
    expect(find({ row: 12, cas: '7732-18-5' })).toMatchObject({ row: 12 });
  });

  test('a row wins over a name', () => {
    expect(find({ row: 12, name: '氨' })).toMatchObject({ row: 12 });
  });

  test('no row applies to what says so, whatever its name and number', () => {
    expect(find({ row: 'none', name: '氯', cas: '7782-50-5', classes: ['J3'] })).toStrictEqual({
      ...{ row: undefined, criticalT: '50', beta: '2' },
    });
  });
});

describe('by class', () => {
  test.each(classes)('%s (%s) alone has %s t and coefficient %s', (symbol, _, criticalT, beta) => {
    expect(find({ name: 'x', classes: [symbol] })).toStrictEqual({
      ...{ row: undefined, criticalT, beta: beta === '1.5' ? '3/2' : beta },
    });
  });

  test('the greatest coefficient counts wherever its class stands in the table', () => {
    expect(find({ name: 'x', classes: ['J5', 'W1.1'] })).toMatchObject({ beta: '2' });
    expect(find({ name: 'x', classes: ['J1', 'J5', 'W2'] })).toMatchObject({ beta: '4' });
    expect(find({ name: 'x', classes: ['J5', 'J3', 'W2'] })).toMatchObject({ beta: '2', criticalT: '10' });
  });
});

describe('carbon monoxide', () => {
  test.each(['一氧化碳', 'carbon monoxide', 'CO', 'Carbon Monoxide'])(
    '%s has its own coefficient',
    (name) => {
      expect(find({ name, classes: ['J1'] })).toStrictEqual({ row: 13, criticalT: '20', beta: '2' });
    },
  );

  test('its number finds row 13 and its own coefficient', () => {
    expect(find({ cas: '630-08-0', classes: ['J1'] })).toStrictEqual({ row: 13, criticalT: '20', beta: '2' });
  });

  test('coal gas in the same row takes the coefficient of its class', () => {
    expect(find({ name: '煤气', classes: ['J1'] })).toStrictEqual({ row: 13, criticalT: '20', beta: '4' });
  });
});
