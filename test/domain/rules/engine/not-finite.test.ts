import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'semantics 1: after readings of %d a breach raises at once, however long they went on',
  (unknown) => {
    const on = benchOf(boundTo(ruleOf()));
    expect(feed(on, [0, unknown], [5, unknown], [10, unknown], [15, unknown])).toEqual([]);
    expect(feed(on, [20, 1])).toEqual(['raised orange firing @20']);
  },
);
