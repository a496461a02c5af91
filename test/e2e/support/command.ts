/** A command of the project in a process of its own, as a person runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cleanEnvironment } from '../../../local/platform/environment.ts';
import { nodeProgram, repository } from '../../../local/platform/paths.ts';
import { given } from './platform.ts';

export interface Command {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
}

/** Runs `local/main.ts` with a folder of its own, so that a city beside it is not touched. */
export function command(args: readonly string[], folder: string, env: NodeJS.ProcessEnv = {}): Command {
  const child = spawn(nodeProgram, ['--disable-warning=ExperimentalWarning', 'local/main.ts', ...args], {
    cwd: repository,
    env: {
      ...cleanEnvironment(),
      NODE_EXTRA_CA_CERTS: undefined,
      TOCSIN_PYTHON: given('TOCSIN_EMULATOR_PYTHON'),
      TOCSIN_FOLDER: folder,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  return { child, output: () => output, exited };
}
