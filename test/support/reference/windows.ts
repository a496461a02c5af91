/**
 * What windows say, the naive way: every figure is found again from the whole history, on the same grid of buckets. Not made
 * of the engine's parts.
 */
import type { WindowFunction } from '../../../functions/domain/rules/expression.ts';

export interface Past {
  readonly t: number;
  readonly v: number;
}

export interface ReferenceWindow {
  readonly lengthMs: number;
  readonly backMs: number;
  readonly countMin: number;
}

const mean = (of: readonly number[]): number => of.reduce((sum, v) => sum + v, 0) / of.length;

/** The grid: a twentieth of the window, at least a second; of an old baseline a sixtieth of how far it looks back. */
export const gridOf = ({ lengthMs, backMs }: ReferenceWindow): number =>
  Math.max(1_000, Math.ceil(lengthMs / 20), backMs === 0 ? 0 : Math.ceil((lengthMs + backMs) / 60));

/** Readings in phenomenon order, by bucket: bucket k holds what lies in ((k - 1) grid, k grid]. */
function buckets(history: readonly Past[], grid: number): readonly (readonly Past[])[] {
  const sorted = history.toSorted((a, b) => a.t - b.t);
  const grouped = Map.groupBy(sorted, ({ t }) => Math.ceil(t / grid));
  return [...grouped.values()];
}

const bucketNumber = (bucket: readonly Past[], grid: number): number => Math.ceil((bucket[0]?.t ?? 0) / grid);

interface Window {
  readonly from: number;
  readonly to: number;
  readonly inside: readonly (readonly Past[])[];
  readonly all: readonly (readonly Past[])[];
  readonly grid: number;
}

function windowAt(history: readonly Past[], spec: ReferenceWindow, at: number): Window {
  const grid = gridOf(spec);
  const all = buckets(history, grid);
  const to = spec.backMs === 0 ? at : Math.floor((at - spec.backMs) / grid) * grid;
  const from = spec.backMs === 0 ? at - spec.lengthMs : to - Math.ceil(spec.lengthMs / grid) * grid;
  const touches = (bucket: readonly Past[]): boolean =>
    (bucket.at(-1)?.t ?? 0) > from && (bucket[0]?.t ?? 0) <= to;
  return { from, to, inside: all.filter(touches), all, grid };
}

const firstOf = (bucket: readonly Past[]): Past => bucket[0] ?? { t: 0, v: 0 };
/** Of two values at one instant the greater one stands. */
const lastOf = (bucket: readonly Past[]): Past => bucket.at(-1) ?? { t: 0, v: 0 };

/** What a bucket lets know of single values: its first and its last. */
const knownValues = (all: readonly (readonly Past[])[]): readonly Past[] =>
  all.flatMap((bucket) => [firstOf(bucket), lastOf(bucket)]);

/** A figure of the window as of `at`. */
export function referenceFigure(
  history: readonly Past[],
  spec: ReferenceWindow,
  fn: WindowFunction,
  at: number,
  judged?: number,
): number | undefined {
  const window = windowAt(history, spec, at);
  const readings = window.inside.flat();
  if (fn === 'count') return readings.length;
  if (readings.length < Math.max(1, spec.countMin)) return undefined;
  if (fn === 'delta' || fn === 'rate') return change(window, spec, fn, judged);
  const oldest = Math.max(readings[0]?.t ?? 0, window.from);
  const newest = Math.min(readings.at(-1)?.t ?? 0, window.to);
  if (newest - oldest < spec.lengthMs / 2) return undefined;
  const values = readings.map(({ v }) => v);
  if (fn === 'avg') return mean(values);
  if (fn === 'min') return Math.min(...values);
  if (fn === 'max') return Math.max(...values);
  if (fn === 'stddev') return Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));
  return timeWeighted(window, spec);
}

function change(
  { from, to, all, inside }: Window,
  spec: ReferenceWindow,
  fn: 'delta' | 'rate',
  judged: number | undefined,
): number | undefined {
  const known = knownValues(all);
  const now = judged === undefined ? known.findLast(({ t }) => t > from && t <= to) : { t: to, v: judged };
  if (now === undefined) return undefined;
  const oldest = firstOf(inside[0] ?? []);
  const past =
    known.findLast(({ t }) => t <= from && t >= from - spec.lengthMs) ??
    (now.t - oldest.t >= spec.lengthMs / 2 ? oldest : undefined);
  if (past === undefined || (fn === 'rate' && now.t === past.t)) return undefined;
  return fn === 'delta' ? now.v - past.v : (now.v - past.v) / (now.t - past.t);
}

/** Walks through the window millisecond stretch by stretch: what held when. */
function timeWeighted({ from, to, all, inside, grid }: Window, spec: ReferenceWindow): number | undefined {
  const reach = Math.ceil(Math.ceil(spec.lengthMs / grid) / 4);
  const earliest = Math.ceil((from + 1) / grid) - reach;
  const before = all.findLast(
    (bucket) =>
      bucketNumber(bucket, grid) < bucketNumber(inside[0] ?? [], grid) &&
      bucketNumber(bucket, grid) >= earliest,
  );
  const stretches: { start: number; end: number; v: number }[] = [];
  const relevant = before ? [before, ...inside] : inside;
  relevant.forEach((bucket, i) => {
    const { t: start } = firstOf(bucket);
    const { t: end, v } = lastOf(bucket);
    if (bucket.length > 1) {
      const inner = bucket.slice(0, -1).map((reading) => reading.v);
      stretches.push({ start, end, v: mean(inner) });
    }
    const next = relevant[i + 1];
    stretches.push({ start: end, end: next ? firstOf(next).t : to, v });
  });
  const clipped = stretches
    .map(({ start, end, v }) => ({ ms: Math.min(end, to) - Math.max(start, from), v }))
    .filter(({ ms }) => ms > 0);
  const covered = clipped.reduce((sum, { ms }) => sum + ms, 0);
  return covered === 0 ? undefined : clipped.reduce((sum, { ms, v }) => sum + ms * v, 0) / covered;
}

/** The median of all slopes between the means of closed buckets, for each millisecond. */
export function referenceSlope(
  history: readonly Past[],
  spec: ReferenceWindow,
  at: number,
): number | undefined {
  const grid = gridOf(spec);
  const present = Math.ceil(at / grid);
  const points = buckets(history, grid)
    .filter((bucket) => {
      const number = bucketNumber(bucket, grid);
      return number < present && number >= present - Math.ceil(spec.lengthMs / grid);
    })
    .map((bucket) => ({
      t: (firstOf(bucket).t + lastOf(bucket).t) / 2,
      v: mean(bucket.map(({ v }) => v)),
    }));
  if (points.length < 3) return undefined;
  const slopes = points
    .flatMap((a, i) => points.slice(i + 1).map((b) => (b.v - a.v) / (b.t - a.t)))
    .toSorted((a, b) => a - b);
  const half = slopes.length / 2;
  return ((slopes[Math.ceil(half) - 1] ?? 0) + (slopes[Math.floor(half)] ?? 0)) / 2;
}
