import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import { nodeProgram, repository } from '../../local/platform/paths.ts';
import { targetNames } from './instrument.ts';

const Line = z.object({
  name: z.string(),
  inputs: z.int().positive(),
  findings: z.array(z.object({ kind: z.string(), message: z.string(), replay: z.string() })),
});

const results = new Map<string, z.infer<typeof Line>>();

// One process for all of them, as a person runs it: what never ends is told and stopped there.
beforeAll(async () => {
  const args = ['--disable-warning=ExperimentalWarning', 'test/fuzz/main.ts', '--short', '--json'];
  const run = promisify(execFile)(nodeProgram, args, { cwd: repository, maxBuffer: 16 * 1024 * 1024 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  for (const line of stdout.split('\n')) {
    if (!line.startsWith('{')) continue;
    const result = Line.parse(JSON.parse(line));
    results.set(result.name, result);
  }
}, 180_000);

test('there is a target for each place that parses', () => {
  expect(targetNames).toEqual(
    'body claims csr csv cursor envelope proof query rule senml topic twin'.split(' '),
  );
});

test.each(targetNames)(
  '%s: hostile bytes crash nothing, take no longer than 50 ms, change no prototype',
  (name) => {
    const result = results.get(name);
    expect(result?.findings).toEqual([]);
    expect(result?.inputs).toBeGreaterThan(100);
  },
);
