import { canBeKnown } from '../../../functions/domain/rules/can-be-known.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { compare, input, literal } from '../../support/engine/rules.ts';

const unset = () => undefined;
const value = compare('gt', input('value'), literal(1));
const average: Expression = { op: 'window', fn: 'avg', window: 0 };
const reaches: Expression = { op: 'willReach', window: 0, limit: literal(1), withinMs: 1 };
const peers: Expression = { op: 'peers', how: 'all', least: 1, quantity: 'methane', of: value };
const all = { hasWindow: () => true, hasRole: () => true, hasPeers: () => true };

test.each([
  ['a window', average],
  ['a forecast', reaches],
  ['another sensor', input('sensor.fan.value')],
  ['sensors beside it', peers],
])('semantics 3: %s is known only where it is on the device', (_, of) => {
  expect(canBeKnown(of, unset)).toBe(false);
  expect(canBeKnown(of, unset, all)).toBe(true);
});

test.each(['least', 'greatest'] as const)(
  'semantics 27: the %s is known where one of its parts can be',
  (op) => {
    expect(canBeKnown({ op, of: [input('limits.a'), input('value')] }, unset)).toBe(true);
    expect(canBeKnown({ op, of: [input('limits.a'), input('limits.b')] }, unset)).toBe(false);
  },
);
