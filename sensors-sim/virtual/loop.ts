import type { Timers } from '../device/timers.ts';

/** What happens at an instant; a promise holds the clock until it is settled. */
export type Happening = () => void | Promise<void>;

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly happening: Happening;
  isCancelled: boolean;
}

/** Time that passes only when something happens. Same order of calls, same order of events. */
export interface VirtualLoop extends Timers {
  at(instant: number, happening: Happening): () => void;
  /** Runs everything that falls before `until`, then stands at `until`. */
  run(until: number): Promise<void>;
}

/** A loop whose clock stands at `startAt`. */
export function createLoop(startAt: number): VirtualLoop {
  const heap: Entry[] = [];
  let now = startAt;
  let order = 0;
  return {
    now: () => now,
    at(instant, happening) {
      const entry: Entry = { at: Math.max(instant, now), order: order++, happening, isCancelled: false };
      push(heap, entry);
      return () => {
        entry.isCancelled = true;
      };
    },
    async run(until) {
      for (let next = heap[0]; next !== undefined && next.at < until; next = heap[0]) {
        pop(heap);
        if (next.isCancelled) continue;
        now = next.at;
        const pending = next.happening();
        if (pending !== undefined) await pending;
      }
      now = Math.max(now, until);
    },
  };
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || isBefore(parent, entry)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    if (left === undefined) break;
    const child = right !== undefined && isBefore(right, left) ? right : left;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = child === left ? 2 * at + 1 : 2 * at + 2;
  }
  heap[at] = last;
}
