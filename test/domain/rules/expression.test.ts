import { type Expression, inputsOf, partsOf } from '../../../functions/domain/rules/expression.ts';
import { calculate } from '../../support/engine/axes.ts';
import { choose, compare, either, input, literal } from '../../support/engine/rules.ts';
import { figure } from '../../support/engine/windows.ts';

const [a, b, c] = [input('value'), input('limits.b'), literal(3)];

test.each<readonly [string, Expression, readonly Expression[]]>([
  ['a literal', c, []],
  ['an input', a, []],
  ['a window', figure('avg'), []],
  ['a negation', { op: 'not', of: a }, [a]],
  ['a sign turned', { op: 'negate', of: a }, [a]],
  ['a distance from 0', { op: 'absolute', of: a }, [a]],
  ['sensors beside it', { op: 'peers', how: 'all', least: 1, quantity: 'co', of: a }, [a]],
  ['the least', { op: 'least', of: [a, b, c] }, [a, b, c]],
  ['the greatest', { op: 'greatest', of: [c, a] }, [c, a]],
  ['a forecast', { op: 'willReach', window: 0, limit: b, withinMs: 1 }, [b]],
  ['a choice', choose(a, b, c), [a, b, c]],
  ['a list', { op: 'in', left: b, list: [1] }, [b]],
  ['a disjunction', either(a, b), [a, b]],
  ['a comparison', compare('gt', b, a), [b, a]],
  ['a sum', calculate('add', b, c), [b, c]],
])('%s is made of its parts, in their order', (_, of, parts) => {
  expect(partsOf(of)).toStrictEqual(parts);
});

test('the inputs of a condition are told as it reads, each as often as it is asked', () => {
  const condition = choose(compare('gt', a, b), { op: 'least', of: [b, figure('avg'), a] }, c);
  expect(inputsOf(condition)).toEqual(['value', 'limits.b', 'limits.b', 'value']);
  expect(inputsOf(c)).toEqual([]);
});
