/** What this room knows: what a rule means. This file: counting breaches before they raise (semantics 15). */
import type { Times } from '../book.ts';
import { spanAgeMaxMs } from './spans.ts';

/**
 * Instants that count, in order and each once: known-true readings; with `for`, the ends of completed runs, one after each
 * `for` since the run began.
 */
export type Hits = readonly number[];

/**
 * Most instants kept per severity; no rule counts more. What has fallen out is taken for enough to raise.
 */
export const hitsMax = 64;

/** The newest of `hits`, as many and as old as can still count for something late. */
function bounded(hits: readonly number[]): Hits {
  const oldest = (hits.at(-1) ?? 0) - spanAgeMaxMs;
  const young = (hits[0] ?? 0) < oldest ? hits.filter((hit) => hit >= oldest) : hits;
  return young.length > hitsMax ? young.slice(-hitsMax) : young;
}

/** `hits` with `t` among them; the same list when it was there. */
export function withHit(hits: Hits, t: number): Hits {
  const last = hits.at(-1);
  if (last === undefined || t > last) return bounded([...hits, t]);
  const at = hits.findIndex((hit) => hit >= t);
  return hits[at] === t ? hits : bounded(hits.toSpliced(at, 0, t));
}

/** `hits` after the run that began at `from` was true up to `to`: its newest completions are added. */
export function withRun(hits: Hits, from: number, to: number, forMs: number): Hits {
  const count = Math.floor((to - from) / forMs);
  const last = hits.at(-1) ?? from;
  const known = last > from ? Math.floor((last - from) / forMs) : 0;
  if (count <= known) return hits;
  const added: number[] = [];
  for (let k = Math.max(known, count - hitsMax) + 1; k <= count; k++) added.push(from + k * forMs);
  return bounded([...hits, ...added]);
}

/** `hits` with the completions of the whole run from `from` to `to` instead of what was counted inside it. */
export function withWholeRun(hits: Hits, from: number, to: number, forMs: number): Hits {
  const before = hits.filter((hit) => hit <= from);
  const after = hits.filter((hit) => hit > to);
  return bounded([...withRun(before, from, to, forMs), ...after]);
}

/** True when at least `count` of `hits` lie in (`t` - `within`, `t`], after `after`. */
export function isCounted({ count, withinMs }: Times, hits: Hits, t: number, after: number): boolean {
  const from = Math.max(t - withinMs, after);
  let counted = 0;
  for (let i = hits.length - 1; i >= 0; i--) {
    const hit = hits[i] ?? 0;
    if (hit > t) continue;
    if (hit <= from) return false;
    counted += 1;
    if (counted >= count) return true;
  }
  // Older ones have fallen out of a full list, and might be the ones that are missing.
  return hits.length >= hitsMax && from < (hits[0] ?? 0);
}

/** True when none of `hits` lies in (`t` - `within`, `t`). */
export const isNoneBefore = ({ withinMs }: Times, hits: Hits, t: number): boolean =>
  !hits.some((hit) => hit > t - withinMs && hit < t);

/** Completed runs are at least a `for` apart, so in a shorter stretch there are never enough of them. */
export const canComplete = ({ count, withinMs }: Times, forMs: number): boolean =>
  (count - 1) * forMs < withinMs;
