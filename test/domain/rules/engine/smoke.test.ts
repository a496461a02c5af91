import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/codec.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

test('a threshold raises and clears', () => {
  const rules = boundTo(ruleOf());
  const bench = benchOf(rules);
  expect(feed(bench, [0, 0.5], [5, 1], [10, 0.9], [15, 0.9], [20, 0.9], [25, 0.9])).toEqual([
    'raised orange firing @5',
    'recovered orange @20',
  ]);
  expect(bench.wait(100)).toEqual(['raised orange stale @55']);
  for (const { because } of bench.drafts) expect(replay(because, rules)).toBe(because);
  const writer = byteWriter();
  encodeRules(writer, rules, bench.state());
  expect(decodeRules(byteReader(writer.finish()), rules)).toEqual(bench.state());
  console.log(bench.drafts[0]?.because, writer.finish().length);
});
