import { spansMax } from '../../../../functions/domain/rules/engine/spans.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

/** Seconds from one breach to the next. */
const apartS = 8_000;
const endS = apartS * spansMax;

/** More separate breaches, each long over, than are kept: the oldest known-false between them are forgotten. */
function flapped(): TestBench {
  const on = benchOf(boundTo(ruleOf({ silent: { afterMs: seconds(10 * apartS), severity: 'orange' } })));
  for (let from = 0; from < endS; from += apartS) feed(on, [from, 1], [from + 50, 0], [from + 60, 0]);
  return on;
}

test('semantics 9: what the bounded memory has forgotten makes no episode longer than what is known of it', () => {
  const on = flapped();
  expect(on.send([{ t: 20_500, v: 1 }], endS)).toEqual(['raised orange firing @20500 late']);
  expect(feed(on, [endS + 10, 0], [endS + 20, 0])).toEqual([`recovered orange @${endS + 20}`]);
  expect(on.send([{ t: 10_500, v: 1 }], endS + 30)).toEqual(['raised orange firing @10500 late']);
});
