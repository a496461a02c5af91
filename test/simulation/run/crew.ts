/** Worlds on every core: each worker registers the city once and then takes seeds by the handful. */
import { type AskedWorker, askWorker, stuckFailure } from './asked-worker.ts';
import type { Failure, ShareDone } from './share.ts';

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
  /** Starts a worker. @default one of worlds */
  readonly open?: () => AskedWorker;
}

/** Tries all seeds. One whose world does not end has failed, and the others go on. @throws when a worker dies */
export async function runCrew(parts: CrewParts): Promise<CrewProgress> {
  const { open = () => askWorker({ isWhole: parts.isWhole === true }) } = parts;
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
  const lane = async (): Promise<void> => {
    let worker = open();
    try {
      for (let taken = share(); taken.length > 0; taken = share()) {
        let result = await worker.tryThem({ seeds: taken });
        while ('stuckAt' in result) {
          const { stuckAt } = result;
          totals.seeds += 1;
          failures.push(stuckFailure(stuckAt));
          await worker.close();
          worker = open();
          // What it had done of this share went with it.
          taken = taken.filter((seed) => seed !== stuckAt);
          result = await worker.tryThem({ seeds: taken });
        }
        add(result);
      }
    } finally {
      await worker.close();
    }
  };
  await Promise.all(Array.from({ length: parts.workers }, lane));
  return progress();
}
