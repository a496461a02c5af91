/** Checks what the machine has, installs what is missing, then hands over to the project's own Node 24. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installPackages, packagesAreCurrent } from './packages.mjs';
import { findPython } from './python.mjs';
import { nodeBin, repository } from './where.mjs';

/** The file behind each command, and whether it may need the emulator (and so Python). */
const commands = {
  start: { entry: 'local/main.ts', python: true },
  test: { entry: 'local/main.ts', python: true },
  stop: { entry: 'local/main.ts' },
  status: { entry: 'local/main.ts' },
  logs: { entry: 'local/main.ts' },
  deploy: { entry: 'local/main.ts' },
  coverage: { entry: 'local/main.ts' },
  sim: { entry: 'sensors-sim/main.ts', own: true },
  tocsin: { entry: 'cli/tocsin.ts', own: true },
  bench: { entry: 'bench/main.ts', own: true, python: true },
  simulate: { entry: 'test/simulation/main.ts', own: true },
  fuzz: { entry: 'test/fuzz/main.ts', own: true },
  mutation: { entry: 'test/mutation/main.ts', own: true },
};

function needsPython(command, args) {
  const asksOnly = args.includes('--help') || args.includes('-h');
  const elsewhere = args.some((arg) => arg === '--endpoint' || arg.startsWith('--endpoint='));
  return command.python === true && !asksOnly && !elsewhere;
}

/** The exit code of `entry` under Node 24; signals meant for us go on to it. */
function handOver(entry, args, env) {
  const program = path.join(nodeBin, 'node');
  const child = spawn(program, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env, PATH: nodeBin + path.delimiter + (process.env.PATH ?? '') },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

async function prepared(args) {
  const [name = 'start', ...rest] = args;
  const command = commands[name];
  if (!command)
    throw new Error(`no command "${name}". Remedy: use one of ${Object.keys(commands).join(', ')}`);
  const python = needsPython(command, rest) ? await findPython() : undefined;
  if (!packagesAreCurrent()) await installPackages();
  const entry = path.join(repository, command.entry);
  if (!existsSync(entry))
    throw new Error(`${command.entry} is missing. Remedy: git checkout -- ${command.entry}`);
  return handOver(entry, command.own ? rest : [name, ...rest], python ? { TOCSIN_PYTHON: python } : {});
}

export async function run(args) {
  try {
    process.exitCode = await prepared(args);
  } catch (error) {
    console.error(`tocsin: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
