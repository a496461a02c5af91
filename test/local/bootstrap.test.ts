import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const door = fileURLToPath(new URL('../../local/bootstrap.mjs', import.meta.url));

let empty: string;
beforeEach(async () => {
  empty = await mkdtemp(path.join(tmpdir(), 'tocsin-door-'));
});
afterEach(() => rm(empty, { recursive: true }));

interface Outcome {
  readonly code: number;
  readonly text: string;
}

/** Runs the door with nothing but `folder` on its PATH. */
function run(args: readonly string[], folder: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [door, ...args],
      { env: { PATH: folder, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr });
      },
    );
  });
}

async function fakePython(folder: string, script: string): Promise<void> {
  const file = path.join(folder, 'python3');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

test('without Python one line names it and the remedy', async () => {
  const { code, text } = await run(['start'], empty);
  expect(code).toBe(1);
  expect(text).toMatch(/^tocsin: Python 3\.10 or later is missing\. Remedy: .*\n$/);
});

test('a Python that is too old is named with its version', async () => {
  await fakePython(empty, 'echo \'["/x/python3", 3, 9]\'');
  const { code, text } = await run(['test'], empty);
  expect(code).toBe(1);
  expect(text).toMatch(/^tocsin: Python 3\.10 or later is missing \(python3 is 3\.9\)\. Remedy: .*\n$/);
});

test('a Python without venv is named with the package that brings it', async () => {
  await fakePython(empty, 'echo "ModuleNotFoundError: No module named ensurepip" >&2; exit 1');
  const { text } = await run(['start'], empty);
  expect(text).toContain('python3 has no venv module (on Debian: apt install python3-venv)');
});

test('a command that does not exist is refused with those that do', async () => {
  const { code, text } = await run(['strat'], empty);
  expect(code).toBe(1);
  expect(text).toMatch(/^tocsin: no command "strat"\. Remedy: use one of start, test, stop, .*\n$/);
});

test('help needs no Python', async () => {
  const { code, text } = await run(['start', '--help'], empty);
  expect(code).toBe(0);
  expect(text).toContain('--scenario <name>');
});

test('a bad address is refused before anything is started', async () => {
  const { code, text } = await run(['start', '--endpoint', 'nowhere'], empty);
  expect(code).toBe(1);
  expect(text).toMatch(/^tocsin: option '--endpoint <url>' argument 'nowhere' is invalid/);
});

test('the first file that any Node reads has nothing in it that an old Node cannot parse', async () => {
  const text = await readFile(door, 'utf8');
  expect(text).not.toMatch(/\?\.|\?\?|^import .* from|await /m);
});
