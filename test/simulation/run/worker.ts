/** One of the crew of worlds: of the product as it is, or with the seeded bug that it was started with. */
import './quick.ts';
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { bugNamed } from '../bugs/catalogue.ts';
import { plant } from '../bugs/plant.ts';
import type { ShareDone, WorkerData, WorkerTask } from './share.ts';

const port = parentPort;
assert(port, 'runs as a worker');
const { bug, isWhole = false }: WorkerData = workerData ?? {};
if (bug !== undefined) plant(bugNamed(bug));

// What imports the product comes after the bug.
const { openShares } = await import('./try-share.ts');
const tryShare = openShares();

port.on('message', async ({ seeds, isWhole: isThisWhole = isWhole }: WorkerTask) => {
  port.postMessage((await tryShare(seeds, isThisWhole)) satisfies ShareDone);
});
