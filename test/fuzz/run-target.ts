/** One run of one target: watched from outside, its findings confirmed, made small and told. */
import { Worker } from 'node:worker_threads';
import { addToCorpus } from './corpus.ts';
import { type Finding, judge } from './finding.ts';
import { loadTarget } from './instrument.ts';
import { begun, createSharedInput, readInput } from './shared-input.ts';
import { shrink } from './shrink.ts';
import type { WorkerNews, WorkerWish } from './worker.ts';

/** An input that takes longer never ends. Milliseconds. */
const hangMs = 20_000;
const lookEveryMs = 1_000;

export interface RunWish {
  readonly name: string;
  /** Beside the seeds. */
  readonly inputs: number;
  readonly seed: number;
  readonly isGuided: boolean;
  /** Told now and then. */
  readonly progress: (inputs: number, perSecond: number) => void;
}

export interface SmallFinding {
  readonly finding: Finding;
  readonly input: Buffer;
}

export interface RunResult {
  readonly inputs: number;
  readonly seconds: number;
  readonly coverage: number;
  readonly places: number;
  readonly kept: readonly Buffer[];
  readonly findings: readonly SmallFinding[];
}

type Ended = Extract<WorkerNews, { kind: 'ended' }>;
type Found = Extract<WorkerNews, { kind: 'found' }>;

interface Watched {
  readonly ended: Ended | undefined;
  readonly found: readonly Found[];
}

function watch({ name, inputs, seed, isGuided, progress }: RunWish): Promise<Watched> {
  const shared = createSharedInput();
  const wish: WorkerWish = { name, inputs, seed, isGuided, shared };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: wish });
  const found: Found[] = [];
  return new Promise((resolve, reject) => {
    let before = 0;
    let movedAt = performance.now();
    const look = setInterval(() => {
      const now = begun(shared);
      if (now !== before) {
        progress(now, ((now - before) * 1000) / lookEveryMs);
        before = now;
        movedAt = performance.now();
      } else if (now > 0 && performance.now() - movedAt > hangMs) {
        const message = `did not end within ${hangMs / 1000} s`;
        found.push({
          kind: 'found',
          finding: { kind: 'hang', signature: 'hang', message },
          input: readInput(shared),
        });
        end(undefined);
      }
    }, lookEveryMs);
    const end = (ended: Ended | undefined): void => {
      clearInterval(look);
      void worker.terminate();
      resolve({ ended, found });
    };
    worker.on('message', (news: WorkerNews) => {
      if (news.kind === 'found') found.push(news);
      else end(news);
    });
    worker.once('error', (error) => {
      clearInterval(look);
      reject(error);
    });
  });
}

/** The finding as the product shows it without counters, made small; `undefined` when only counting made it slow. */
async function confirmed(name: string, { finding, input }: Found): Promise<SmallFinding | undefined> {
  const bytes = Buffer.from(input);
  if (finding.kind === 'hang') return { finding, input: bytes };
  const target = await loadTarget(name);
  // The first runs compile the code; they are no measure of time.
  for (let warm = 0; warm < 3; warm++) await judge(target, bytes);
  const again = await judge(target, bytes);
  if (again === undefined) return undefined;
  const small = await shrink(target, bytes, again);
  return { finding: (await judge(target, small)) ?? again, input: small };
}

/** Explores one target; what a guided run finds goes into its corpus. */
export async function runTarget(wish: RunWish): Promise<RunResult> {
  const { ended, found } = await watch(wish);
  const findings: SmallFinding[] = [];
  for (const one of found) {
    const small = await confirmed(wish.name, one);
    if (small === undefined) continue;
    findings.push(small);
    if (wish.isGuided)
      addToCorpus(wish.name, [small.input], `${small.finding.kind}: ${small.finding.signature}`);
  }
  return {
    inputs: ended?.inputs ?? 0,
    seconds: (ended?.ms ?? 0) / 1000,
    coverage: ended?.coverage ?? 0,
    places: ended?.places ?? 0,
    kept: (ended?.kept ?? []).map((input) => Buffer.from(input)),
    findings,
  };
}
