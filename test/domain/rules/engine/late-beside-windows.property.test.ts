import fc from 'fast-check';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { lost, produce } from '../../../support/engine/produced.ts';
import { boundTo, compare, input, literal } from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const window = { lengthS: 60, functions: ['avg', 'count', 'max'] } as const;
const both = (left: Expression, right: Expression): Expression => ({ op: 'and', left, right });
const valueIs = (op: 'ge' | 'lt', than: number) => compare(op, input('value'), literal(than));

/** Conditions that ask the value beside a window. */
const anyCondition = fc.constantFrom(
  both(valueIs('ge', 5), figureIs('count', 'ge', 3)),
  both(valueIs('lt', 5), figureIs('avg', 'ge', 4)),
  both(valueIs('ge', 5), figureIs('avg', 'ge', 6)),
  both(valueIs('lt', 3), figureIs('max', 'ge', 8)),
);

/** At most one reading a bucket, late by no more than the window is whole for. */
const anyArrivals = fc
  .array(fc.record({ v: fc.integer({ min: 0, max: 9 }), late: fc.integer({ min: 0, max: 14 }) }), {
    minLength: 2,
    maxLength: 20,
  })
  .map((given) => given.map(({ v, late }, i) => ({ t: i * 3, v, receivedS: i * 3 + late })));

type Arrival = { readonly t: number; readonly v: number; readonly receivedS: number };
const deliver = (arrivals: readonly Arrival[]) =>
  arrivals.map(({ t, v, receivedS }) => ({ receivedS, readings: [{ t, v }] }));

test('semantics 9, 17, 24: no alarm of a condition on the value beside a window is lost, in whatever order readings come', () => {
  fc.assert(
    fc.property(anyCondition, anyArrivals, (when, arrivals) => {
      const rules = boundTo(windowRule({ window, when }));
      const inOrder = deliver(arrivals.map((one) => ({ ...one, receivedS: one.t })));
      const late = deliver(arrivals.toSorted((a, b) => a.receivedS - b.receivedS));
      expect(lost(produce(rules, inOrder).episodes, produce(rules, late).episodes)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
