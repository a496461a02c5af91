/** Every single crash point, struck one at a time, and pairs of them where a small batch comes again. */
import { availableParallelism } from 'node:os';
import { registerCity } from '../city/registered.ts';
import { type CrashMode, type CrashPoint, crashModes, crashPoints, type Struck } from './crash-points.ts';
import { createTeller, inShares } from './shares.ts';
import type { StrikeDone, StrikeTask } from './strike-worker.ts';

/** Points that a worker takes at a time. */
const shareSize = 10;

/** A pair crashes twice: a call that hangs, fails or is not heard ends an invocation no later than a crash does. */
const pairModes: readonly CrashMode[] = ['crash-before', 'crash-after'];

/** Enumerates, with progress, and tells what failed with the command that shows it. @returns whether everything held */
export async function enumerateCrashPoints({
  workers = availableParallelism(),
}: {
  readonly workers?: number;
}): Promise<boolean> {
  const startedAt = performance.now();
  const sites = await crashPoints(await registerCity());
  const singles: Struck[] = sites.flatMap(({ fn, invocation, nth }) =>
    crashModes.map((mode) => [{ fn, invocation, nth, mode }]),
  );
  const first = await strikeAll(singles, workers, 'single points');
  // A pair is a crash and, in the redelivery that it causes, a crash at every call again.
  const paired = new Set(sites.filter(({ isPaired }) => isPaired).map(placeText));
  const isPaired = ([point]: Struck): boolean =>
    point !== undefined && pairModes.includes(point.mode) && paired.has(placeText(point));
  const pairs: Struck[] = first.redelivered
    .filter(({ struck }) => isPaired(struck))
    .flatMap(({ struck, calls }) =>
      calls.flatMap((call) => pairModes.map((mode) => [...struck, { ...call, mode }])),
    );
  const second = await strikeAll(pairs, workers, 'pairs');
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const byFunction = countBy(sites.map(({ fn }) => fn));
  for (const [fn, count] of byFunction)
    console.log(`  ${fn.padEnd(8)} ${count} calls of services, each struck in ${crashModes.length} ways`);
  const failed = first.failures.length + second.failures.length;
  console.log(
    `${singles.length} single crash points and ${pairs.length} pairs, all of them, in ${seconds} s: ${failed} failed`,
  );
  return failed === 0;
}

interface AllDone {
  readonly failures: readonly string[];
  readonly redelivered: readonly {
    readonly struck: Struck;
    readonly calls: readonly Omit<CrashPoint, 'mode'>[];
  }[];
}

async function strikeAll(struck: readonly Struck[], workers: number, what: string): Promise<AllDone> {
  const failures: string[] = [];
  const redelivered: AllDone['redelivered'][number][] = [];
  let next = 0;
  let done = 0;
  const tell = createTeller();
  await inShares<StrikeTask, StrikeDone>({
    module: new URL('./strike-worker.ts', import.meta.url),
    workers,
    next: () => {
      const share = struck.slice(next, next + shareSize);
      next += share.length;
      return share.length === 0 ? undefined : { share };
    },
    done: ({ results }) => {
      done += results.length;
      for (const result of results) {
        if (result.calls.length > 0) redelivered.push({ struck: result.struck, calls: result.calls });
        const [violation] = result.violations;
        if (violation === undefined) continue;
        const text = `${result.struck.map(pointText).join(' then ')}: ${violation.law}: ${violation.what}`;
        failures.push(text);
        console.log(text);
      }
      tell(() => `${done} of ${struck.length} ${what}, ${failures.length} failed`);
    },
  });
  return { failures, redelivered };
}

const placeText = ({ fn, invocation, nth }: Omit<CrashPoint, 'mode'>): string => `${fn}/${invocation}/${nth}`;
const pointText = (point: CrashPoint): string => `${placeText(point)}/${point.mode}`;

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
