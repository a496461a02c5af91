import { reportLines } from '../../sensors-sim/run/report.ts';
import { loadScenario, scenarioNames } from '../../sensors-sim/scenario/load.ts';
import { loadBook } from '../../sensors-sim/virtual/book.ts';
import { runVirtual } from '../../sensors-sim/virtual/runner.ts';

/** The two long ones are checks of `npm test` by themselves. */
const short = scenarioNames().filter((name) => name !== 'normal-day' && name !== 'city-week');

const run = async (name: string) => {
  const loaded = loadScenario(name);
  if (!loaded.ok) throw new Error(loaded.errors.join('\n'));
  return runVirtual({ scenario: loaded.scenario, book: loadBook() });
};

test.each(short)(
  '%s goes as it says, over the real use cases',
  async (name) => {
    const report = await run(name);
    expect([reportLines(report).join('\n'), report.verdict.ok, report.errors]).toEqual([
      expect.any(String),
      true,
      [],
    ]);
  },
  60_000,
);

test('the same scenario gives the same changes at the same times', async () => {
  const [first, second] = [await run('bad-network'), await run('bad-network')];
  expect(second.facts.changes).toEqual(first.facts.changes);
  expect(first.facts.changes.length).toBeGreaterThan(5);
}, 60_000);

test('a scenario whose incident does not happen fails its own expectations', async () => {
  const loaded = loadScenario('gas-leak');
  if (!loaded.ok) throw new Error(loaded.errors.join('\n'));
  const { verdict } = await runVirtual({ scenario: { ...loaded.scenario, events: [] }, book: loadBook() });
  expect(verdict.ok).toBe(false);
}, 60_000);

test('an incident that nobody expects fails a run', async () => {
  const [leak, calibration] = [loadScenario('gas-leak'), loadScenario('calibration')];
  if (!leak.ok || !calibration.ok) throw new Error('a scenario is not in order');
  const scenario = {
    ...calibration.scenario,
    events: [...calibration.scenario.events, ...leak.scenario.events],
  };
  const { verdict } = await runVirtual({ scenario, book: loadBook() });
  expect(verdict.ok ? [] : verdict.reasons).toContainEqual(
    expect.stringMatching(/^not expected: .* gas\.combustible\.compartment gas-corridor-1\/lel-01$/),
  );
}, 60_000);
