/** `tocsin` as a person runs it beside the city, on the platform of the tests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cleanEnvironment } from '../../../local/platform/environment.ts';
import { nodeProgram, repository } from '../../../local/platform/paths.ts';
import { given } from './platform.ts';

export interface ToolRun {
  readonly code: number | null;
  readonly out: string;
}

export async function tocsin(...words: readonly string[]): Promise<ToolRun> {
  const child = spawn(nodeProgram, ['--disable-warning=ExperimentalWarning', 'cli/tocsin.ts', ...words], {
    cwd: repository,
    env: { ...cleanEnvironment(), NODE_EXTRA_CA_CERTS: undefined, TOCSIN_FOLDER: given('TOCSIN_PLATFORM') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
    });
  const [code]: (number | null)[] = await once(child, 'close');
  return { code: code ?? null, out };
}
