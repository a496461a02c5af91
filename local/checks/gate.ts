/** The gate: types, lint, dead code, docs, every test, and one line with the true sum. */
import path from 'node:path';
import { type Closer, closeOnSignals, createCloser } from '../platform/closer.ts';
import { cleanEnvironment, clientEnvironment } from '../platform/environment.ts';
import { instanceFolder, localFolder } from '../platform/paths.ts';
import { deployTo, startLocked } from '../platform/platform.ts';
import { runningState } from '../platform/state.ts';
import { installEmulator } from '../platform/venv.ts';
import { addCounts, type Counts, noCounts, summaryLine } from './counts.ts';
import { reportResult, tellWhileRunning } from './report.ts';
import {
  type Check,
  type CheckResult,
  givingWay,
  jestCheck,
  nodeCheck,
  programCheck,
  runCheck,
} from './run-check.ts';

/** `npm test` has a folder of its own: it runs beside `npm start`. */
const testFolder = instanceFolder(path.join(localFolder, 'test'));

const staticChecks: readonly Check[] = [
  programCheck('types', 'tsc', ['--noEmit']),
  programCheck('lint', 'biome', ['ci', '--colors=off', '.']),
  programCheck('dead code', 'knip', ['--no-progress']),
  programCheck('docs', 'typedoc', ['--options', 'local/checks/typedoc.json']),
  // Findings in the rules, and whether the committed book is what they give.
  programCheck('rules', 'node', ['cli/tocsin.ts', 'rules', 'check']),
];

const scenario = (name: string, acknowledgedLeast: number): Check =>
  nodeCheck(`scenario ${name}`, ['test/sensors-sim/long-scenario.ts', name, String(acknowledgedLeast)]);

/** The two that take long: in Jest, where each global is looked up in a sandbox, they take four times as long. */
const scenarioChecks: readonly Check[] = [scenario('city-week', 300_000), scenario('normal-day', 90_000)];

const simulate = (name: string, ...args: readonly string[]): Check =>
  nodeCheck(name, ['test/simulation/main.ts', ...args]);

/** Partial restores of one `npm test`. */
const truncationCount = 500;

/** Worlds in which everything fails that can, as many as the command tries by itself; the second takes all processors. */
const worldChecks: readonly Check[] = [
  simulate('simulation, worlds that once failed', '--corpus'),
  simulate('simulation, worlds'),
];

/** More of them, which can be worked at beside something that mostly waits. */
const strikeChecks: readonly Check[] = [
  simulate('simulation, crash points', '--crash-points'),
  simulate('simulation, partial restores', '--truncations', String(truncationCount)),
];

/** What can be asked for by name: `npm test -- unit`. */
export const gateParts = ['static', 'unit', 'infra', 'simulation', 'contract', 'e2e'] as const;
export type GatePart = (typeof gateParts)[number];

interface Gate {
  readonly closer: Closer;
  readonly env: NodeJS.ProcessEnv;
  readonly run: (check: Check, env?: NodeJS.ProcessEnv) => Promise<void>;
  readonly fail: (name: string, startedAt: number, error: unknown) => void;
  readonly total: () => Counts;
}

function createGate(closer: Closer, signal: AbortSignal): Gate {
  let total = noCounts;
  const env = { ...cleanEnvironment(), CI: 'true', NO_COLOR: '1' };
  const finish = (name: string, result: CheckResult) => {
    total = addCounts(total, result.counts);
    // What a signal cut short failed for no reason of its own: its output would mislead.
    reportResult(name, closer.isClosing() ? { ...result, output: 'stopped' } : result);
  };
  return {
    closer,
    env,
    run: async (check, own = env) => {
      if (closer.isClosing()) return;
      let doing = '';
      const quiet = tellWhileRunning(check.name, () => doing);
      const heard = (line: string) => {
        if (/^(PASS|FAIL) /.test(line)) doing = line.trim();
      };
      const run = { env: own, logs: testFolder.logs, heard, signal };
      const result = await runCheck(check, run).finally(quiet);
      finish(check.name, result);
    },
    fail: (name, startedAt, error) => {
      const output = error instanceof Error ? error.message : String(error);
      finish(name, { counts: { passed: 0, failed: 1 }, durationMs: performance.now() - startedAt, output });
    },
    total: () => total,
  };
}

