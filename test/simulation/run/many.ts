import { hasStorm } from '../world/storm.ts';
import { tellCoverage } from './coverage.ts';
import { type CrewProgress, runCrew } from './crew.ts';
import type { Failure } from './share.ts';

export interface ManyOptions {
  readonly seeds: number;
  readonly from: number;
  readonly workers: number;
  readonly json?: boolean;
  readonly whole?: boolean;
  /** Only those of the worlds from `from` on that have a storm. */
  readonly storms?: boolean;
}

/** A line of progress at most every so many milliseconds. */
const tellEveryMs = 2_000;
/** Failing seeds that are told one by one. */
const toldFailures = 10;

/** Tries many worlds on all cores, with progress, and tells what failed and how to see it again. @returns whether all held */
export async function runMany({
  seeds,
  from,
  workers,
  json,
  whole = false,
  storms,
}: ManyOptions): Promise<boolean> {
  const startedAt = performance.now();
  let toldAt = startedAt;
  const told = ({ seeds: done, failures }: CrewProgress): void => {
    const now = performance.now();
    if (json === true || now - toldAt < tellEveryMs) return;
    toldAt = now;
    const perSecond = done / ((now - startedAt) / 1_000);
    const left = Math.round((seeds - done) / perSecond);
    process.stderr.write(
      `${done} of ${seeds} worlds, ${perSecond.toFixed(0)} a second, ${left} s left, ${failures.length} failed\n`,
    );
  };
  const all = await runCrew({
    workers,
    seeds: numbers(from, seeds, storms === true ? hasStorm : () => true),
    isWhole: whole,
    told,
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  if (json === true)
    console.log(JSON.stringify({ ...all, injected: Object.fromEntries(all.injected), seconds }));
  else tell(all, seconds, whole);
  return all.failures.length === 0;
}

function* numbers(from: number, count: number, isWanted: (seed: number) => boolean): Iterable<number> {
  let left = count;
  for (let seed = from; left > 0; seed += 1) {
    if (!isWanted(seed)) continue;
    left -= 1;
    yield seed;
  }
}

function tell(
  { seeds, failures, injected, messages, simulatedMs }: CrewProgress,
  seconds: number,
  isWhole: boolean,
): void {
  tellCoverage(injected);
  for (const failure of failures.slice(0, toldFailures)) tellFailure(failure, isWhole);
  if (failures.length > toldFailures) console.log(`... and ${failures.length - toldFailures} more`);
  const days = simulatedMs / 86_400_000;
  console.log(
    `${seeds} worlds, ${messages} messages, ${days.toFixed(1)} simulated days in ${seconds.toFixed(1)} s (${(seeds / seconds).toFixed(0)} a second): ${failures.length} failed`,
  );
}

function tellFailure({ seed, violations }: Failure, isWhole: boolean): void {
  const [first] = violations;
  console.log(
    `seed ${seed}: ${first?.law ?? ''}: ${first?.what ?? ''}${violations.length > 1 ? ` (and ${violations.length - 1} more)` : ''}`,
  );
  console.log(`  npm run simulate -- --seed ${seed}${isWhole ? ' --whole' : ''} --trace`);
}
