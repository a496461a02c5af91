/** A worker whose third world runs in a circle, and whose others are over at once. */
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import type { WorkerNews, WorkerTask } from '../share.ts';

const port = parentPort;
assert(port, 'runs as a worker');
const say = (news: WorkerNews): void => port.postMessage(news);

/** The world that does not end. */
const endless = 3;

port.on('message', ({ seeds }: WorkerTask) => {
  for (const seed of seeds) {
    say({ begun: seed });
    while (seed === endless);
  }
  say({ seeds: seeds.length, failures: [], injected: [], messages: seeds.length, simulatedMs: 0 });
});
