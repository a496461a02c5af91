/** The fuzzing loop: what reaches code that nothing reached before is kept and changed further. */
import { confirmSlow, crashOf, type Finding, judge } from './finding.ts';
import { changedIntrinsics, restoreIntrinsics } from './intrinsics.ts';
import { mutate, type Random } from './mutate.ts';
import { type FuzzTarget, inputMsMax } from './target.ts';

/** Prototypes are compared after so many inputs. */
const batchInputs = 256;
/** Distinct findings after which a run has shown enough. */
const findingsMax = 20;
/** Inputs kept at most; beyond it an old one gives way. */
const keptMax = 20_000;

export interface Exploration {
  readonly target: FuzzTarget;
  readonly seeds: readonly Buffer[];
  readonly words: readonly Buffer[];
  readonly inputs: number;
  readonly random: Random;
  /** How often each place in the code was passed since it was last cleared; absent: nothing counts. */
  readonly counters?: Uint8Array;
  /** Told before each input, so that one that never ends is known. */
  readonly trying: (input: Buffer) => void;
  readonly found: (finding: Finding, input: Buffer) => void;
}

export interface Explored {
  readonly inputs: number;
  /** Places in the code that were passed. */
  readonly coverage: number;
  /** The seeds and what reached more than they do. */
  readonly kept: readonly Buffer[];
}

/** How often, roughly: 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more. */
const bucketOf = Uint8Array.from({ length: 256 }, (_, count) => {
  if (count < 4) return count === 0 ? 0 : 1 << (count - 1);
  if (count < 8) return 8;
  if (count < 16) return 16;
  if (count < 32) return 32;
  return count < 128 ? 64 : 128;
});

/** Remembers what was reached; says whether an input reached anything new. */
export function createReach(counters: Uint8Array) {
  const seen = new Uint8Array(counters.length);
  let coverage = 0;
  return {
    isNew(): boolean {
      let isNew = false;
      for (let at = 0; at < counters.length; at++) {
        const count = counters[at] ?? 0;
        if (count === 0) continue;
        const bucket = bucketOf[count] ?? 0;
        const before = seen[at] ?? 0;
        if ((before & bucket) !== 0) continue;
        if (before === 0) coverage++;
        seen[at] = before | bucket;
        isNew = true;
      }
      return isNew;
    },
    coverage: () => coverage,
  };
}

/** Runs `seeds`, then `inputs` changed ones. */
export async function explore(given: Exploration): Promise<Explored> {
  const { target, words, random, counters, trying } = given;
  const kept = [...given.seeds];
  if (kept.length === 0) kept.push(Buffer.alloc(0));
  const reach = counters && createReach(counters);
  const signatures = new Set<string>();
  const report = (finding: Finding | undefined, input: Buffer): void => {
    if (finding === undefined || signatures.has(finding.signature)) return;
    signatures.add(finding.signature);
    given.found(finding, input);
  };
  const other = (): Buffer => kept[Math.floor(random() * kept.length)] ?? Buffer.alloc(0);
  const parts = { random, words, other, bytesMax: target.bytesMax };
  let batch: Buffer[] = [];
  let inputs = 0;
  const seeds = kept.length;
  for (; inputs < seeds + given.inputs && signatures.size < findingsMax; inputs++) {
    const input = inputs < seeds ? (kept[inputs] ?? Buffer.alloc(0)) : mutate(chosen(kept, random), parts);
    trying(input);
    counters?.fill(0);
    const slowOrBroken = await attempt(target, input);
    if (slowOrBroken !== undefined) report(slowOrBroken, input);
    else if (reach?.isNew() && inputs >= seeds) keep(kept, input, seeds);
    batch.push(input);
    if (batch.length < batchInputs) continue;
    await lookAtPrototypes(target, batch, report);
    batch = [];
  }
  await lookAtPrototypes(target, batch, report);
  return { inputs, coverage: reach?.coverage() ?? 0, kept };
}

function keep(kept: Buffer[], input: Buffer, seeds: number): void {
  kept.push(Buffer.from(input));
  if (kept.length > keptMax) kept.splice(seeds, 1);
}

/** Half of the time one of the newest: what was reached last is explored least. */
function chosen(kept: readonly Buffer[], random: Random): Buffer {
  const newest = Math.max(1, Math.ceil(kept.length / 8));
  const at =
    random() < 0.5 ? Math.floor(random() * kept.length) : kept.length - 1 - Math.floor(random() * newest);
  return kept[at] ?? Buffer.alloc(0);
}

async function attempt(target: FuzzTarget, input: Buffer): Promise<Finding | undefined> {
  const startedAt = performance.now();
  try {
    const running = target.run(input);
    if (running !== undefined) await running;
  } catch (error) {
    return crashOf(error);
  }
  // The clock on the wall is cheap, and never shows less than the processor took.
  return performance.now() - startedAt > inputMsMax ? confirmSlow(target, input) : undefined;
}

async function lookAtPrototypes(
  target: FuzzTarget,
  batch: readonly Buffer[],
  report: (finding: Finding | undefined, input: Buffer) => void,
): Promise<void> {
  if (changedIntrinsics() === undefined) return;
  restoreIntrinsics();
  for (const input of batch) report(await judge(target, input), input);
}
