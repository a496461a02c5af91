import { Worker } from 'node:worker_threads';
import type { Failure, ShareDone, WorkerData, WorkerNews, WorkerTask } from './share.ts';

/** No world takes so long, in milliseconds of our own time, on any machine: its code runs in a circle. */
const circleAfterMs = 60_000;

/** Most that a worker keeps of old objects, in MB: five times what lives in it. Without it garbage is let lie while there is memory. */
const heapMaxMb = 320;
/** Of new ones, in MB: with more it is no faster. */
const youngMaxMb = 64;

/** Every other world of a hunt is a whole one: some mistakes show only when things last. */
export const isWhole = (seed: number): boolean => seed % 2 === 0;

/** A world that does not end: its seed. Nothing else can be asked of its worker. */
export interface Stuck {
  readonly stuckAt: number;
}

/** A worker of the crew, asked one thing at a time. */
export interface AskedWorker {
  /** What became of the worlds of a share. @throws when the worker cannot start */
  tryThem(task: WorkerTask): Promise<ShareDone | Stuck>;
  close(): Promise<unknown>;
}

/** What is said of a world that does not end. */
export const stuckFailure = (seed: number): Failure => {
  const what = `the world of seed ${seed} did not end within ${circleAfterMs / 1_000} s`;
  return { seed, violations: [{ law: 'the-simulation-goes-on', what }] };
};

export interface Asking {
  readonly module: URL;
  /** A world of which nothing is heard for so long is stuck. */
  readonly stuckAfterMs: number;
}

const usual: Asking = { module: new URL('./worker.ts', import.meta.url), stuckAfterMs: circleAfterMs };

/** Starts a worker, with a seeded bug or with the product as it is. */
export function askWorker(workerData: WorkerData, { module, stuckAfterMs }: Asking = usual): AskedWorker {
  const resourceLimits = { maxOldGenerationSizeMb: heapMaxMb, maxYoungGenerationSizeMb: youngMaxMb };
  const worker = new Worker(module, { workerData, resourceLimits });
  return {
    tryThem: (task) =>
      new Promise((resolve, reject) => {
        let begun = task.seeds[0] ?? 0;
        const watch = (): NodeJS.Timeout =>
          setTimeout(() => settle(() => resolve({ stuckAt: begun })), stuckAfterMs);
        let watched = watch();
        const heard = (news: WorkerNews): void => {
          if ('begun' in news) {
            begun = news.begun;
            clearTimeout(watched);
            watched = watch();
          } else settle(() => resolve(news));
        };
        const failed = (error: unknown): void => settle(() => reject(error));
        const settle = (then: () => void): void => {
          clearTimeout(watched);
          worker.off('message', heard);
          worker.off('error', failed);
          then();
        };
        worker.on('message', heard);
        worker.on('error', failed);
        worker.postMessage(task);
      }),
    close: () => worker.terminate(),
  };
}

/** What the oracle says of the one world of `seed`, as a hunt asks for it. */
export async function violationsOf(worker: AskedWorker, seed: number): Promise<Failure['violations']> {
  const result = await worker.tryThem({ seeds: [seed], isWhole: isWhole(seed) });
  return 'stuckAt' in result ? stuckFailure(seed).violations : (result.failures[0]?.violations ?? []);
}
