/** The other end of a worker: one function, invoked with an event at a time. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import * as z from 'zod';
import { Tally } from './tally.ts';

const Failures = z.object({ batchItemFailures: z.array(z.unknown()).default([]) });
const Answer = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    result: Failures,
    wallMs: z.number(),
    cpuMs: z.number(),
    tally: Tally,
  }),
  z.object({ ok: z.literal(false), problem: z.string() }),
]);

export interface Invocation {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly tally: Tally;
}

export interface FunctionProcess {
  /** Resolves when the function is done with all of the event. */
  readonly invoke: (event: object) => Promise<Invocation>;
  /** Bytes that it has logged so far: what CloudWatch would take in. */
  readonly loggedBytes: () => number;
  readonly stop: () => void;
}

/** The line that names an error, where one does: Node shows the place in the code first. */
const reasonIn = (text: string): string => {
  const lines = text.trim().split('\n');
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0] ?? '';
};

/** Starts the entry of `name` with `env`. */
export async function startFunction(
  name: 'ingest' | 'notify' | 'sweep',
  env: NodeJS.ProcessEnv,
): Promise<FunctionProcess> {
  const worker = path.join(import.meta.dirname, 'worker.ts');
  const child = fork(worker, [name], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process of ${name} ended with ${code}: ${reasonIn(errors.join(''))}`);
  });
  ended.catch(() => undefined);
  const errors: string[] = [];
  let logged = 0;
  child.stdout?.on('data', (bytes: Buffer) => {
    logged += bytes.length;
  });
  child.stderr?.on('data', (bytes: Buffer) => errors.push(bytes.toString()));
  const next = async (): Promise<unknown> => {
    const [message]: unknown[] = await Promise.race([once(child, 'message'), ended]);
    return message;
  };
  await next();
  return {
    loggedBytes: () => logged,
    stop: () => child.kill(),
    invoke: async (event) => {
      const answered = next();
      child.send(event);
      const answer = Answer.parse(await answered);
      if (!answer.ok) throw new Error(`${name} failed: ${answer.problem}`);
      const failed = answer.result.batchItemFailures.length;
      if (failed > 0) throw new Error(`${name} left ${failed} messages undone: see its log with LOG=debug`);
      return answer;
    },
  };
}
