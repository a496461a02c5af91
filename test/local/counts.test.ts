import { addCounts, jestCounts, summaryLine } from '../../local/checks/counts.ts';

const report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

test('the counts of Jest are taken as they are', () => {
  expect(jestCounts({ ...report, numFailedTests: 2 })).toEqual({ passed: 5, failed: 2 });
});

test.each(['numPendingTests', 'numTodoTests', 'numRuntimeErrorTestSuites'])(
  '%s count as failed: they prove nothing',
  (field) => {
    expect(jestCounts({ ...report, [field]: 1 })).toEqual({ passed: 5, failed: 1 });
  },
);

test('a run without any test is a failure, so that a wrong pattern cannot look like success', () => {
  expect(jestCounts({ ...report, numPassedTests: 0 })).toEqual({ passed: 0, failed: 1 });
});

test('the last line has the true sum', () => {
  expect(summaryLine(addCounts({ passed: 1, failed: 2 }, { passed: 10, failed: 0 }))).toBe(
    '11 passed, 2 failed',
  );
});
