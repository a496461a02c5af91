import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import { windowFunctions } from '../../../../functions/domain/rules/expression.ts';
import { figureAt } from '../../../../functions/domain/rules/windows/figure.ts';
import {
  copyRing,
  enter,
  newRing,
  type Ring,
  scaledValue,
} from '../../../../functions/domain/rules/windows/ring.ts';
import { readRing, writeRing } from '../../../../functions/domain/rules/windows/ring-codec.ts';
import { shapeOf, type WindowShape } from '../../../../functions/domain/rules/windows/shape.ts';
import { reachesAt } from '../../../../functions/domain/rules/windows/slope.ts';
import { duration } from '../../../../functions/domain/time.ts';
import {
  gridOf,
  type Past,
  type ReferenceWindow,
  referenceFigure,
  referenceSlope,
} from '../../../support/reference/windows.ts';

const places = 5;
const startAt = 1_700_000_000_000;

const anyWindow: fc.Arbitrary<ReferenceWindow> = fc
  .record({
    lengthMs: fc.constantFrom(1_000, 1_500, 7_000, 20_000, 60_000, 61_003, 600_000, 86_400_000),
    back: fc.constantFrom(0, 0, 0, 0.5, 1, 9),
    countMin: fc.constantFrom(1, 1, 3),
  })
  .map(({ lengthMs, back, countMin }) => ({ lengthMs, backMs: Math.round(lengthMs * back), countMin }));

/** Steps as parts of the window's grid: dense, one a bucket, sparse, and just beside the edges. */
const anySteps = fc.array(
  fc.record({
    grids: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      { weight: 4, arbitrary: fc.constant(0.25) },
      fc.constantFrom(0.001, 0.5, 0.999, 2, 5, 9, 10, 11, 20, 21, 41),
    ),
    nudge: fc.constantFrom(0, 0, 0, 1, -1),
    v: fc.integer({ min: -300, max: 2_000 }).map((hundredths) => hundredths / 100),
  }),
  { minLength: 1, maxLength: 60 },
);

function historyOf(
  spec: ReferenceWindow,
  steps: readonly { readonly grids: number; readonly nudge: number; readonly v: number }[],
): readonly Past[] {
  const grid = gridOf(spec);
  let t = Math.ceil(startAt / grid) * grid;
  return steps.map(({ grids, nudge, v }) => {
    t += Math.max(1, Math.round(grids * grid) + nudge);
    return { t, v };
  });
}

const shapeFor = ({ lengthMs, backMs }: ReferenceWindow): WindowShape =>
  shapeOf(
    { lengthMs: duration(lengthMs), backMs: duration(backMs), functions: [...windowFunctions, 'slope'] },
    places,
  );

const take = (shape: WindowShape, ring: Ring, { t, v }: Past): void =>
  enter(shape, ring, t, scaledValue(shape, v));

const isNear = (a: number | undefined, b: number | undefined): boolean =>
  a === undefined || b === undefined ? a === b : Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(b));

/** Every figure that differs from the reference, named. */
function differences(
  shape: WindowShape,
  ring: Ring,
  spec: ReferenceWindow,
  history: readonly Past[],
  { t, v }: Past,
): readonly string[] {
  const judged = spec.backMs === 0 ? v : undefined;
  const scaled = judged === undefined ? undefined : scaledValue(shape, judged);
  return windowFunctions.flatMap((fn) => {
    const said = figureAt(shape, ring, fn, t, spec.countMin, scaled);
    const expected = referenceFigure(history, spec, fn, t, judged);
    return isNear(said, expected) ? [] : [`${fn} at ${t}: ${said}, not ${expected}`];
  });
}

test('semantics 17: in order, every figure is that of the whole history on the same grid', () => {
  fc.assert(
    fc.property(anyWindow, anySteps, (spec, steps) => {
      const shape = shapeFor(spec);
      const history = historyOf(spec, steps);
      const ring = newRing();
      history.forEach((reading, i) => {
        take(shape, ring, reading);
        expect(differences(shape, ring, spec, history.slice(0, i + 1), reading)).toEqual([]);
      });
    }),
    { numRuns: 1_000 },
  );
});

