/** What this room knows: what devices say. This file: sets of sequence numbers, kept as few ranges. */

/** All whole numbers `from` … `to`. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** Ascending, disjoint, never touching. */
export type SeqRanges = readonly SeqRange[];

/** How many numbers of the set lie below `seq`, and whether it is one of them itself. */
export function placeOf(ranges: SeqRanges, seq: number): { readonly below: number; readonly isIn: boolean } {
  let below = 0;
  for (const { from, to } of ranges) {
    if (seq < from) break;
    if (seq <= to) return { below: below + seq - from, isIn: true };
    below += to - from + 1;
  }
  return { below, isIn: false };
}

/** `ranges` with `seq` in them. */
export function withSeq(ranges: SeqRanges, seq: number): SeqRanges {
  const last = ranges[ranges.length - 1];
  if (last !== undefined && last.to === seq - 1)
    return replaced(ranges, ranges.length - 1, { from: last.from, to: seq });
  if (placeOf(ranges, seq).isIn) return ranges;
  const before = ranges.filter((range) => range.to < seq - 1);
  const after = ranges.filter((range) => range.from > seq + 1);
  const touched = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(seq, touched[0]?.from ?? seq);
  const to = Math.max(seq, touched.at(-1)?.to ?? seq);
  return [...before, { from, to }, ...after];
}

/** `ranges` without their lowest number. */
export function withoutLowest(ranges: SeqRanges): SeqRanges {
  const [first] = ranges;
  if (first === undefined) return ranges;
  return first.from === first.to
    ? ranges.slice(1)
    : replaced(ranges, 0, { from: first.from + 1, to: first.to });
}

/** `ranges.with(at, range)`; nearly always there is but one, and that is a fifth of the cost. */
function replaced(ranges: SeqRanges, at: number, range: SeqRange): SeqRanges {
  return ranges.length === 1 ? [range] : ranges.with(at, range);
}
