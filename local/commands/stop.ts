/** Ends the city of this clone, whoever started it and however it died. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { groupIsAlive, signalGroup } from '../platform/group.ts';
import { cityFolder, repository } from '../platform/paths.ts';
import { processIsAlive, type RunState, readState, removeState } from '../platform/state.ts';

/** Longest wait for an orderly end, in milliseconds, before what is left is killed. */
const stopMsMax = 15_000;
const pollEveryMs = 100;

/** Process ids are used again: only a process that names this clone is ours to end. */
async function belongsHere(pid: number, column: 'pid' | 'pgid'): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=', '-o', 'pgid=', '-o', 'command=']);
  return stdout.split('\n').some((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    if (!found) return false;
    const [, ownPid, group, command] = found;
    return Number(column === 'pid' ? ownPid : group) === pid && (command ?? '').includes(repository);
  });
}

async function waitUntil(isTrue: () => boolean): Promise<boolean> {
  const until = performance.now() + stopMsMax;
  while (!isTrue()) {
    if (performance.now() > until) return false;
    await delay(pollEveryMs);
  }
  return true;
}

async function endProcess(state: RunState): Promise<void> {
  if (!processIsAlive(state.pid) || !(await belongsHere(state.pid, 'pid'))) return;
  process.kill(state.pid, 'SIGTERM');
  if (await waitUntil(() => !processIsAlive(state.pid))) return;
  process.kill(state.pid, 'SIGKILL');
}

async function endEmulator(group: number | undefined): Promise<void> {
  if (group === undefined || !groupIsAlive(group) || !(await belongsHere(group, 'pgid'))) return;
  signalGroup(group, 'SIGTERM');
  await waitUntil(() => !groupIsAlive(group));
  signalGroup(group, 'SIGKILL');
}

export async function stop(): Promise<boolean> {
  const folder = cityFolder;
  const state = await readState(folder);
  if (!state) {
    console.log('Nothing runs in this clone.');
    return true;
  }
  await endProcess(state);
  await endEmulator(state.emulatorGroup);
  await rm(folder.run, { recursive: true, force: true });
  await removeState(folder);
  console.log('Stopped.');
  return true;
}
