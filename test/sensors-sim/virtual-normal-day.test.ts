import { reportLines } from '../../sensors-sim/run/report.ts';
import { loadScenario } from '../../sensors-sim/scenario/load.ts';
import { loadBook } from '../../sensors-sim/virtual/book.ts';
import { runVirtual } from '../../sensors-sim/virtual/runner.ts';

test('24 hours of an ordinary day raise no alert at all', async () => {
  const loaded = loadScenario('normal-day');
  if (!loaded.ok) throw new Error(loaded.errors.join('\n'));
  const report = await runVirtual({ scenario: loaded.scenario, book: loadBook() });
  expect([reportLines(report).join('\n'), report.verdict.ok, report.errors]).toEqual([
    expect.any(String),
    true,
    [],
  ]);
  expect(report.tally.counts.acknowledged).toBeGreaterThan(90_000);
}, 600_000);
