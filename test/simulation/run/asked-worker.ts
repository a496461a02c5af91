import { Worker } from 'node:worker_threads';
import type { Failure, ShareDone, WorkerData, WorkerTask } from './share.ts';

/** No world takes so long, in milliseconds of our own time, on any machine: its code runs in a circle. */
const circleAfterMs = 60_000;

/** Every other world of a hunt is a whole one: some mistakes show only when things last. */
export const isWhole = (seed: number): boolean => seed % 2 === 0;

/** A worker of the crew that is asked for one seed at a time. */
export interface AskedWorker {
  /** What the oracle says of the world of this seed. @throws when the worker cannot start */
  violationsOf(seed: number): Promise<Failure['violations']>;
  close(): Promise<unknown>;
}

/** Starts a worker, with a seeded bug or with the product as it is. */
export function askWorker(workerData: WorkerData): AskedWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  return {
    violationsOf: (seed) =>
      new Promise((resolve, reject) => {
        const circle = setTimeout(() => {
          const what = `the world of seed ${seed} did not end within ${circleAfterMs / 1_000} s`;
          settle(() => resolve([{ law: 'the-simulation-goes-on', what }]));
        }, circleAfterMs);
        const heard = ({ failures }: ShareDone): void => settle(() => resolve(failures[0]?.violations ?? []));
        const failed = (error: unknown): void => settle(() => reject(error));
        const settle = (then: () => void): void => {
          clearTimeout(circle);
          worker.off('message', heard);
          worker.off('error', failed);
          then();
        };
        worker.on('message', heard);
        worker.on('error', failed);
        worker.postMessage({ seeds: [seed], isWhole: isWhole(seed) } satisfies WorkerTask);
      }),
    close: () => worker.terminate(),
  };
}