/** Runs `checks` two at a time: that is how many processors there are to count on. */
async function runAll(gate: Gate, checks: readonly Check[]): Promise<void> {
  const waiting = [...checks];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await gate.run(check);
  };
  await Promise.all([lane(), lane()]);
}

/** Runs `checks` that take all processors, or give way to others. */
async function inTurn(gate: Gate, checks: readonly Check[]): Promise<void> {
  for (const check of checks) await gate.run(check);
}

/** The suites that need a platform: one emulator and one deployment for all of them. */
async function runOnPlatform(gate: Gate, parts: readonly GatePart[], python: string): Promise<void> {
  const startedAt = performance.now();
  let doing = '';
  const tell = (line: string) => {
    doing = line;
  };
  const quiet = tellWhileRunning('platform', () => doing);
  try {
    const interpreter = await installEmulator(python, tell);
    const started = await startLocked(testFolder, interpreter, gate.closer, tell);
    const platform = parts.includes('e2e') ? await deployTo(started, tell) : started;
    quiet();
    const env = {
      ...gate.env,
      ...platform.env,
      TOCSIN_PLATFORM: testFolder.root,
      // The tools that a test runs find this platform as they find a city.
      TOCSIN_FOLDER: testFolder.root,
      TOCSIN_EMULATOR_PYTHON: interpreter,
    };
    if (parts.includes('contract')) await gate.run(jestCheck('contract'), env);
    if (parts.includes('e2e')) await gate.run(jestCheck('e2e', ['--runInBand']), env);
  } catch (error) {
    gate.fail('platform', startedAt, error);
  } finally {
    quiet();
  }
}

/** A platform that the person's own environment names takes the contract suites: LocalStack, DynamoDB Local, AWS. */
function ownEndpoint(): NodeJS.ProcessEnv | undefined {
  const url = process.env['AWS_ENDPOINT_URL'];
  if (!url) return undefined;
  return { ...clientEnvironment({ url }), ...process.env };
}

async function runParts(gate: Gate, parts: readonly GatePart[], python: string | undefined): Promise<void> {
  await runAll(gate, [
    ...(parts.includes('unit') ? scenarioChecks : []),
    ...(parts.includes('static') ? staticChecks : []),
  ]);
  // By itself Jest leaves one processor free, and on two runs everything one after the other.
  const onBoth = ['--maxWorkers=2'];
  if (parts.includes('unit')) await gate.run(jestCheck('unit', onBoth));
  if (parts.includes('infra')) await gate.run(jestCheck('infra', onBoth));
  if (parts.includes('simulation')) await inTurn(gate, worldChecks);
  const strikes = parts.includes('simulation') ? strikeChecks : [];
  const own = ownEndpoint();
  if (own && parts.length === 1 && parts[0] === 'contract') return gate.run(jestCheck('contract'), own);
  if (!parts.includes('contract') && !parts.includes('e2e')) return inTurn(gate, strikes);
  if (!python) throw new Error('TOCSIN_PYTHON is not set. Remedy: run this through npm test');
  // Suites on the platform wait more than they work, and what gives way to them costs them nothing.
  await Promise.all([runOnPlatform(gate, parts, python), inTurn(gate, strikes.map(givingWay))]);
}

/** Runs the gate and prints its sum as the last line; true when nothing failed. */
export async function runGate(parts: readonly GatePart[], python: string | undefined): Promise<boolean> {
  if (await runningState(testFolder))
    throw new Error('npm test already runs in this clone. Remedy: wait for its end, or end it with Ctrl-C');
  const closer = createCloser((error) => console.error(`tocsin: ${error}`));
  const ending = new AbortController();
  const gate = createGate(closer, ending.signal);
  const unhook = closeOnSignals(closer, () => {
    console.log('\nStopping ...');
    ending.abort();
  });
  try {
    await runParts(gate, parts, python);
  } finally {
    const wasStopped = closer.isClosing();
    await closer.close();
    unhook();
    if (wasStopped) gate.fail('stopped by a signal', performance.now(), 'the rest was not run');
  }
  const total = gate.total();
  console.log(`\n${summaryLine(total)}`);
  return total.failed === 0;
}
