/** What `stop`, `status`, `logs` and a second `start` must know about a running platform. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { groupIsAlive } from './group.ts';
import type { InstanceFolder } from './paths.ts';

export const RunState = z.object({
  /** Process of the command that runs the city. */
  pid: z.int(),
  /** Process group of the emulator; absent on a platform that somebody else started. */
  emulatorGroup: z.int().optional(),
  startedAt: z.iso.datetime(),
  endpoint: z.string(),
  ca: z.string().optional(),
});
export type RunState = z.infer<typeof RunState>;

export async function writeState(folder: InstanceFolder, state: RunState): Promise<void> {
  await writeFile(folder.state, `${JSON.stringify(state, null, 2)}\n`);
}

export async function removeState(folder: InstanceFolder): Promise<void> {
  await rm(folder.state, { force: true });
  await rm(folder.rules, { force: true });
}

export async function readState(folder: InstanceFolder): Promise<RunState | undefined> {
  try {
    return RunState.parse(JSON.parse(await readFile(folder.state, 'utf8')));
  } catch {
    // No file, or one that an interrupted write left: nothing is known to run.
    return undefined;
  }
}

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The recorded run when its process or its emulator is alive. */
export async function runningState(folder: InstanceFolder): Promise<RunState | undefined> {
  const state = await readState(folder);
  if (!state) return undefined;
  const emulatorIsUp = state.emulatorGroup !== undefined && groupIsAlive(state.emulatorGroup);
  return processIsAlive(state.pid) || emulatorIsUp ? state : undefined;
}
