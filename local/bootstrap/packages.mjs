/** The npm packages: whether what is installed is what the lock file says, and `npm ci` when it is not. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeBin, repository } from './where.mjs';

const tellEveryMs = 5_000;

function packagesOf(file) {
  return JSON.parse(readFileSync(path.join(repository, file), 'utf8')).packages;
}

/** True when npm's own record of node_modules agrees with the lock file; optional packages may be absent. */
export function packagesAreCurrent() {
  if (!existsSync(path.join(nodeBin, 'node'))) return false;
  try {
    const installed = packagesOf('node_modules/.package-lock.json');
    return Object.entries(packagesOf('package-lock.json')).every(([name, wanted]) => {
      if (name === '' || (wanted.optional && !installed[name])) return true;
      return installed[name]?.version === wanted.version && installed[name]?.integrity === wanted.integrity;
    });
  } catch {
    return false;
  }
}

/** npm's reason in its own words, without its prefixes. */
function reasonIn(output) {
  const lines = output.split('\n').filter((line) => /^npm (error|ERR!)/i.test(line));
  const told = lines
    .map((line) => line.replace(/^npm (error|ERR!)\s*/i, '').trim())
    .filter((line) => line !== '');
  return told.find((line) => !line.startsWith('code ')) ?? told[0] ?? 'it gave no reason';
}

function remedyFor(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/i.test(output))
    return 'connect to the network, or set the registry and proxy that work here (npm config set registry ...)';
  if (/EACCES|EPERM/.test(output)) return 'make the folder writable for you';
  if (/ENOSPC/.test(output)) return 'free some disk space';
  return 'look at .local/npm.log';
}

/** Runs `npm ci`, telling every few seconds that it still runs. */
export async function installPackages() {
  const own = process.env.npm_execpath;
  const [program, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  console.log('Installing npm packages (under a minute; only when the lock file changed) ...');
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const ticker = setInterval(
    () => console.log(`  still installing npm packages, ${seconds()} s`),
    tellEveryMs,
  );
  let output = '';
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: repository });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('close', resolve);
    child.once('error', () =>
      reject(new Error('npm is missing. Remedy: install Node from https://nodejs.org, which brings npm')),
    );
  }).finally(() => clearInterval(ticker));
  mkdirSync(path.join(repository, '.local'), { recursive: true });
  writeFileSync(path.join(repository, '.local/npm.log'), output);
  if (code !== 0) throw new Error(`npm ci failed: ${reasonIn(output)}. Remedy: ${remedyFor(output)}`);
  if (!existsSync(path.join(nodeBin, 'node')))
    throw new Error(
      'npm left out the package "node". Remedy: npm config set ignore-scripts false, then run this again',
    );
  console.log(`  npm packages installed in ${seconds()} s`);
}
