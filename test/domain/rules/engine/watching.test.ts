import fc from 'fast-check';
import type { RuleBook, Selection } from '../../../../functions/domain/rules/book.ts';
import { rulesWatching } from '../../../../functions/domain/rules/engine/watching.ts';
import { bookOf, ruleOf } from '../../../support/engine/rules.ts';

test('the candidates of a quantity are the rules that name it or name none, in the order of the book', () => {
  const quantities = ['methane', 'co', 'oxygen'];
  const selection = fc.array(fc.constantFrom(...quantities), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(selection, { maxLength: 8 }), (selections) => {
      const book = bookOf(
        ...selections.map((named, i) => ruleOf({ version: `${i}`, select: { quantities: named } })),
      );
      for (const quantity of [...quantities, 'dust'])
        expect(rulesWatching(book, quantity, () => true)).toEqual(
          book.rules.filter(
            ({ select }) => select.quantities.length === 0 || select.quantities.includes(quantity),
          ),
        );
    }),
    { numRuns: 1_000 },
  );
});

describe('the rules that watch a quantity', () => {
  const named = (version: string, ...quantities: readonly string[]) =>
    ruleOf({ version, select: { quantities } });
  const versionsOf = (
    book: RuleBook,
    quantity: string,
    isWanted: (select: Selection) => boolean = () => true,
  ) => rulesWatching(book, quantity, isWanted).map(({ version }) => version);
  const both = () =>
    bookOf(
      named('1', 'methane'),
      named('2'),
      named('3', 'co', 'methane', 'co'),
      named('4'),
      named('5', 'oxygen'),
    );

  test.each([
    ['methane', ['1', '2', '3', '4']],
    ['co', ['2', '3', '4']],
    ['oxygen', ['2', '4', '5']],
    ['dust', ['2', '4']],
  ])('of %s are those that name it once, twice or nothing', (quantity, expected) => {
    expect(versionsOf(both(), quantity)).toEqual(expected);
  });

  test('are only those that are wanted', () => {
    expect(versionsOf(both(), 'methane', ({ quantities }) => quantities.length > 0)).toEqual(['1', '3']);
    expect(versionsOf(both(), 'dust', ({ quantities }) => quantities.length > 0)).toEqual([]);
  });

  test('are the same when a book is asked again', () => {
    const book = both();
    expect(versionsOf(book, 'methane')).toEqual(versionsOf(book, 'methane'));
    expect(versionsOf(book, 'dust')).toEqual(['2', '4']);
  });

  test('are looked for once: a book never changes', () => {
    const rules = [named('1', 'methane')];
    const book = { ...bookOf(), rules };
    expect(versionsOf(book, 'methane')).toEqual(['1']);
    rules.push(named('2', 'methane'));
    expect(versionsOf(book, 'methane')).toEqual(['1']);
  });

  test('are asked of a book that is read as it is needed', () => {
    const wanted = named('6', 'methane');
    const isWanted = () => false;
    const book: RuleBook = {
      ...both(),
      watching: (quantity, asked) => (quantity === 'methane' && asked === isWanted ? [wanted] : []),
    };
    expect(rulesWatching(book, 'methane', isWanted)).toEqual([wanted]);
    expect(rulesWatching(book, 'co', isWanted)).toEqual([]);
  });
});
