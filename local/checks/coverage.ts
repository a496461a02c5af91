/** `npm run coverage`: every branch of the pure core is taken by a test, or says beside itself why not. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { cleanEnvironment } from '../platform/environment.ts';
import { instanceFolder, localFolder, repository } from '../platform/paths.ts';
import { type Branches, branchesOf, exclusionsWithoutReason } from './branches.ts';
import { reportResult, tellWhileRunning } from './report.ts';
import { type Check, jestCheck, runCheck } from './run-check.ts';

const core = 'functions/domain';
const folder = path.join(localFolder, 'coverage');
/** What tests the core; the long runs of the simulator take no branch that these do not, and hours with counters. */
const suites = ['test/domain', 'test/usecases', 'test/adapters', 'test/handlers'];
const limitMs = 30 * 60_000;

const unitWithCounters: Check = {
  ...jestCheck('unit', [
    // Counters in the code, not those of V8: these see an `else` that is not written, and each side of `??`.
    ...['--coverage', '--coverageProvider=babel', `--collectCoverageFrom=${core}/**/*.ts`],
    ...['--coverageReporters=json', `--coverageDirectory=${folder}`, '--', ...suites],
  ]),
  name: 'unit tests, counted',
  limitMs,
};

function tell({ files, total, notTaken, holes }: Branches, excluded: readonly string[]): boolean {
  for (const one of notTaken) console.log(`  ${one}`);
  for (const one of excluded) console.log(`  ${one}: says no reason. Remedy: istanbul ignore next -- why`);
  const counted = total - holes;
  const taken = counted - notTaken.length;
  console.log(`\n${taken} of ${counted} branches and functions of ${core} are taken (${files} files)`);
  console.log(`${holes} more are fallbacks of an index that never leaves its list`);
  // A report of nothing would be taken in full.
  return notTaken.length === 0 && excluded.length === 0 && files > 100;
}

/** True when all is taken and every test passes. */
export async function checkCoverage(): Promise<boolean> {
  const quiet = tellWhileRunning(unitWithCounters.name, () => '');
  const { logs } = instanceFolder(folder);
  const env = { ...cleanEnvironment(), CI: 'true', NO_COLOR: '1' };
  const run = { env, logs, heard: () => undefined, signal: new AbortController().signal };
  const result = await runCheck(unitWithCounters, run).finally(quiet);
  reportResult(unitWithCounters.name, result);
  const report: unknown = JSON.parse(await readFile(path.join(folder, 'coverage-final.json'), 'utf8'));
  const isWhole = tell(
    branchesOf(report, repository, (file) => readFileSync(file, 'utf8').split('\n')),
    exclusionsWithoutReason(repository, core),
  );
  return isWhole && result.counts.failed === 0;
}
