/** Worlds on every core: each worker registers the city once and then takes seeds by the handful. */
import { Worker } from 'node:worker_threads';
import type { Failure, ShareDone, WorkerData, WorkerTask } from './share.ts';

/** Seeds that a worker takes at a time: a progress line a second, and a message between threads for many worlds. */
const shareSize = 25;

export interface CrewProgress {
  readonly seeds: number;
  readonly failures: readonly Failure[];
  readonly injected: ReadonlyMap<string, number>;
  readonly messages: number;
  readonly simulatedMs: number;
}

export interface CrewParts {
  readonly workers: number;
  /** Seeds in the order in which they are to be tried. */
  readonly seeds: Iterable<number>;
  readonly isWhole?: boolean;
  told(progress: CrewProgress): void;
  /** Asked before each share: true ends the run. */
  isEnough(progress: CrewProgress): boolean;
}

/** Tries all seeds. @throws when a worker dies */
export async function runCrew(parts: CrewParts): Promise<CrewProgress> {
  const workerData: WorkerData = { isWhole: parts.isWhole === true };
  const seeds = parts.seeds[Symbol.iterator]();
  const injected = new Map<string, number>();
  const failures: Failure[] = [];
  const totals = { seeds: 0, messages: 0, simulatedMs: 0 };
  const progress = (): CrewProgress => ({ ...totals, failures, injected });
  const share = (): number[] => {
    const taken: number[] = [];
    while (taken.length < shareSize) {
      const next = seeds.next();
      if (next.done === true) break;
      taken.push(next.value);
    }
    return taken;
  };
  const add = (done: ShareDone): void => {
    totals.seeds += done.seeds;
    totals.messages += done.messages;
    totals.simulatedMs += done.simulatedMs;
    failures.push(...done.failures);
    for (const [key, count] of done.injected) injected.set(key, (injected.get(key) ?? 0) + count);
    parts.told(progress());
  };
  const lane = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
      const next = (): void => {
        const taken = parts.isEnough(progress()) ? [] : share();
        if (taken.length === 0) void worker.terminate().then(() => resolve());
        else worker.postMessage({ seeds: taken } satisfies WorkerTask);
      };
      worker.on('message', (done: ShareDone) => {
        add(done);
        next();
      });
      worker.on('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: parts.workers }, lane));
  return progress();
}
