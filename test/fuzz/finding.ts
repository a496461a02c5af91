/** What a fuzzer finds: one way in which an input breaks a property. */
import { changedIntrinsics, restoreIntrinsics } from './intrinsics.ts';
import { type FuzzTarget, inputMsMax } from './target.ts';

export interface Finding {
  readonly kind: 'crash' | 'slow' | 'prototype' | 'hang';
  /** Equal for inputs that show the same trouble. */
  readonly signature: string;
  /** For people; a crash with its stack. */
  readonly message: string;
}

/** A slow input is run so often again: the fastest counts, so that other work of the machine does not. */
const confirmations = 4;

/** Name, first line of the message without figures and texts, and the function of the product that threw. */
function signatureOf(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${typeof error}`;
  const [first = ''] = error.message.split('\n');
  const plain = first.replace(/["'`].*["'`]/gs, '…').replace(/\d+/g, '#');
  const frame = /at (?:async )?([\w.<>]+) \(/.exec(error.stack ?? '')?.[1] ?? '';
  return `${error.name}: ${plain.slice(0, 80)} in ${frame}`;
}

export function crashOf(error: unknown): Finding {
  const message = error instanceof Error ? (error.stack ?? error.message) : `threw ${String(error)}`;
  return { kind: 'crash', signature: signatureOf(error), message };
}

/** Processor time of the fastest of some runs. Milliseconds. */
async function fastestMs(target: FuzzTarget, input: Buffer): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < confirmations; run++) {
    const before = process.threadCpuUsage();
    await target.run(Buffer.from(input));
    const { user, system } = process.threadCpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  return fastest;
}

/** The finding that `input` is slow; `undefined` when it only was so once. */
export async function confirmSlow(target: FuzzTarget, input: Buffer): Promise<Finding | undefined> {
  const ms = await fastestMs(target, input);
  if (ms <= inputMsMax) return undefined;
  return {
    kind: 'slow',
    signature: 'slow',
    message: `took ${ms.toFixed(0)} ms, at most ${inputMsMax} are allowed`,
  };
}

/** What is wrong with `input`, looked at with all care; prototypes are put right again. */
export async function judge(target: FuzzTarget, input: Buffer): Promise<Finding | undefined> {
  const startedAt = performance.now();
  try {
    await target.run(Buffer.from(input));
  } catch (error) {
    restoreIntrinsics();
    return crashOf(error);
  }
  const isSlow = performance.now() - startedAt > inputMsMax;
  const changed = changedIntrinsics();
  if (changed !== undefined) {
    restoreIntrinsics();
    return { kind: 'prototype', signature: `changed ${changed}`, message: `changed ${changed}` };
  }
  return isSlow ? confirmSlow(target, input) : undefined;
}
