import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { hitsMax } from '../../../../functions/domain/rules/engine/hits.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { spansMax } from '../../../../functions/domain/rules/engine/spans.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

/** Seconds from one breach to the next. */
const apartS = 8_000;
const endS = apartS * spansMax;
const calm = { silent: { afterMs: seconds(10 * apartS), severity: 'orange' } } as const;
const rules = boundTo(ruleOf(calm));

/** More separate breaches, each long over, than are kept: the oldest known-false between them are forgotten. */
function flapped(by = rules): TestBench {
  const on = benchOf(by);
  for (let from = 0; from < endS; from += apartS) feed(on, [from, 1], [from + 50, 0], [from + 60, 0]);
  return on;
}

test.each([0, 10])(
  'semantics 9: what the bounded memory has forgotten makes no episode longer than what is known of it (for: %d s)',
  (forS) => {
    const on = flapped(boundTo(ruleOf({ ...calm, levels: [{ severity: 'orange', at: 1, forS }] })));
    const breach = (t: number) => [t, t + forS].map((at) => ({ t: at, v: 1 }));
    expect(on.send(breach(20_500), endS)).toEqual([
      expect.stringMatching(/^raised orange firing @205.0 late$/),
    ]);
    expect(feed(on, [endS + 10, 0], [endS + 20, 0])).toEqual([`recovered orange @${endS + 20}`]);
    expect(on.send(breach(10_500), endS + 30)).toEqual([
      expect.stringMatching(/^raised orange firing @105.0 late$/),
    ]);
  },
);

test('semantics 9: without `for` a late breach begins at itself, whatever normals around it were lost by other late ones', () => {
  const on = benchOf(rules);
  for (let t = 0; t <= 100; t += 10) feed(on, [t, 0]);
  expect(on.send([{ t: 20, v: 1 }], 101)).toEqual(['raised orange firing @20 late']);
  expect(feed(on, [110, 0], [120, 0])).toEqual(['recovered orange @120']);
  for (let t = 130; t <= 200; t += 10) feed(on, [t, 0]);
  // A part of the episode that began at 20; of the normals from 25 to 200, which it splits, both ends are kept.
  const swallowed = [
    { t: 25, v: 0 },
    { t: 30, v: 1 },
  ];
  expect(on.send(swallowed, 201)).toEqual([]);
  expect(on.send([{ t: 155, v: 1 }], 202)).toEqual(['raised orange firing @155 late']);
  expect(feed(on, [210, 0], [220, 0])).toEqual(['recovered orange @220']);
  expect(on.send([{ t: 135, v: 1 }], 221)).toEqual(['raised orange firing @135 late']);
});

test('semantics 9: nor does an open episode begin before a late breach that it swallows', () => {
  const on = benchOf(rules);
  for (let t = 0; t <= 100; t += 10) feed(on, [t, 0]);
  on.send([{ t: 20, v: 1 }], 101);
  feed(on, [110, 0], [120, 0]);
  for (let t = 130; t <= 200; t += 10) feed(on, [t, 0]);
  const swallowed = [
    { t: 25, v: 0 },
    { t: 30, v: 1 },
  ];
  expect(on.send(swallowed, 201)).toEqual([]);
  expect(feed(on, [210, 1])).toEqual(['raised orange firing @210']);
  expect(on.send([{ t: 155, v: 1 }], 211)).toEqual([]);
  expect(feed(on, [220, 0], [230, 0])).toEqual(['recovered orange @230']);
  expect(on.send([{ t: 135, v: 1 }], 231)).toEqual(['raised orange firing @135 late']);
});

test('semantics 9: that something was forgotten is stored, and told in the record, which can be reached again', () => {
  const on = flapped();
  const writer = byteWriter();
  encodeRules(writer, rules, on.state());
  const read = decodeRules(byteReader(writer.finish()), rules);
  expect(read.cells.flatMap((cell) => cell?.machines.map(({ forgottenTo }) => forgottenTo) ?? [])).toEqual(
    on.state().cells.flatMap((cell) => cell?.machines.map(({ forgottenTo }) => forgottenTo) ?? []),
  );
  on.set(read);
  on.send([{ t: 20_500, v: 1 }], endS);
  feed(on, [endS + 10, 0], [endS + 20, 0]);
  expect(on.send([{ t: 10_500, v: 1 }], endS + 30)).toEqual(['raised orange firing @10500 late']);
  const because = on.drafts.at(-1)?.because ?? '';
  expect(JSON.parse(because).before.machines[0].forgottenTo).toBeGreaterThan(0);
  expect(replay(because, rules)).toBe(because);
});

