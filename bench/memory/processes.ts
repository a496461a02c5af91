/** Memory of processes as the kernel counts it. Linux only: there is no other place to read a peak from. */
import { readdirSync, readFileSync } from 'node:fs';

const kb = 1024;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process has ended meanwhile, or is somebody else's.
    return '';
  }
}

/** Bytes of one line of `/proc/<pid>/status`: `VmRSS`, or `VmHWM`, its peak. */
export function statusBytes(status: string, field: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return found === undefined ? 0 : Number(found) * kb;
}

/** Parent of a process, from `/proc/<pid>/status`. */
export const parentIn = (status: string): number => Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0);

export interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  readonly rss: number;
  readonly peak: number;
}

function allProcesses(): readonly ProcessMemory[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const status = textOf(`/proc/${name}/status`);
      return {
        pid: Number(name),
        parent: parentIn(status),
        rss: statusBytes(status, 'VmRSS'),
        peak: statusBytes(status, 'VmHWM'),
      };
    });
}

/** The process `root` and everything that it started, directly or not. */
export function familyOf(root: number): readonly ProcessMemory[] {
  const all = allProcesses();
  const family = new Set([root]);
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => family.has(pid));
}

export const sumOf = (family: readonly ProcessMemory[]): number =>
  family.reduce((sum, { rss }) => sum + rss, 0);

/** Processes of the family in which Lambda's function `functionName` runs. */
export const functionProcesses = (
  family: readonly ProcessMemory[],
  functionName: string,
): readonly ProcessMemory[] =>
  family.filter(({ pid }) =>
    textOf(`/proc/${pid}/environ`).split('\0').includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName}`),
  );

export interface Watch {
  /** Largest sum of resident memory seen. */
  readonly peak: () => number;
  /** How many processes there were then. */
  readonly count: () => number;
  readonly stop: () => void;
}

/** Looks at the family of `root` every so often: nobody keeps the peak of a sum. */
export function watchFamily(root: number, everyMs = 250): Watch {
  let peak = 0;
  let count = 0;
  const look = (): void => {
    const family = familyOf(root);
    const sum = sumOf(family);
    if (sum > peak) [peak, count] = [sum, family.length];
  };
  const timer = setInterval(look, everyMs);
  look();
  return { peak: () => peak, count: () => count, stop: () => clearInterval(timer) };
}
