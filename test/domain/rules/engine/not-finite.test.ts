import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const notFinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

test.each(notFinite)(
  'semantics 1: after readings of %d a breach raises at once, however long they went on',
  (v) => {
    const on = benchOf(boundTo(ruleOf()));
    expect(feed(on, [0, v], [5, v], [10, v], [15, v])).toEqual([]);
    expect(feed(on, [20, 1])).toEqual(['raised orange firing @20']);
  },
);

test.each(notFinite)(
  'semantics 1, 17: a reading of %d enters no window, which goes on without it and can be stored',
  (v) => {
    const window = { lengthS: 60, functions: ['avg', 'stddev'] } as const;
    const rules = boundTo(windowRule({ window, when: figureIs('avg', 'ge', 5) }));
    const on = benchOf(rules);
    feed(on, [0, 5], [10, v], [20, 5]);
    const writer = byteWriter();
    encodeRules(writer, rules, on.state());
    on.set(decodeRules(byteReader(writer.finish()), rules));
    expect(feed(on, [30, 5])).toEqual(['raised orange firing @30']);
  },
);

test.each(notFinite)('semantics 1, 25: the record of a verdict on %d replays to the same bytes', (v) => {
  const rules = boundTo(ruleOf());
  const on = benchOf(rules);
  expect(on.send([{ t: 0, v, q: 'over-range' }])).toEqual(['raised orange firing @0 over-range']);
  expect(on.send([{ t: 5, v, q: 'fault' }])).toHaveLength(2);
  for (const { because } of on.drafts) expect(replay(because, rules)).toBe(because);
});
