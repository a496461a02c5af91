/** The peers' own packages, installed on first use into this bench's folder and nowhere else. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tell } from '../../report.ts';
import type { Peer } from './condition.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const tellEveryMs = 5_000;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

async function lockIn(file: string): Promise<Lock | undefined> {
  try {
    const lock: Lock = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
    return lock;
  } catch {
    return undefined;
  }
}

/** True when npm's own record of what it installed agrees with the lock file. */
async function isCurrent(): Promise<boolean> {
  const wanted = await lockIn('package-lock.json');
  const installed = await lockIn('node_modules/.package-lock.json');
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted.packages).every(
    ([name, { integrity }]) => name === '' || installed.packages[name]?.integrity === integrity,
  );
}

/** @throws Error that says what npm said, and what helps */
async function installPeers(): Promise<void> {
  if (await isCurrent()) return;
  tell('installing the engines to compare with (a few seconds, once)');
  const startedAt = Date.now();
  const ticker = setInterval(
    () => tell(`still installing, ${Math.round((Date.now() - startedAt) / 1000)} s`),
    tellEveryMs,
  );
  let output = '';
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.once('close', resolve);
    child.once('error', () =>
      reject(new Error('npm is missing. Remedy: install Node from https://nodejs.org, which brings npm')),
    );
  }).finally(() => clearInterval(ticker));
  if (code !== 0)
    throw new Error(
      `the engines to compare with could not be installed: ${output.trim().split('\n').at(-1) ?? 'npm gave no reason'}. ` +
        'Remedy: connect to the network, or set the registry that works here (npm config set registry ...)',
    );
}

/** The peers that are no packages of the product; slow to load and not typed, so only the bench asks for them. */
export async function installedPeers(): Promise<{ readonly rulesEngine: Peer; readonly logicEngine: Peer }> {
  await installPeers();
  const load = async (name: string): Promise<Peer> => {
    const module: { readonly peer: Peer } = await import(
      pathToFileURL(path.join(folder, 'peers', `${name}.mjs`)).href
    );
    return module.peer;
  };
  return {
    rulesEngine: await load('json-rules-engine'),
    logicEngine: await load('json-logic-engine'),
  };
}
