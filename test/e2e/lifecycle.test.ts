/** `npm start` from nothing to a running city and back: what it leaves behind is nothing. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { RunState } from '../../local/platform/state.ts';
import { type Command, command } from './support/command.ts';
import { until } from './support/until.ts';

const upMsMax = 120_000;

let folder: string;
let city: Command;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-life-'));
  city = command(['start'], folder);
});
afterAll(async () => {
  city?.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Commands of all processes that belong to this city. */
async function processesOfCity(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'stat=', '-o', 'command=']);
  return stdout.split('\n').filter((line) => line.includes(folder) && !line.trimStart().startsWith('Z'));
}

test(
  'the city comes up with every device online, and says how to reach it',
  async () => {
    const all = /(\d+)\/\1 devices online/;
    await until('the city', () => all.test(city.output()) || undefined, upMsMax);
    expect(city.output()).toMatch(/API='https:\/\/127\.0\.0\.1:\d+/);
  },
  upMsMax + 10_000,
);

test('a second start in the same folder is refused with the remedy', async () => {
  const second = command(['start'], folder);
  expect(await second.exited).toBe(1);
  expect(second.output()).toMatch(/^tocsin: a city already runs .*Remedy: npm run stop/m);
});

test('status tells that it runs, where, and with which rules', async () => {
  const status = command(['status'], folder);
  expect(await status.exited).toBe(0);
  expect(status.output()).toMatch(/platform +https:\/\/127\.0\.0\.1:\d+ healthy/);
  const { version, rules } = JSON.parse(await readFile('rules/book.json', 'utf8'));
  expect(status.output()).toMatch(
    new RegExp(`^rules +${rules.length} rules and .*data, gas.*, book ${version}$`, 'm'),
  );
});

test('logs shows what a function wrote', async () => {
  const logs = command(['logs', 'ingest'], folder);
  expect(await logs.exited).toBe(0);
  expect(logs.output()).toContain('tocsin-local-ingest');
});

test('keys of devices and sign-ins are readable by their owner only', async () => {
  const { stdout } = await promisify(execFile)('find', [
    path.join(folder, 'devices'),
    path.join(folder, 'curl'),
    '-type',
    'f',
    '-perm',
    '/077',
  ]);
  expect(stdout).toBe('');
});

test('stop ends every process, function and temporary file of it', async () => {
  const state = RunState.parse(JSON.parse(await readFile(path.join(folder, 'state.json'), 'utf8')));
  expect(state.emulatorGroup).toBeDefined();
  expect((await processesOfCity()).length).toBeGreaterThan(1);
  const stop = command(['stop'], folder);
  expect(await stop.exited).toBe(0);
  await city.exited;
  expect(await processesOfCity()).toEqual([]);
  expect(existsSync(path.join(folder, 'run'))).toBe(false);
  expect(existsSync(path.join(folder, 'state.json'))).toBe(false);
}, 60_000);
