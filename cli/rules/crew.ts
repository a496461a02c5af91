/** Many files at the same time: a book of a thousand rules keeps every core busy, not one for seconds. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** So few items are done faster than a worker starts. */
export const crewFrom = 200;
/** Most workers; more only wait for memory. */
const workersMax = 7;
/** Room for the short-lived objects of a parser, so that they are swept rarely. Megabytes. */
const youngGenerationMb = 64;

const workers: Worker[] = [];

/** Started once and kept; they do not keep the process alive. */
function crew(): readonly Worker[] {
  const wanted = Math.min(workersMax, availableParallelism() - 1);
  while (workers.length < wanted) {
    const worker = new Worker(new URL('./crew-worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    });
    worker.unref();
    workers.push(worker);
  }
  return workers;
}

/** What a worker makes of a share; `undefined` where a result cannot travel between threads. */
function shareOf<Out>(worker: Worker, job: string, items: readonly unknown[]): Promise<(Out | undefined)[]> {
  return new Promise((resolve, reject) => {
    worker.ref();
    const settle = (): void => {
      worker.unref();
      worker.off('error', fail);
    };
    const fail = (error: unknown): void => {
      settle();
      reject(error);
    };
    worker.once('error', fail);
    worker.once('message', (done: (Out | undefined)[]) => {
      settle();
      resolve(done);
    });
    worker.postMessage({ job, items });
  });
}

/** `alone` of every item, in the order of `items`; the worker knows it by the name `job`. */
export async function inCrew<In, Out>(
  job: 'rule' | 'proof',
  items: readonly In[],
  alone: (item: In) => Out,
): Promise<readonly Out[]> {
  const hands = items.length < crewFrom ? [] : crew();
  const size = Math.ceil(items.length / (hands.length + 1));
  const shares = hands.map((worker, i) =>
    shareOf<Out>(worker, job, items.slice((i + 1) * size, (i + 2) * size)),
  );
  const done: (Out | undefined)[] = items.slice(0, size).map(alone);
  for (const share of shares) done.push(...(await share));
  return items.map((item, i) => done[i] ?? alone(item));
}
