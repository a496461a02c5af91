import { seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const bench = (forS = 0, more = {}) =>
  benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, forS, ...more }] })));

test('semantics 9: a late breach raises, marked late', () => {
  const on = bench();
  feed(on, [10, 0]);
  expect(on.send([{ t: 5, v: 1 }], 11)).toEqual(['raised orange firing @5 late']);
});

test('semantics 9: what it raised clears by good readings in order, not by late ones', () => {
  const on = bench();
  feed(on, [10, 0]);
  on.send([{ t: 5, v: 1 }], 11);
  expect(
    on.send(
      [
        { t: 6, v: 0 },
        { t: 9, v: 0 },
      ],
      12,
    ),
  ).toEqual([]);
  expect(feed(on, [15, 0], [25, 0])).toEqual(['recovered orange @25']);
});

test('semantics 9: a late breach is judged on everything that is known around it', () => {
  const on = bench(10);
  // True at 0 and at 10 with nothing between, then false: each alone too short, and 0 came late.
  feed(on, [10, 1], [15, 0]);
  expect(on.send([{ t: 1, v: 1 }], 16)).toEqual([]);
  expect(on.send([{ t: 0, v: 1 }], 17)).toEqual(['raised orange firing @0 late']);
});

test('semantics 9: what was false from the first reading on contradicts a late breach', () => {
  const on = bench(10);
  feed(on, [0, 0], [10, 0], [20, 0]);
  expect(on.send([{ t: 5, v: 1 }], 21)).toEqual([]);
  expect(on.wait(300, 'none')).toEqual([]);
});

test('semantics 9: a known-false reading between splits what late breaches are judged on', () => {
  const on = bench(10);
  feed(on, [10, 1], [15, 0]);
  on.send([{ t: 5, v: 0 }], 16);
  expect(on.send([{ t: 0, v: 1 }], 17)).toEqual([]);
});

test('semantics 9: a late breach makes the run that goes on longer', () => {
  const on = bench(10);
  feed(on, [5, 0], [20, 1]);
  expect(on.send([{ t: 12, v: 1 }], 21)).toEqual([]);
  expect(feed(on, [22, 1])).toEqual(['raised orange firing @22']);
});

test('semantics 9: a late breach that completes the run that goes on raises at once', () => {
  const on = bench(10);
  feed(on, [5, 0], [20, 1]);
  expect(on.send([{ t: 10, v: 1 }], 21)).toEqual(['raised orange firing @10 late']);
});

test('semantics 9: a late normal splits no run that has raised and stops no deadline', () => {
  const on = bench(10);
  feed(on, [0, 1], [10, 1]);
  expect(on.send([{ t: 5, v: 0 }], 11)).toEqual([]);
  expect(feed(on, [15, 1])).toEqual([]);
  const pending = bench(10);
  feed(pending, [0, 1], [5, 1]);
  pending.send([{ t: 3, v: 0 }], 6);
  expect(feed(pending, [10, 1])).toEqual(['raised orange firing @10']);
});

test('semantics 9: a late breach inside an open episode is only counted in its record', () => {
  const on = bench();
  feed(on, [0, 1], [10, 1]);
  expect(on.send([{ t: 5, v: 1 }], 11)).toEqual([]);
  feed(on, [15, 0], [25, 0]);
  expect(JSON.parse(on.drafts.at(-1)?.because ?? '{}').before.lateCount).toBe(1);
});

test('semantics 9: a late breach inside a closed episode changes nothing', () => {
  const on = bench();
  feed(on, [0, 1], [10, 1], [15, 0], [25, 0]);
  expect(on.send([{ t: 5, v: 1 }], 26)).toEqual([]);
});

test('semantics 9: a late breach inside the clear run starts `clearFor` again', () => {
  const on = bench();
  feed(on, [0, 1], [5, 0], [12, 0]);
  on.send([{ t: 8, v: 1 }], 13);
  expect(feed(on, [15, 0], [20, 0])).toEqual([]);
  expect(feed(on, [25, 0])).toEqual(['recovered orange @25']);
});

test.each([
  [4.999, []],
  [5, ['raised orange firing @5 late']],
  [15, ['raised orange firing @15 late']],
])(
  'semantics 9: a late breach at %s s when the episode has closed on a clear run from 5 s to 15 s',
  (t, expected) => {
    const on = bench();
    feed(on, [0, 1], [5, 0], [15, 0]);
    expect(on.send([{ t, v: 1 }], 16)).toEqual(expected);
  },
);

test('semantics 9, 24: a late reading that was not clear brings back the episode whose clear run held it', () => {
  const on = bench(0, { below: 0.8 });
  feed(on, [0, 1], [5, 0], [15, 0]);
  expect(on.send([{ t: 10, v: 0.9 }], 16)).toEqual(['raised orange firing @10 late']);
});

test('semantics 2, 9: a late reading that says nothing raises nothing, and breaks the clear run that goes on', () => {
  const on = bench();
  feed(on, [0, 1], [5, 0], [10, 0]);
  expect(on.send([{ t: 8, q: 'unknown' }], 11)).toEqual([]);
  expect(feed(on, [15, 0])).toEqual([]);
  expect(feed(on, [25, 0])).toEqual(['recovered orange @25']);
  expect(on.send([{ t: 20, q: 'unknown' }], 26)).toEqual([]);
});

test('semantics 9: a graver late breach raises inside a lighter episode', () => {
  const on = benchOf(
    boundTo(
      ruleOf({
        levels: [
          { severity: 'orange', at: 1 },
          { severity: 'red', at: 2 },
        ],
      }),
    ),
  );
  feed(on, [0, 1], [10, 1]);
  expect(on.send([{ t: 5, v: 2 }], 11)).toEqual(['severity-up red firing @5 late']);
});

test('semantics 9: a late breach that nothing known contradicts raises when time has passed', () => {
  const levels = [{ severity: 'orange', at: 1, forS: 10 }] as const;
  const on = benchOf(boundTo(ruleOf({ levels, silent: { severity: 'blue', afterMs: seconds(30) } })));
  feed(on, [0, 0]);
  on.send([{ t: 10, q: 'unknown' }]);
  expect(on.send([{ t: 5, v: 1 }], 11)).toEqual([]);
  expect(on.wait(51.001)).toEqual(['raised blue stale @35', 'severity-up orange stale @51']);
});

test('semantics 9: what falls out of the bounded memory errs toward raising', () => {
  const on = bench(60);
  // Single breaches between normals, more than are kept apart.
  for (let t = 0; t < 400; t += 10) feed(on, [t, t % 20 === 0 ? 1 : 0]);
  expect(on.drafts).toEqual([]);
  expect(on.send([{ t: 105, v: 1 }], 401)).toEqual(['raised orange firing @105 late']);
  expect(on.send([{ t: 385, v: 1 }], 401)).toEqual([]);
});

test.each([
  ['below red is held back', 1, []],
  ['red raises', 2, ['raised red firing @5 late held']],
])('semantics 5, 9: a late held breach %s', (_, v, expected) => {
  const on = benchOf(
    boundTo(
      ruleOf({
        levels: [
          { severity: 'orange', at: 1 },
          { severity: 'red', at: 2 },
        ],
      }),
    ),
  );
  feed(on, [0, 0], [10, 0]);
  expect(on.send([{ t: 5, v, q: 'calibrating' }], 11)).toEqual(expected);
});
