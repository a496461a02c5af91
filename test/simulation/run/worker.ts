/** One of the crew of worlds. */
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import { registerCity } from '../city/registered.ts';
import type { Failure, ShareDone, WorkerTask } from './share.ts';
import { trySeed } from './try-seed.ts';

const port = parentPort;
assert(port, 'runs as a worker');
const registered = registerCity();

port.on('message', async ({ seeds }: WorkerTask) => {
  const injected = new Map<string, number>();
  const failures: Failure[] = [];
  let messages = 0;
  let simulatedMs = 0;
  for (const seed of seeds) {
    const result = await trySeed(await registered, { seed });
    if (result.violations.length > 0) failures.push({ seed, violations: result.violations });
    for (const [key, count] of result.injected) injected.set(key, (injected.get(key) ?? 0) + count);
    messages += result.messages;
    simulatedMs += result.simulatedMs;
  }
  port.postMessage({
    seeds: seeds.length,
    failures,
    injected: [...injected],
    messages,
    simulatedMs,
  } satisfies ShareDone);
});
