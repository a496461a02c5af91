/** One check of the gate: a program that passes or fails as a whole, or a Jest run with its own counts. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { startGroup } from '../platform/group.ts';
import { nodeProgram, repository } from '../platform/paths.ts';
import { type Counts, jestCounts } from './counts.ts';

export interface Check {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Set for a Jest run: its own counts are taken. */
  readonly isJest: boolean;
  /** Longest time in milliseconds; a check that takes longer has failed. */
  readonly limitMs: number;
}

export interface CheckResult {
  readonly counts: Counts;
  readonly durationMs: number;
  /** What the program wrote, for a failure to be read. */
  readonly output: string;
}

const minuteMs = 60_000;
/** For what takes up to three minutes on a quiet machine: some are a third as fast. It ends what hangs, and measures nothing. */
const workMs = 15 * minuteMs;

/** A program of `node_modules/.bin` that passes with exit code 0. */
export function programCheck(name: string, program: string, args: readonly string[]): Check {
  return {
    name,
    program: path.join(repository, 'node_modules/.bin', program),
    args,
    isJest: false,
    limitMs: 5 * minuteMs,
  };
}

/** A program of ours, run by Node, that passes with exit code 0. */
export function nodeCheck(name: string, args: readonly string[]): Check {
  return { name, program: nodeProgram, args, isJest: false, limitMs: workMs };
}

/** The same check at the lowest priority, with twice the time. */
export const givingWay = (check: Check): Check => ({
  ...check,
  program: 'nice',
  args: ['-n', '19', check.program, ...check.args],
  limitMs: 2 * check.limitMs,
});

/** The Jest project `project`; `--ci` forbids it to write snapshots. */
export function jestCheck(project: string, args: readonly string[] = []): Check {
  const jest = path.join(repository, 'node_modules/jest/bin/jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  return {
    name: `${project} tests`,
    program: nodeProgram,
    args: [...flags, '--selectProjects', project, '--ci', '--colors=false', ...args],
    isJest: true,
    limitMs: workMs,
  };
}

async function countsOf(check: Check, code: number | undefined, reportFile: string): Promise<Counts> {
  const whole = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (!check.isJest) return whole;
  try {
    const counts = jestCounts(JSON.parse(await readFile(reportFile, 'utf8')));
    // Jest can fail for a reason that is no test's (an open handle, a signal): that is a failure too.
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

export interface CheckRun {
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  /** Hears every line. */
  readonly heard: (line: string) => void;
  /** Ends the check early. */
  readonly signal: AbortSignal;
}

/** Runs a check to its end or its time limit; its output goes to `logs` too. */
export async function runCheck(check: Check, run: CheckRun): Promise<CheckResult> {
  const { env, logs, heard, signal } = run;
  await mkdir(logs, { recursive: true });
  const file = path.join(logs, check.name.replaceAll(/[^a-z]+/g, '-'));
  const reportFile = `${file}.json`;
  await rm(reportFile, { force: true });
  await rm(`${file}.log`, { force: true });
  const args = check.isJest ? [...check.args, '--json', `--outputFile=${reportFile}`] : check.args;
  const lines: string[] = [];
  const startedAt = performance.now();
  const group = startGroup(check.program, args, {
    cwd: repository,
    env,
    logFile: `${file}.log`,
    onLine: (line) => {
      heard(line);
      if (!line.startsWith('{"num')) lines.push(line);
    },
  });
  const end = () => void group.stop();
  signal.addEventListener('abort', end);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, check.limitMs);
  const code = await group.exited.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  });
  if (isLate) lines.push(`${check.name}: stopped after ${check.limitMs / minuteMs} min`);
  const counts = await countsOf(check, code, reportFile);
  return { counts, durationMs: performance.now() - startedAt, output: lines.join('\n') };
}