test('semantics 9, 15: late breaches are counted where the normals between older ones were forgotten', () => {
  const rule = ruleOf({ ...calm, levels: [{ severity: 'orange', at: 1, forS: 10 }] });
  const times = { count: 2, withinMs: seconds(3_600), consecutive: false };
  const on = flapped(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
  const late = [20_500, 20_510, 20_700, 20_710].map((t) => ({ t, v: 1 }));
  expect(on.send(late, endS)).toContainEqual(expect.stringMatching(/^raised orange firing .* late$/));
});

test('semantics 9, 15: a late breach older than all that are still counted is taken for enough', () => {
  const rule = ruleOf({ silent: { afterMs: seconds(100 * apartS), severity: 'orange' } });
  const times = { count: 3, withinMs: seconds(3_600), consecutive: false };
  const on = benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
  feed(on, [0, 0]);
  for (let t = apartS; t <= apartS + hitsMax; t++) feed(on, [t, 1]);
  feed(on, [2 * apartS, 0], [2 * apartS + 10, 0]);
  const late = [1_000, 1_100, 1_200].map((t) => ({ t, v: 1 }));
  expect(on.send(late, 2 * apartS + 20)).toContainEqual(
    expect.stringMatching(/^raised orange firing .* late$/),
  );
});

test.each([0, 10])(
  'semantics 9, 15: a late normal among forgotten ones raises nothing that was told before (for: %d s)',
  (forS) => {
    const rule = ruleOf({ ...calm, levels: [{ severity: 'orange', at: 1, forS }] });
    const times = { count: 2, withinMs: seconds(3_600), consecutive: false };
    const on = benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
    for (let from = 0; from < endS; from += apartS) {
      for (let t = from; t <= from + 100; t += 10) feed(on, [t, t % 50 === 40 ? 0 : 1]);
      feed(on, [from + 150, 0], [from + 160, 0]);
    }
    expect(on.send([{ t: 20_400, v: 0 }], endS)).toEqual([]);
    // An episode of its own, of which the next normal is a part.
    const late = [20_450, 20_460, 20_470, 20_480].map((t) => ({ t, v: 1 }));
    expect(on.send(late, endS)).toHaveLength(1);
    expect(feed(on, [endS + 10, 0], [endS + 20, 0])).toEqual([`recovered orange @${endS + 20}`]);
    expect(on.send([{ t: 20_500, v: 0 }], endS + 30)).toEqual([]);
  },
);

/** Two within an hour; what came late at 10,000 s lasted, as far as anybody knows, until the next normals in order. */
function toldLate(): TestBench {
  const rule = ruleOf({ ...calm, levels: [{ severity: 'orange', at: 1 }] });
  const times = { count: 2, withinMs: seconds(3_600), consecutive: false };
  const on = benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
  feed(on, [0, 0], [20_000, 0]);
  const late = [10_000, 10_010].map((t) => ({ t, v: 1 }));
  expect(on.send(late, 20_000)).toHaveLength(1);
  expect(feed(on, [20_010, 0], [20_020, 0])).toEqual(['recovered orange @20020']);
  return on;
}

test('semantics 9, 15: a late normal in an episode of long ago starts no count anew that it cannot have touched', () => {
  const on = toldLate();
  expect(feed(on, [40_000, 1], [40_010, 1], [40_020, 0], [40_030, 0])).toEqual([
    'raised orange firing @40010',
    'recovered orange @40030',
  ]);
  // The count has begun again, and this is one.
  expect(feed(on, [40_100, 1], [40_110, 0])).toEqual([]);
  expect(on.send([{ t: 15_000, v: 0 }], 40_120)).toEqual([]);
  expect(feed(on, [40_130, 0])).toEqual([]);
  // One in the last episode may have ended it sooner, so that what followed in it counts with the other.
  expect(on.send([{ t: 40_005, v: 0 }], 40_140)).toEqual([
    expect.stringMatching(/^raised orange firing .* late$/),
  ]);
});

test.each([
  ['one more is kept than has come since', hitsMax - 2, []],
  [
    'as many have come since as are kept',
    hitsMax - 1,
    [expect.stringMatching(/^raised orange firing .* late$/)],
  ],
])('semantics 9, 15: unless what came between them may have fallen out: %s', (_, breaches, expected) => {
  const on = toldLate();
  const last = 25_000 + 10 * breaches;
  for (let t = 25_000; t < last; t += 10) feed(on, [t, 1]);
  feed(on, [last, 0], [last + 10, 0]);
  // The count has begun again, and this is one.
  expect(feed(on, [last + 100, 1], [last + 110, 0])).toEqual([]);
  expect(on.send([{ t: 15_000, v: 0 }], last + 120)).toEqual(expected);
});
