import { createLoop, type VirtualLoop } from '../../../sensors-sim/virtual/loop.ts';

/** Virtual time: nothing happens but what was planned for an instant, and code runs to its end before time goes on. */
export interface Engine {
  /** What devices take for their clock. */
  readonly loop: VirtualLoop;
  now(): number;
  /** Does `work` after `delayMs`; what it resolves runs on before anything else happens. */
  after(delayMs: number, work: () => void): void;
  /** Happenings of the same instant, planned in a row, cost one turn. */
  run(until: number): Promise<void>;
}

/** Most turns of one world; the busiest of some hundred takes a twentieth. More are made by what comes again for ever. */
const turnsMax = 120_000;

/**
 * Waits until all code that can run has run: simulated code awaits nothing but promises of this world, and a tick of the process
 * comes when no promise is left to go on. A turn of the event loop would do as well, and takes longer than most calls.
 */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** An engine whose clock stands at `startAt`; more than `most` turns are a defect. */
export function createEngine(startAt: number, most = turnsMax): Engine {
  const loop = createLoop(startAt);
  const rows = new Map<number, (() => void)[]>();
  let turns = 0;
  return {
    loop,
    now: loop.now,
    after(delayMs, work) {
      const at = loop.now() + Math.max(0, delayMs);
      const row = rows.get(at);
      if (row !== undefined) {
        row.push(work);
        return;
      }
      const fresh = [work];
      rows.set(at, fresh);
      loop.at(at, () => {
        rows.delete(at);
        turns += 1;
        if (turns > most) throw new Error(`the world did not end within ${most} turns`);
        for (const one of fresh) one();
        return settled();
      });
    },
    run: (until) => loop.run(until),
  };
}
