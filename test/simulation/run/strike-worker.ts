/** One of the crew of crash points. */
import './quick.ts';
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import { registerCity } from '../city/registered.ts';
import type { Violation } from '../oracle/law.ts';
import { type CrashPoint, type Struck, strike } from './crash-points.ts';

export interface StrikeTask {
  readonly share: readonly Struck[];
}

export interface StrikeDone {
  readonly results: readonly {
    readonly struck: Struck;
    readonly violations: readonly Violation[];
    /** Calls of the invocation that took the struck batch again; none when nothing came again, or the batch was large. */
    readonly calls: readonly Omit<CrashPoint, 'mode'>[];
  }[];
}

const port = parentPort;
assert(port, 'runs as a worker');
const registered = registerCity();

port.on('message', async ({ share }: StrikeTask) => {
  const results: StrikeDone['results'][number][] = [];
  for (const struck of share) {
    const { violations, calls } = await strike(await registered, struck);
    results.push({ struck, violations, calls: struck.length === 1 ? calls : [] });
  }
  port.postMessage({ results } satisfies StrikeDone);
});
