/** One command at a time: two that start together must not install into the same folder. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIsAlive } from './state.ts';

const lookEveryMs = 200;

async function take(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch {
    return false;
  }
  await writeFile(path.join(folder, 'pid'), String(process.pid));
  return true;
}

/** The holder has died without giving it back: killed, or the machine went off. */
async function isAbandoned(folder: string): Promise<boolean> {
  const pid = Number(await readFile(path.join(folder, 'pid'), 'utf8').catch(() => Number.NaN));
  return Number.isInteger(pid) && !processIsAlive(pid);
}

/** Runs `then` while holding the lock; `waiting` is called when another process holds it. */
export async function withLock<T>(folder: string, waiting: () => void, then: () => Promise<T>): Promise<T> {
  while (!(await take(folder))) {
    waiting();
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
    else await delay(lookEveryMs);
  }
  try {
    return await then();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
