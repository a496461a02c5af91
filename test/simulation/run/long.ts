import { Worker } from 'node:worker_threads';
import { slowDevices } from '../city/slow/city.ts';
import { tellCoverage } from './coverage.ts';
import type { LongNews, LongResult, LongTask } from './long-share.ts';
import { createTeller } from './shares.ts';

export interface LongRunOptions {
  readonly seeds: number;
  readonly from: number;
  /** Simulated days of each world. @default 30 */
  readonly days?: number;
  readonly devices?: number;
  /** Whether all devices come back at once after an hour without network. */
  readonly reconnect?: boolean;
  /** Worlds at a time: one a processor. */
  readonly workers: number;
  readonly json?: boolean;
}

/** Long worlds of a run of nobody's choice. */
export const longSeedsDefault = 20;
export const longDaysDefault = 30;
const dayMs = 86_400_000;
/** Violations of one world that are told one by one. */
const toldViolations = 20;

/** Tries long worlds, one on each processor, and tells how far they are and what failed. @returns whether all held */
export async function runLong(options: LongRunOptions): Promise<boolean> {
  const {
    seeds,
    from,
    days = longDaysDefault,
    devices = slowDevices,
    reconnect = false,
    workers,
    json,
  } = options;
  const startedAt = performance.now();
  const teller = createTeller();
  const reached = new Map<number, { readonly simulatedMs: number; readonly messages: number }>();
  const results: LongResult[] = [];
  const seconds = (): number => (performance.now() - startedAt) / 1_000;

  const progress = (): void => {
    const simulated = sum([...reached.values()].map(({ simulatedMs }) => simulatedMs)) / dayMs;
    const messages = sum([...reached.values()].map((one) => one.messages));
    const left = (seconds() / simulated) * (seeds * days - simulated);
    const failed = results.filter(({ violations }) => violations.length > 0).length;
    if (json !== true)
      teller(
        () =>
          `${results.length} of ${seeds} runs, ${simulated.toFixed(1)} of ${seeds * days} simulated days, ${messages} messages, ${left.toFixed(0)} s left, ${failed} failed`,
      );
  };
  const done = (result: LongResult): void => {
    results.push(result);
    if (json !== true) tellFailure(result, { days, devices, reconnects: reconnect });
  };
  const tasks = Array.from({ length: seeds }, (_, place) => ({
    seed: from + place,
    days,
    devices,
    reconnects: reconnect,
  }));
  await inLanes(tasks, Math.min(workers, seeds), (task, news) => {
    if (news.kind === 'progress') reached.set(task.seed, news);
    else {
      reached.set(task.seed, news.result);
      done(news.result);
    }
    progress();
  });
  if (json === true) console.log(JSON.stringify({ results, seconds: seconds(), peakMb: peakMb() }));
  else tell(results, seconds());
  return results.every(({ violations }) => violations.length === 0);
}

const sum = (figures: readonly number[]): number => figures.reduce((total, one) => total + one, 0);

/** The most memory that the process with all its workers has had. */
const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1_024);

/** Each lane has a worker of its own for each task, so that no world's memory outlives it. @throws when a worker dies */
async function inLanes(
  tasks: LongTask[],
  lanes: number,
  told: (task: LongTask, news: LongNews) => void,
): Promise<void> {
  const work = (task: LongTask): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./long-worker.ts', import.meta.url));
      worker.on('error', reject);
      worker.on('message', (news: LongNews) => {
        told(task, news);
        if (news.kind === 'done') void worker.terminate().then(() => resolve());
      });
      worker.postMessage(task);
    });
  const lane = async (): Promise<void> => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await work(task);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function tellFailure(
  { seed, violations }: LongResult,
  { days, devices, reconnects }: Omit<LongTask, 'seed'>,
): void {
  if (violations.length === 0) return;
  for (const { law, what } of violations.slice(0, toldViolations))
    console.log(`seed ${seed}: VIOLATED ${law}: ${what}`);
  if (violations.length > toldViolations) console.log(`... and ${violations.length - toldViolations} more`);
  const ofDays = days === longDaysDefault ? '' : ` --days ${days}`;
  const ofDevices = devices === slowDevices ? '' : ` --devices ${devices}`;
  console.log(
    `  npm run simulate -- --long --seed ${seed}${ofDays}${ofDevices}${reconnects ? ' --reconnect' : ''}`,
  );
}

function tell(results: readonly LongResult[], seconds: number): void {
  const injected = new Map<string, number>();
  for (const [key, count] of results.flatMap((one) => one.injected))
    injected.set(key, (injected.get(key) ?? 0) + count);
  tellCoverage(injected);
  const days = sum(results.map(({ simulatedMs }) => simulatedMs)) / dayMs;
  const messages = sum(results.map((one) => one.messages));
  const alerts = sum(results.map((one) => one.alerts));
  const failed = results.filter(({ violations }) => violations.length > 0).length;
  console.log(
    `${results.length} long runs, ${days.toFixed(1)} simulated days, ${messages} messages, ${alerts} alerts, ${sum([...injected.values()])} faults in ${seconds.toFixed(0)} s, at most ${peakMb()} MB: ${failed} failed`,
  );
}
