/** What this room knows: what a rule means. This file: whether people have been told of an episode (semantics 24). */
import type { Span } from './state.ts';

/** True when one of the produced episodes overlaps the time in which the pattern held and lasted `clearFor` beyond it. */
export const isCovered = (held: Span, produced: readonly Span[], clearForMs: number): boolean =>
  produced.some(({ from, to }) => from <= held.to && to >= held.from && to >= held.to + clearForMs);
