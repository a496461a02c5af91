/** One of the crew of worlds: of the product as it is, or with the seeded bug that it was started with. */
import './quick.ts';
import assert from 'node:assert/strict';
import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { bugNamed } from '../bugs/catalogue.ts';
import { plant } from '../bugs/plant.ts';
import type { WorkerData, WorkerNews, WorkerTask } from './share.ts';

const port = parentPort;
assert(port, 'runs as a worker');
const { bug, isWhole = false }: WorkerData = workerData ?? {};
if (bug !== undefined) plant(bugNamed(bug));

// What imports the product comes after the bug.
const { openShares } = await import('./try-share.ts');
flushCompileCache();
const say = (news: WorkerNews): void => port.postMessage(news);
const tryShare = openShares((begun) => say({ begun }));

port.on('message', async ({ seeds, isWhole: isThisWhole = isWhole }: WorkerTask) => {
  say(await tryShare(seeds, isThisWhole));
});
