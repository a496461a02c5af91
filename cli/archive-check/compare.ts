/** The archive beside what the twins remember of the numbers that they have had. Pure. */
import { highestOf, type Life } from '../../functions/domain/telemetry/life.ts';
import type { Memory } from '../../functions/domain/telemetry/memory.ts';
import type { SeqRange, SeqRanges } from '../../functions/domain/telemetry/seq-ranges.ts';
import type { ArchivedBoot, ArchivedDevice } from './ledger.ts';

/** How long after its receipt a message is an object at the latest when all is well: the stream waits 5 min. Milliseconds. */
export const settledAfterMs = 15 * 60_000;

export type ArchiveProblem =
  /** The twin has had it and the archive has not. */
  | { readonly kind: 'missing'; readonly boot: string; readonly ranges: SeqRanges; readonly count: number }
  | { readonly kind: 'missing-digests'; readonly count: number }
  /** The archive has it and the twin has not: it failed on its way, or waits. */
  | {
      readonly kind: 'not-committed';
      readonly boot: string;
      readonly ranges: SeqRanges;
      readonly count: number;
    }
  /** Neither has it: the device counted on, and it never came. */
  | { readonly kind: 'gap'; readonly boot: string; readonly ranges: SeqRanges; readonly count: number };

/** Instants, in milliseconds. */
export interface Range {
  readonly from: number;
  /** What was received until then is an object by now. */
  readonly settledUntil: number;
}

const sizeOf = (ranges: SeqRanges): number => ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** What of `range` is not in `ranges`. */
function without(range: SeqRange, ranges: SeqRanges): SeqRange[] {
  const left: SeqRange[] = [];
  let { from } = range;
  for (const one of ranges) {
    if (one.to < from || one.from > range.to) continue;
    if (one.from > from) left.push({ from, to: one.from - 1 });
    from = one.to + 1;
  }
  if (from <= range.to) left.push({ from, to: range.to });
  return left;
}

const difference = (a: SeqRanges, b: SeqRanges): SeqRange[] => a.flatMap((range) => without(range, b));

const within = (ranges: SeqRanges, from: number, to: number): SeqRange[] =>
  ranges.flatMap((range) =>
    range.to < from || range.from > to
      ? []
      : [{ from: Math.max(range.from, from), to: Math.min(range.to, to) }],
  );

const remembered = ({ older, recent }: Life): SeqRanges =>
  [...older, ...recent].toSorted((a, b) => a.from - b.from);

/**
 * What the two do not agree on, within what the range can prove: a number below the first archived one may be older than the
 * range, one above the last may be younger than what is an object by now.
 */
export function compareDevice(
  memory: Memory,
  archived: ArchivedDevice | undefined,
  range: Range,
): ArchiveProblem[] {
  const boots = new Set([...memory.lives.map(({ boot }) => boot), ...(archived?.boots.keys() ?? [])]);
  const problems = [...boots].flatMap((boot) =>
    compareBoot(
      boot,
      memory.lives.filter((life) => life.boot === boot),
      archived?.boots.get(boot),
      range,
    ),
  );
  const lost = lostDigests(memory, archived);
  return lost === 0 ? problems : [...problems, { kind: 'missing-digests', count: lost }];
}

function compareBoot(
  boot: string,
  lives: readonly Life[],
  archived: ArchivedBoot | undefined,
  range: Range,
): ArchiveProblem[] {
  const here = archived?.seqs ?? [];
  const lowest = here[0]?.from ?? 0;
  const highest = here.at(-1)?.to ?? -1;
  const missing = lives.flatMap((life) => {
    const { clock } = life;
    // Without a clock of the device only the numbers themselves say what lies in the range.
    const isAllInRange = clock !== undefined && clock.firstMs >= range.from;
    const isSettled = clock !== undefined && clock.lastMs <= range.settledUntil && clock.lastMs >= range.from;
    if (here.length === 0 && !(isAllInRange && isSettled)) return [];
    const from = isAllInRange ? 0 : lowest;
    const to = isSettled ? Number.MAX_SAFE_INTEGER : highest;
    return difference(within(remembered(life), from, to), here);
  });
  const known = lives.flatMap(remembered).toSorted((a, b) => a.from - b.from);
  const first = here[0];
  const gaps = first === undefined ? [] : difference(without({ from: lowest, to: highest }, here), known);
  return [
    ...problem('missing', boot, missing),
    ...problem('not-committed', boot, uncommitted(lives, archived, range)),
    ...problem('gap', boot, gaps),
  ];
}

function uncommitted(lives: readonly Life[], archived: ArchivedBoot | undefined, range: Range): SeqRange[] {
  if (lives.length === 0 || archived === undefined || archived.highestAt > range.settledUntil) return [];
  const newest = Math.max(...lives.map(highestOf));
  return within(archived.seqs, newest + 1, Number.MAX_SAFE_INTEGER);
}

const problem = (
  kind: 'missing' | 'not-committed' | 'gap',
  boot: string,
  ranges: readonly SeqRange[],
): ArchiveProblem[] => (ranges.length === 0 ? [] : [{ kind, boot, ranges, count: sizeOf(ranges) }]);

/** Of messages without numbers those that lie between two that are here: about the rest nothing says when they came. */
function lostDigests({ digests }: Memory, archived: ArchivedDevice | undefined): number {
  const isHere = digests.map((digest) => archived?.digests.has(digest) === true);
  const first = isHere.indexOf(true);
  return isHere.slice(first, isHere.lastIndexOf(true) + 1).filter((one) => !one).length;
}

/** @example rangesText([{ from: 3, to: 5 }, { from: 9, to: 9 }]) // '3-5, 9' */
export const rangesText = (ranges: SeqRanges): string =>
  `${ranges
    .slice(0, 5)
    .map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
    .join(', ')}${ranges.length > 5 ? ', …' : ''}`;