test('semantics 17, 9: a reading that is late by less than a quarter of the window is judged on the whole window of its time', () => {
  fc.assert(
    fc.property(
      anyWindow.filter(({ backMs, lengthMs }) => backMs === 0 && lengthMs >= 7_000),
      anySteps,
      fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 60, maxLength: 60 }),
      (spec, steps, delays) => {
        const shape = shapeFor(spec);
        const grid = gridOf(spec);
        const late = Math.floor(shape.span / 4 - 1);
        const arrivals = historyOf(spec, steps)
          .map((reading, i) => ({ reading, at: reading.t + grid * Math.min(late, delays[i] ?? 0) }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ reading }) => reading);
        const ring = newRing();
        arrivals.forEach((reading, i) => {
          take(shape, ring, reading);
          expect(differences(shape, ring, spec, arrivals.slice(0, i + 1), reading)).toEqual([]);
        });
      },
    ),
    { numRuns: 1_000 },
  );
});

test('semantics 18: a value reaches what its median slope leads to, as in the whole history', () => {
  fc.assert(
    fc.property(
      anyWindow.filter(({ backMs, lengthMs }) => backMs === 0 && lengthMs >= 7_000),
      anySteps,
      fc.constantFrom(0.5, 1, 3),
      (spec, steps, factor) => {
        const shape = shapeFor(spec);
        const history = historyOf(spec, steps);
        const ring = newRing();
        history.forEach((reading, i) => {
          take(shape, ring, reading);
          const known = history.slice(0, i + 1);
          const slope = referenceSlope(known, spec, reading.t);
          const isCovered = referenceFigure(known, spec, 'avg', reading.t) !== undefined;
          const withinMs = spec.lengthMs * factor;
          const scaled = scaledValue(shape, reading.v);
          const asked = (limit: number): boolean | undefined =>
            reachesAt(shape, ring, limit, withinMs, reading.t, spec.countMin, scaled);
          if (slope === undefined || !isCovered) expect(asked(0)).toBe(undefined);
          else if (Math.abs(slope * withinMs) > 0.01) {
            const reached = reading.v + slope * withinMs;
            const step = 0.001 * Math.sign(slope);
            expect([asked(reached - step), asked(reached + step)]).toEqual([true, false]);
          }
        });
      },
    ),
    { numRuns: 1_000 },
  );
});

test('semantics 29: a ring that was written and read says the same and goes on as the other does', () => {
  fc.assert(
    fc.property(anyWindow, anySteps, fc.nat(59), (spec, steps, cut) => {
      const shape = shapeFor(spec);
      const history = historyOf(spec, steps);
      const ring = newRing();
      for (const reading of history.slice(0, cut)) take(shape, ring, reading);
      const writer = byteWriter();
      const base = history[Math.min(cut, history.length) - 1]?.t ?? startAt;
      writeRing(writer, shape, ring, base);
      const reader = byteReader(writer.finish());
      const read = readRing(reader, shape, base);
      expect(reader.done()).toBe(true);
      history.forEach((reading, i) => {
        if (i < cut) return;
        take(shape, ring, reading);
        take(shape, read, reading);
        for (const fn of windowFunctions)
          expect(figureAt(shape, read, fn, reading.t, 1)).toBe(figureAt(shape, ring, fn, reading.t, 1));
        // Now, and as a late reading would ask of the past.
        for (const t of [reading.t, history[i - 4]?.t ?? reading.t]) {
          const asked = (of: Ring): readonly unknown[] =>
            [-30, -3, 0, 3, 30].map((limit) => reachesAt(shape, of, limit, spec.lengthMs, t, 1));
          expect(asked(read)).toEqual(asked(ring));
        }
      });
      expect(differencesOfCopies(shape, ring, history)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

/** What a copy lets its original know of what it takes: nothing. */
function differencesOfCopies(shape: WindowShape, ring: Ring, history: readonly Past[]): readonly string[] {
  const at = history.at(-1)?.t ?? 0;
  const before = windowFunctions.map((fn) => figureAt(shape, ring, fn, at, 1));
  const copy = copyRing(ring);
  take(shape, copy, { t: at, v: 77 });
  take(shape, copy, { t: at + shape.gridMs, v: -77 });
  const after = windowFunctions.map((fn) => figureAt(shape, ring, fn, at, 1));
  return windowFunctions.filter((_, i) => before[i] !== after[i]);
}
