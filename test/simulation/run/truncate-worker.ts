/** One of the crew of torn tables: takes a seed, tears its world at many moments, mends each. */
import './quick.ts';
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import { registerCity } from '../city/registered.ts';
import { truncate } from './truncations.ts';

const port = parentPort;
assert(port, 'runs as a worker');
const registered = registerCity();

port.on('message', async (seed: number) => {
  port.postMessage(await truncate(await registered, seed));
});
