import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { tellCoverage } from './coverage.ts';
import { runCrew } from './crew.ts';

export interface NightOptions {
  readonly seeds: number;
  readonly from: number;
  readonly workers: number;
}

/** Seeds of a whole night. */
export const nightSeeds = 1_000_000;
/** Worlds between two checkpoints. Workers begin anew with each, and take a thousand worlds to be as fast as they get. */
const blockSize = 10_000;
const toldFailures = 20;

const Checkpoint = z.strictObject({
  from: z.int(),
  next: z.int(),
  failures: z.array(z.object({ seed: z.int(), law: z.string(), what: z.string() })),
  injected: z.record(z.string(), z.number()),
  messages: z.number(),
  simulatedMs: z.number(),
  seconds: z.number(),
});
type Checkpoint = z.infer<typeof Checkpoint>;

const folder = path.join(import.meta.dirname, '../../../.local/simulation');
const fileOf = (from: number): string => path.join(folder, `night-${from}.json`);

function load(from: number): Checkpoint {
  try {
    return Checkpoint.parse(JSON.parse(readFileSync(fileOf(from), 'utf8')));
  } catch {
    return { from, next: from, failures: [], injected: {}, messages: 0, simulatedMs: 0, seconds: 0 };
  }
}

function save(checkpoint: Checkpoint): void {
  mkdirSync(folder, { recursive: true });
  const draft = `${fileOf(checkpoint.from)}.new`;
  writeFileSync(draft, JSON.stringify(checkpoint));
  renameSync(draft, fileOf(checkpoint.from));
}

/** Tries worlds through a night, goes on where it was stopped, and reports the bound that they give. @returns whether all held */
export async function runNight({ seeds, from, workers }: NightOptions): Promise<boolean> {
  let state = load(from);
  if (state.next > from) console.log(`goes on after ${state.next - from} worlds (${fileOf(from)})`);
  while (state.next < from + seeds) {
    state = await runBlock(state, Math.min(blockSize, from + seeds - state.next), workers);
    save(state);
    const done = state.next - from;
    process.stderr.write(
      `${done} of ${seeds} worlds, ${(done / state.seconds).toFixed(0)} a second, ${state.failures.length} failed\n`,
    );
  }
  report(state);
  return state.failures.length === 0;
}

async function runBlock(state: Checkpoint, count: number, workers: number): Promise<Checkpoint> {
  const startedAt = performance.now();
  const seeds = Array.from({ length: count }, (_, i) => state.next + i);
  const block = await runCrew({ workers, seeds, told: () => {} });
  const injected = { ...state.injected };
  for (const [key, times] of block.injected) injected[key] = (injected[key] ?? 0) + times;
  const failures = block.failures.map(({ seed, violations: [first] }) => ({
    seed,
    law: first?.law ?? '',
    what: first?.what ?? '',
  }));
  return {
    from: state.from,
    next: state.next + count,
    failures: [...state.failures, ...failures],
    injected,
    messages: state.messages + block.messages,
    simulatedMs: state.simulatedMs + block.simulatedMs,
    seconds: state.seconds + (performance.now() - startedAt) / 1_000,
  };
}

function report({ from, next, failures, injected, messages, simulatedMs, seconds }: Checkpoint): void {
  const worlds = next - from;
  tellCoverage(new Map(Object.entries(injected)));
  for (const { seed, law, what } of failures.slice(0, toldFailures))
    console.log(`seed ${seed}: ${law}: ${what}\n  npm run simulate -- --seed ${seed} --trace`);
  console.log(
    `${worlds} worlds, ${messages} messages, ${(simulatedMs / 86_400_000).toFixed(0)} simulated days in ${(seconds / 3_600).toFixed(2)} h: ${failures.length} failed`,
  );
  if (failures.length === 0)
    console.log(
      `With 95 % confidence, a world fails with a probability below ${(3 / worlds).toExponential(1)} (3/N).`,
    );
}
