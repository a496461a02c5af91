/** Work in shares for several workers: each takes the next share as soon as it is done with one. */
import { Worker } from 'node:worker_threads';

export interface Shares<Task, Done> {
  /** Module of the worker: takes a task as a message and answers each with one message. */
  readonly module: URL;
  readonly workers: number;
  /** The next task; undefined: there is none. */
  next(): Task | undefined;
  done(result: Done): void;
}

/** Works until there is no task left. @throws when a worker dies */
export async function inShares<Task, Done>({
  module,
  workers,
  next,
  done,
}: Shares<Task, Done>): Promise<void> {
  const lane = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(module);
      const give = (): void => {
        const task = next();
        if (task === undefined) void worker.terminate().then(() => resolve());
        else worker.postMessage(task);
      };
      worker.on('message', (result: Done) => {
        done(result);
        give();
      });
      worker.on('error', reject);
      give();
    });
  await Promise.all(Array.from({ length: workers }, lane));
}

/** A line of progress at most every two seconds. */
export function createTeller(): (text: () => string) => void {
  const tellEveryMs = 2_000;
  let toldAt = performance.now();
  return (text) => {
    const now = performance.now();
    if (now - toldAt < tellEveryMs) return;
    toldAt = now;
    process.stderr.write(`${text()}\n`);
  };
}
