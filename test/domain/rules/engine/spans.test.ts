import fc from 'fast-check';
import {
  addFalse,
  addTrue,
  lastTrueAt,
  runAt,
  type Spans,
  spanAgeMaxMs,
  spanKinds,
  spansMax,
} from '../../../../functions/domain/rules/engine/spans.ts';

const { isFalse, isTrue, held, untrusted } = spanKinds;

test('a breach that is noted between two normals keeps them apart', () => {
  const spans: Spans = [];
  for (const t of [0, 10, 20]) addFalse(spans, t);
  addTrue(spans, 15, isTrue);
  expect(spans).toEqual([isFalse, 0, 0, isTrue, 15, 15, isFalse, 20, 20]);
  expect(runAt(spans, 15, false)).toEqual({ from: 15, to: 15, plainAt: 15, falseAt: 20, falseBefore: 0 });
});

test('a normal inside a breach splits it, each half as long as it can be', () => {
  const spans: Spans = [];
  for (const t of [0, 10, 20]) addTrue(spans, t, isTrue);
  addFalse(spans, 15);
  expect(spans).toEqual([isTrue, 0, 15, isFalse, 15, 15, isTrue, 15, 20]);
});

test('of two verdicts at one instant true counts, whichever came first', () => {
  const first: Spans = [];
  addFalse(first, 5);
  addTrue(first, 5, isTrue);
  const second: Spans = [];
  addTrue(second, 5, isTrue);
  addFalse(second, 5);
  expect([first, second]).toEqual([
    [isTrue, 5, 5],
    [isTrue, 5, 5],
  ]);
});

test('untrusted instants lie in a run only when asked for', () => {
  const spans: Spans = [];
  addTrue(spans, 0, untrusted);
  addTrue(spans, 10, isTrue);
  addTrue(spans, 20, held);
  expect(runAt(spans, 10, true)).toMatchObject({ from: 0, to: 20, plainAt: 10 });
  expect(runAt(spans, 10, false)).toMatchObject({ from: 10, to: 20, plainAt: 10 });
  expect(lastTrueAt(spans)).toBe(20);
});

test('what ended longer ago than any reading may be late is forgotten', () => {
  const spans: Spans = [];
  addTrue(spans, 0, isTrue);
  addFalse(spans, 1);
  addTrue(spans, spanAgeMaxMs + 1, isTrue);
  expect(spans[0]).toBe(isFalse);
  addFalse(spans, spanAgeMaxMs + 2);
  expect(spans[0]).toBe(isTrue);
});

/** What is known at each instant, without any bound. */
interface Said {
  readonly t: number;
  readonly isTrue: boolean;
}

test('a run is never found shorter than it was, however it was noted and whatever was forgotten', () => {
  const said = fc.array(fc.record({ t: fc.nat(60), isTrue: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(said, (all) => {
      const spans: Spans = [];
      const known = new Map<number, boolean>();
      for (const { t, isTrue: value } of all) {
        // Which instants of a stretch were true is not kept, so a false one cannot give way to its own instant.
        if (!value && known.get(t)) continue;
        if (value) addTrue(spans, t, isTrue);
        else addFalse(spans, t);
        known.set(t, value || known.get(t) === true);
        expect(spans.length).toBeLessThanOrEqual(3 * spansMax);
        if (known.get(t)) {
          const real = realRun(known, t);
          const found = runAt(spans, t, true);
          expect([found.from <= real.from, found.to >= real.to]).toEqual([true, true]);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

/** From the known truth: the true instants around `t` without a false one between. */
function realRun(
  known: ReadonlyMap<number, boolean>,
  t: number,
): { readonly from: number; readonly to: number } {
  const instants = [...known]
    .map(([at, value]): Said => ({ t: at, isTrue: value }))
    .toSorted((a, b) => a.t - b.t);
  const at = instants.findIndex((one) => one.t === t);
  let first = at;
  while (instants[first - 1]?.isTrue) first--;
  let last = at;
  while (instants[last + 1]?.isTrue) last++;
  return { from: instants[first]?.t ?? t, to: instants[last]?.t ?? t };
}

test('true stretches that nothing false keeps apart grow together, the oldest first, when there are too many', () => {
  const spans: Spans = [];
  for (let t = 0; t <= spansMax; t++) addTrue(spans, t, t % 2 === 0 ? isTrue : held);
  expect(spans.slice(0, 3)).toEqual([isTrue, 0, 2]);
  expect(runAt(spans, 5, false)).toMatchObject({ from: 0, to: spansMax });
});
