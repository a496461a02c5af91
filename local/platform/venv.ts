/** The emulator's own Python environment, made once and again when its requirements change. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cleanEnvironment } from './environment.ts';
import { startGroup } from './group.ts';
import { withLock } from './lock.ts';
import { localFolder, repository } from './paths.ts';

const requirements = path.join(repository, 'local/emulator/requirements.txt');
const environmentFolder = path.join(localFolder, 'emulator');
const stampFile = path.join(environmentFolder, 'installed');

/** The interpreter of the environment. */
const interpreter = path.join(environmentFolder, 'bin/python');

async function wantedStamp(): Promise<string> {
  return createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
}

/** `existsSync` follows the link: an environment whose Python was removed is none. */
async function isCurrent(): Promise<boolean> {
  if (!existsSync(interpreter) || !existsSync(stampFile)) return false;
  return (await readFile(stampFile, 'utf8')) === (await wantedStamp());
}

function reasonIn(tail: readonly string[]): string {
  const error = tail.findLast((line) => line.startsWith('ERROR:'));
  return (error ?? tail.at(-1) ?? 'it gave no reason').replace('ERROR: ', '');
}

async function runStep(
  program: string,
  args: readonly string[],
  tell: (line: string) => void,
): Promise<void> {
  const logFile = path.join(localFolder, 'pip.log');
  // pip keeps the person's own index, proxy and certificates: its variables pass through.
  const onLine = (line: string) => {
    const found = /^(Collecting|Installing collected packages)\b:? ?(\S*)/.exec(line);
    if (found) tell(found[1] === 'Collecting' ? `downloading ${found[2]}` : 'installing');
  };
  const group = startGroup(program, args, {
    cwd: repository,
    env: cleanEnvironment(),
    logFile,
    onLine,
  });
  if ((await group.exited) === 0) return;
  const remedy =
    'connect to the network, or set the index that works here (PIP_INDEX_URL); details in .local/pip.log';
  throw new Error(`the emulator could not be installed: ${reasonIn(group.tail())}. Remedy: ${remedy}`);
}

async function install(basePython: string, tell: (line: string) => void): Promise<void> {
  if (await isCurrent()) return;
  await rm(environmentFolder, { recursive: true, force: true });
  tell('making a Python environment');
  await runStep(basePython, ['-m', 'venv', environmentFolder], tell);
  const flags = ['--require-hashes', '--no-deps', '--disable-pip-version-check', '--progress-bar', 'off'];
  await runStep(interpreter, ['-m', 'pip', 'install', ...flags, '--requirement', requirements], tell);
  await writeFile(stampFile, await wantedStamp());
}

/** Installs the emulator, each file checked against its hash, and returns the interpreter that runs it. */
export async function installEmulator(basePython: string, tell: (line: string) => void): Promise<string> {
  if (await isCurrent()) return interpreter;
  await mkdir(localFolder, { recursive: true });
  const waiting = () => tell('waiting for another command that installs it');
  await withLock(`${environmentFolder}.lock`, waiting, () => install(basePython, tell));
  return interpreter;
}
