/** The processes in which the platform runs a function, for tests that are hard on them. Linux only. */
import { readFileSync } from 'node:fs';
import { familyOf, functionProcesses } from '../../../bench/memory/processes.ts';
import { instanceFolder } from '../../../local/platform/paths.ts';
import { RunState } from '../../../local/platform/state.ts';
import { given } from './platform.ts';

/** Process ids of `functionName` that the platform of this suite has started. */
export function pidsOf(functionName: string): readonly number[] {
  const { state } = instanceFolder(given('TOCSIN_PLATFORM'));
  const { emulatorGroup } = RunState.parse(JSON.parse(readFileSync(state, 'utf8')));
  if (emulatorGroup === undefined) throw new Error('the platform of this suite is not ours to harm');
  return functionProcesses(familyOf(emulatorGroup), functionName).map(({ pid }) => pid);
}

/** Sends a signal to each; one that has ended meanwhile is no error. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended.
    }
  }
}
