/** `npm start` as a person types it, watched from outside. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGroup } from '../../local/platform/group.ts';
import { localFolder, nodeProgram, repository } from '../../local/platform/paths.ts';
import { tell } from '../report.ts';
import { familyOf, sumOf, watchFamily } from './processes.ts';

/** Longest wait for the live view, in milliseconds. */
const upMsMax = 240_000;

export interface LocalRun {
  /** Bytes: the most of all, deployment and bundling included. */
  readonly peak: number;
  readonly processCount: number;
  /** Bytes at the end, the city running. */
  readonly running: number;
}

/** Runs a city in a folder of its own for `forMs` after its first line of figures. */
export async function watchLocalRun(forMs: number): Promise<LocalRun> {
  const folder = path.join(localFolder, 'bench-start');
  // Never run before: the stacks are synthesised and the functions bundled, as on a fresh clone.
  await rm(folder, { recursive: true, force: true });
  let isUp = false;
  const group = startGroup(nodeProgram, ['local/bootstrap.mjs', 'start'], {
    cwd: repository,
    env: { ...process.env, TOCSIN_FOLDER: folder, NO_COLOR: '1' },
    logFile: path.join(localFolder, 'bench-start.log'),
    onLine: (line) => {
      if (/readings\/s|条\/秒|online|在线/.test(line)) isUp = true;
    },
  });
  const watch = watchFamily(group.pid);
  try {
    tell('npm start, in a folder of its own');
    const deadline = performance.now() + upMsMax;
    let hasEnded = false;
    void group.exited.then(() => {
      hasEnded = true;
    });
    while (!isUp && !hasEnded && performance.now() < deadline) await delay(500);
    if (!isUp) throw new Error(`npm start showed no city: ${group.tail().at(-1) ?? 'it said nothing'}`);
    tell(`the city runs; ${forMs / 1000} s more`);
    await delay(forMs);
    return { peak: watch.peak(), processCount: watch.count(), running: sumOf(familyOf(group.pid)) };
  } finally {
    watch.stop();
    await group.stop();
  }
}
