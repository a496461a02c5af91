/** `npm run mutation`: the code of a room is changed in one place at a time; a test must notice each change. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Command, Option } from 'commander';
import { filesOf, type Room, roomNames, rooms } from '../../local/checks/rooms.ts';
import { localFolder, nodeProgram, repository } from '../../local/platform/paths.ts';

const home = path.join(repository, 'test/mutation');
const stryker = path.join(home, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const reports = path.join(localFolder, 'mutation');

/** Ends with the exit code of `program`. */
function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Stryker's 175 packages are nobody's business but this command's: they are installed on first use. */
async function install(): Promise<void> {
  if (existsSync(stryker)) return;
  console.log('installing Stryker (a few seconds, once)');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund'], home, process.env);
  if (code !== 0)
    throw new Error('Stryker could not be installed. Remedy: connect to the network, then run this again');
}

/** @returns true when no fewer are noticed than the configuration asks for */
async function mutate(
  { name, sources, tests }: Room,
  { fresh, files }: { readonly fresh?: boolean; readonly files?: string },
): Promise<boolean> {
  mkdirSync(reports, { recursive: true });
  const changed = filesOf(sources).filter((file) => files === undefined || path.matchesGlob(file, files));
  if (changed.length === 0) {
    console.error(`${name}: no file matches ${files}. Remedy: a pattern such as '**/engine/late*.ts'`);
    return false;
  }
  const args = [
    ...[stryker, 'run', 'test/mutation/stryker.config.json'],
    ...['--mutate', changed.join(',')],
    ...['--incrementalFile', path.join(reports, `${name}.json`)],
    ...(fresh === true ? ['--force'] : []),
  ];
  const env = {
    ...process.env,
    TOCSIN_ROOM_TESTS: tests.join(' '),
    NODE_COMPILE_CACHE: path.join(localFolder, 'compile-cache'),
  };
  console.log(`\n${name}: ${changed.length} files, noticed by ${tests.join(', ')}`);
  return (await run(nodeProgram, args, repository, env)) === 0;
}

await new Command('npm run mutation --')
  .description(
    'Changes the pure core in one place at a time; a test of the room must notice. Minutes to hours a room.',
  )
  .addOption(new Option('--room <name...>', 'only these').choices(roomNames).default(roomNames))
  .option('--fresh', 'try everything again, not only what changed')
  .option(
    '--files <pattern>',
    "only these files of a room, such as '**/engine/late*.ts'; what is known of others stays",
  )
  .action(
    async ({
      room,
      ...which
    }: {
      readonly room: readonly string[];
      readonly fresh?: boolean;
      readonly files?: string;
    }) => {
      await install();
      let isGood = true;
      for (const one of rooms.filter(({ name }) => room.includes(name)))
        isGood = (await mutate(one, which)) && isGood;
      process.exitCode = isGood ? 0 : 1;
    },
  )
  .parseAsync();
