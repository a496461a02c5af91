/** How many passed and failed, added up over every check and test. */
import * as z from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export const noCounts: Counts = { passed: 0, failed: 0 };

export function addCounts(one: Counts, other: Counts): Counts {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

/** What of Jest's JSON report is counted. */
const JestReport = z.object({
  numPassedTests: z.int().nonnegative(),
  numFailedTests: z.int().nonnegative(),
  /** Skipped tests: they would pass for something that was not looked at. */
  numPendingTests: z.int().nonnegative(),
  numTodoTests: z.int().nonnegative(),
  /** Files that could not be loaded at all, so that none of their tests is counted elsewhere. */
  numRuntimeErrorTestSuites: z.int().nonnegative(),
});

/**
 * The counts of one Jest run: a skipped test and a file that cannot be loaded count as failed.
 *
 * A run that found no test at all counts as one failure, so that a wrong pattern cannot look like success.
 */
export function jestCounts(report: unknown): Counts {
  const read = JestReport.parse(report);
  const failed =
    read.numFailedTests + read.numPendingTests + read.numTodoTests + read.numRuntimeErrorTestSuites;
  if (read.numPassedTests + failed === 0) return { passed: 0, failed: 1 };
  return { passed: read.numPassedTests, failed };
}

/** The last line of `npm test`. */
export function summaryLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed`;
}
