import fc from 'fast-check';
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
