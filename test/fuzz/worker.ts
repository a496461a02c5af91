/** Explores one target in a thread of its own, so that an input that never ends can be told and stopped. */
import { parentPort, workerData } from 'node:worker_threads';
import { seededRandom } from '../support/random.ts';
import { seedsOf } from './corpus.ts';
import { createReach, explore } from './explore.ts';
import type { Finding } from './finding.ts';
import { instrumentTarget, loadTarget } from './instrument.ts';
import { type SharedInput, writeInput } from './shared-input.ts';
import type { FuzzTarget } from './target.ts';

export interface WorkerWish {
  readonly name: string;
  readonly inputs: number;
  readonly seed: number;
  readonly isGuided: boolean;
  readonly shared: SharedInput;
}

export type WorkerNews =
  | { readonly kind: 'found'; readonly finding: Finding; readonly input: Uint8Array }
  | {
      readonly kind: 'ended';
      readonly inputs: number;
      readonly coverage: number;
      readonly places: number;
      readonly ms: number;
      /** The fewest inputs that reach all that was reached. */
      readonly kept: readonly Uint8Array[];
    };

/** Short inputs first, those that reach something the shorter ones do not. */
async function fewest(
  target: FuzzTarget,
  counters: Uint8Array,
  inputs: readonly Buffer[],
): Promise<readonly Buffer[]> {
  const reach = createReach(counters);
  const needed: Buffer[] = [];
  for (const input of inputs.toSorted((a, b) => a.length - b.length)) {
    counters.fill(0);
    try {
      await target.run(Buffer.from(input));
    } catch {
      continue;
    }
    if (reach.isNew()) needed.push(input);
  }
  return needed;
}

async function work({ name, inputs, seed, isGuided, shared }: WorkerWish): Promise<void> {
  const tell = (news: WorkerNews): void => parentPort?.postMessage(news);
  const plain = { target: await loadTarget(name), words: [], counters: undefined };
  const { target, words, counters } = isGuided ? await instrumentTarget(name) : plain;
  const startedAt = performance.now();
  const explored = await explore({
    target,
    seeds: seedsOf(name),
    words: [...target.words, ...words].map((word) => Buffer.from(word)),
    inputs,
    random: seededRandom(seed),
    ...(counters === undefined ? {} : { counters }),
    trying: (input) => writeInput(shared, input),
    found: (finding, input) => tell({ kind: 'found', finding, input }),
  });
  const ms = performance.now() - startedAt;
  const kept = counters === undefined ? [] : await fewest(target, counters, explored.kept);
  tell({ kind: 'ended', ...explored, places: counters?.length ?? 0, ms, kept });
}

const wish: WorkerWish = workerData;
await work(wish);
