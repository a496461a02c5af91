/** Child processes in groups of their own, so that what they started ends with them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Longest wait for a group to end by itself, in milliseconds. */
export const stopGraceMsMax = 5_000;

export interface GroupOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
  /** Longest wait for an end of its own before it is killed, in milliseconds. @default stopGraceMsMax */
  readonly stopGraceMs?: number;
}

/** A started program; `stop` ends it with everything that it started, and may be called again. */
export interface Group {
  readonly pid: number;
  /** The exit code, or undefined when a signal ended it. */
  readonly exited: Promise<number | undefined>;
  /** The last lines it wrote, newest last. */
  readonly tail: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Group 0 would be our own and 1 everybody's. */
const leastPid = 2;

/** True while a process of the group is alive. */
export function groupIsAlive(pid: number): boolean {
  if (pid < leastPid) return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Sends `signal` to a whole group; one that has ended is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid < leastPid) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}

const tailLinesMax = 40;

/** What is left when the process exits in whatever way dies with it. */
const alive = new Set<number>();
process.on('exit', () => {
  for (const pid of alive) signalGroup(pid, 'SIGKILL');
});

/** Starts `command` as the leader of its own process group, with its output in a log file. */
export function startGroup(command: string, args: readonly string[], options: GroupOptions): Group {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      tail.push(line);
      if (tail.length > tailLinesMax) tail.shift();
      options.onLine?.(line);
    });
  }
  // Writing to a pipe whose reader has ended is not our failure.
  child.stdin.on('error', () => {});
  const exited = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      log.end();
      resolve(code ?? undefined);
    });
  });
  exited.catch(() => {});
  const pid = child.pid ?? 0;
  if (pid === 0) return { pid, exited, tail: () => tail, stop: async () => {} };
  alive.add(pid);
  child.once('exit', () => {
    // The leader has ended; whatever it left in its group ends now.
    signalGroup(pid, 'SIGKILL');
    alive.delete(pid);
  });
  let stopping: Promise<void> | undefined;
  const end = async () => {
    if (!alive.has(pid)) return;
    child.stdin.end();
    signalGroup(pid, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), options.stopGraceMs ?? stopGraceMsMax);
    await once(child, 'close');
    clearTimeout(timer);
  };
  return { pid, exited, tail: () => tail, stop: () => (stopping ??= end()) };
}
