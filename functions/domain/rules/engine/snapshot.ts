/** What this room knows: what a rule means. This file: a cell as it was before a step, without a copy of it. */
import { type Cell, type Machine, newCell } from './cell.ts';

/**
 * A cell is changed where it stands, and its decision record needs what it was; yet three steps in four cause no
 * transition. So the fields are written over those of the step before, in one place for each number of severities, and a
 * copy is made only for who asks.
 */
interface Kept {
  readonly cell: Cell;
  /** Of each severity: how many numbers its stretches take, and they. */
  readonly spanCounts: number[];
  readonly spans: number[][];
}

const byCount: Kept[] = [];

function keptFor(count: number): Kept {
  let kept = byCount[count];
  if (kept === undefined) {
    for (let i = byCount.length; i <= count; i++) byCount.push(newKept(i));
    kept = byCount[count] ?? newKept(count);
  }
  return kept;
}

const newKept = (count: number): Kept => ({
  cell: newCell(count, 0),
  spanCounts: new Array<number>(count).fill(0),
  spans: Array.from({ length: count }, () => []),
});

/** Keeps what `cell` is now; good until the next call. */
export function keep(cell: Cell): void {
  const { machines } = cell;
  const kept = keptFor(machines.length);
  copyFields(cell, kept.cell);
  for (let i = 0; i < machines.length; i++) {
    const from = machines[i];
    const into = kept.cell.machines[i];
    const numbers = kept.spans[i];
    if (from === undefined || into === undefined || numbers === undefined) continue;
    copyTimers(from, into);
    const { spans } = from;
    kept.spanCounts[i] = spans.length;
    for (let at = 0; at < spans.length; at++) numbers[at] = spans[at] ?? 0;
  }
}

/** What was kept of `cell`, as a cell of its own. */
export function keptOf(cell: Cell): Cell {
  const kept = keptFor(cell.machines.length);
  const copy = newCell(cell.machines.length, 0);
  copyFields(kept.cell, copy);
  for (let i = 0; i < copy.machines.length; i++) {
    const from = kept.cell.machines[i];
    const into = copy.machines[i];
    if (from === undefined || into === undefined) continue;
    copyTimers(from, into);
    into.spans = kept.spans[i]?.slice(0, kept.spanCounts[i]) ?? [];
  }
  return copy;
}

function copyFields(from: Cell, into: Cell): void {
  into.evaluatedAt = from.evaluatedAt;
  into.isCalm = from.isCalm;
  into.lifeAt = from.lifeAt;
  into.lifeSetAt = from.lifeSetAt;
  into.isStale = from.isStale;
  into.holdAt = from.holdAt;
  into.holdReceivedAt = from.holdReceivedAt;
  into.isHoldOver = from.isHoldOver;
  into.unknownAt = from.unknownAt;
  into.unknownReceivedAt = from.unknownReceivedAt;
  into.isUnknownOver = from.isUnknownOver;
  into.silence = from.silence;
  into.silenceClearSince = from.silenceClearSince;
  into.toldRank = from.toldRank;
  into.wasToldStale = from.wasToldStale;
  into.lateCount = from.lateCount;
  into.limitsKey = from.limitsKey;
  into.hint = from.hint;
}

/** All of a severity but its stretches. */
function copyTimers(from: Machine, into: Machine): void {
  into.phase = from.phase;
  into.since = from.since;
  into.deadlineAt = from.deadlineAt;
  into.isHeld = from.isHeld;
  into.clearSince = from.clearSince;
  into.closed = from.closed;
  into.gaps = from.gaps;
  into.counting = from.counting;
}
