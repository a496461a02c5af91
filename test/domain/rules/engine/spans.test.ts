import fc from 'fast-check';
import {
  addFalse,
  addTrue,
  beginningOf,
  type Known,
  lastTrueAt,
  runAt,
  spanAgeMaxMs,
  spanKinds,
  spansMax,
} from '../../../../functions/domain/rules/engine/spans.ts';

const { isFalse, isTrue, held, untrusted } = spanKinds;

const nothing = (): Known => ({ spans: [], forgottenTo: -1 });

test('a breach that is noted between two normals keeps them apart', () => {
  const known = nothing();
  for (const t of [0, 10, 20]) addFalse(known, t);
  addTrue(known, 15, isTrue);
  expect(known.spans).toEqual([isFalse, 0, 0, isTrue, 15, 15, isFalse, 20, 20]);
  expect(runAt(known.spans, 15, false)).toEqual({
    from: 15,
    to: 15,
    plainAt: 15,
    falseAt: 20,
    falseBefore: 0,
  });
});

test('a normal inside a breach splits it, each half as long as it can be', () => {
  const known = nothing();
  for (const t of [0, 10, 20]) addTrue(known, t, isTrue);
  addFalse(known, 15);
  expect(known.spans).toEqual([isTrue, 0, 15, isFalse, 15, 15, isTrue, 15, 20]);
});

test('of two verdicts at one instant true counts, whichever came first', () => {
  const first = nothing();
  addFalse(first, 5);
  addTrue(first, 5, isTrue);
  const second = nothing();
  addTrue(second, 5, isTrue);
  addFalse(second, 5);
  expect([first.spans, second.spans]).toEqual([
    [isTrue, 5, 5],
    [isTrue, 5, 5],
  ]);
});

test('untrusted instants lie in a run only when asked for', () => {
  const known = nothing();
  addTrue(known, 0, untrusted);
  addTrue(known, 10, isTrue);
  addTrue(known, 20, held);
  expect(runAt(known.spans, 10, true)).toMatchObject({ from: 0, to: 20, plainAt: 10 });
  expect(runAt(known.spans, 10, false)).toMatchObject({ from: 10, to: 20, plainAt: 10 });
  expect(lastTrueAt(known.spans)).toBe(20);
});

test('what ended longer ago than any reading may be late is forgotten', () => {
  const known = nothing();
  addTrue(known, 0, isTrue);
  addFalse(known, 1);
  addTrue(known, spanAgeMaxMs + 1, isTrue);
  expect(known.spans[0]).toBe(isFalse);
  addFalse(known, spanAgeMaxMs + 2);
  expect(known.spans[0]).toBe(isTrue);
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
      const known = nothing();
      const truth = new Map<number, boolean>();
      for (const { t, isTrue: value } of all) {
        // Which instants of a stretch were true is not kept, so a false one cannot give way to its own instant.
        if (!value && truth.get(t)) continue;
        if (value) addTrue(known, t, isTrue);
        else addFalse(known, t);
        truth.set(t, value || truth.get(t) === true);
        expect(known.spans.length).toBeLessThanOrEqual(3 * spansMax);
        if (truth.get(t)) {
          const real = realRun(truth, t);
          const found = runAt(known.spans, t, true);
          expect([found.from <= real.from, found.to >= real.to]).toEqual([true, true]);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test('what was true late began after the known-false before it, however long ago that was forgotten', () => {
  const said = fc.array(fc.boolean(), { minLength: 4 * spansMax, maxLength: 8 * spansMax });
  fc.assert(
    fc.property(said, fc.nat(), (all, place) => {
      const known = nothing();
      for (const [i, value] of all.entries())
        if (value) addTrue(known, 2 * i, isTrue);
        else addFalse(known, 2 * i);
      const before = place % all.length;
      const late = 2 * before + 1;
      addTrue(known, late, isTrue);
      const begins = beginningOf(known, runAt(known.spans, late, false), late);
      expect([begins > 2 * all.lastIndexOf(false, before), begins <= late]).toEqual([true, true]);
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
  const known = nothing();
  for (let t = 0; t <= spansMax; t++) addTrue(known, t, t % 2 === 0 ? isTrue : held);
  expect(known.spans.slice(0, 3)).toEqual([isTrue, 0, 2]);
  expect(runAt(known.spans, 5, false)).toMatchObject({ from: 0, to: spansMax });
});
