import { formsOf } from '../../../functions/domain/rules/forms.ts';
import { input, literal } from '../../support/engine/rules.ts';

test('what is multiplied by zero asks nothing any more', () => {
  const product = { op: 'multiply', left: input('value'), right: literal(0) } as const;
  expect(formsOf(product, {})).toEqual([{ factors: new Map(), offset: 0 }]);
});

test.each([
  ['a truth value', literal(true)],
  ['a word', literal('open')],
  ['a negation', { op: 'not', of: input('value') }],
  ['the rest of a division', { op: 'modulo', left: input('value'), right: literal(2) }],
] as const)('%s is no straight line', (_, of) => {
  expect(formsOf(of, {})).toBeUndefined();
});
