/** What this room knows: what a rule means. This file: whether people have been told of an episode (semantics 24). */
import type { Span } from './state.ts';

/** True when one of the produced episodes overlaps `wanted` and does not end before it. */
export const isCovered = (wanted: Span, produced: readonly Span[]): boolean =>
  produced.some(({ from, to }) => from <= wanted.to && to >= wanted.from && to >= wanted.to);
