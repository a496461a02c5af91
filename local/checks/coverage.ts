/** `npm run coverage`: every branch of the pure core is taken by a test, or says beside itself why not. */
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { cleanEnvironment } from '../platform/environment.ts';
import { instanceFolder, localFolder, repository } from '../platform/paths.ts';
import { type Branches, branchesOf, exclusionsWithoutReason } from './branches.ts';
import { reportResult, tellWhileRunning } from './report.ts';
import { filesOf, rooms } from './rooms.ts';
import { type Check, jestCheck, runCheck } from './run-check.ts';
import { unreachableAt, unreachableNames } from './unreachable.ts';

const core = 'functions/domain';
/** What tests the core; the long runs of the simulator take no branch that these do not, and hours with counters. */
const suites = ['test/domain', 'test/rules', 'test/usecases', 'test/adapters', 'test/handlers', 'test/cli'];
const limitMs = 30 * 60_000;

/** What is counted, by which tests, and where the report goes. */
interface Measured {
  readonly sources: readonly string[];
  /** As Jest takes them behind `--`. */
  readonly tests: readonly string[];
  readonly folder: string;
}

/** A whole room must be reached by its own tests; the whole core by all that is tested above it too. */
function measuredOf(room: string | undefined): Measured {
  const folder = path.join(localFolder, 'coverage', room ?? 'core');
  const found = rooms.find(({ name }) => name === room);
  if (found === undefined) return { sources: [`${core}/**/*.ts`], tests: suites, folder };
  return { sources: found.sources, tests: ['--runTestsByPath', ...filesOf(found.tests)], folder };
}

const unitWithCounters = ({ sources, tests, folder }: Measured): Check => ({
  ...jestCheck('unit', [
    // Counters in the code, not those of V8: these see an `else` that is not written, and each side of `??`.
    ...['--coverage', '--coverageProvider=babel', ...sources.map((one) => `--collectCoverageFrom=${one}`)],
    ...['--coverageReporters=json', `--coverageDirectory=${folder}`, ...tests],
  ]),
  name: 'unit tests, counted',
  limitMs,
});

function tell({ files, total, notTaken, holes, excluded }: Branches, of: string): void {
  for (const one of notTaken) console.log(`  ${one}`);
  const counted = total - holes - excluded.length;
  const taken = counted - notTaken.length;
  console.log(`\n${taken} of ${counted} branches and functions of ${of} are taken (${files} files)`);
  console.log(
    `${holes} more are fallbacks of an index that never leaves its list, or proven empty by the compiler`,
  );
  console.log(`${excluded.length} more cannot be taken, for the reasons in local/checks/unreachable.ts`);
}

/** What is wrong with the exclusions themselves. */
const problemsOf = ({ excluded }: Branches, room: string | undefined): readonly string[] => [
  ...exclusionsWithoutReason(repository, core).map(
    (one) => `${one}: says no reason. Remedy: istanbul ignore next -- why`,
  ),
  // The tests of one room may leave untaken what others take, or be of another room.
  ...(room === undefined ? unreachableNames : [])
    .filter((name) => !excluded.includes(name))
    .map((name) => `${name}: is gone, or taken. Remedy: leave it out of local/checks/unreachable.ts`),
];

/** True when all of `room`, or of the whole core, is taken and every test passes. */
export async function checkCoverage(room?: string): Promise<boolean> {
  const measured = measuredOf(room);
  const check = unitWithCounters(measured);
  const reportFile = path.join(measured.folder, 'coverage-final.json');
  await rm(reportFile, { force: true });
  const quiet = tellWhileRunning(check.name, () => '');
  const { logs } = instanceFolder(measured.folder);
  const env = { ...cleanEnvironment(), CI: 'true', NO_COLOR: '1' };
  const run = { env, logs, heard: () => undefined, signal: new AbortController().signal };
  const result = await runCheck(check, run).finally(quiet);
  reportResult(check.name, result);
  const report: unknown = JSON.parse(await readFile(reportFile, 'utf8'));
  const branches = branchesOf(
    report,
    repository,
    (file) => readFileSync(file, 'utf8').split('\n'),
    (file, line) => unreachableAt(path.posix.relative(core, file), line),
  );
  tell(branches, room ?? core);
  const problems = problemsOf(branches, room);
  for (const one of problems) console.log(`  ${one}`);
  // A report of nothing would be taken in full. Files of types alone have nothing to count.
  const isRead = branches.files > 0 && branches.files >= 0.9 * filesOf(measured.sources).length;
  return isRead && branches.notTaken.length === 0 && problems.length === 0 && result.counts.failed === 0;
}
