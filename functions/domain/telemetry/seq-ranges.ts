/** What this room knows: what devices say. This file: sets of sequence numbers, kept as few ranges. */

/** All whole numbers `from` … `to`. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** Ascending, disjoint, never touching. */
export type SeqRanges = readonly SeqRange[];

/** Most ranges of one boot; beyond it the lowest is forgotten, so that nothing unseen ever counts as seen. */
export const rangeCountMax = 32;

export const includesSeq = (ranges: SeqRanges, seq: number): boolean =>
  ranges.some(({ from, to }) => from <= seq && seq <= to);

/** `ranges` with `seq` in them. */
export function withSeq(ranges: SeqRanges, seq: number): SeqRanges {
  if (includesSeq(ranges, seq)) return ranges;
  const before = ranges.filter((range) => range.to < seq - 1);
  const after = ranges.filter((range) => range.from > seq + 1);
  const touched = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(seq, touched[0]?.from ?? seq);
  const to = Math.max(seq, touched.at(-1)?.to ?? seq);
  return [...before, { from, to }, ...after].slice(-rangeCountMax);
}
