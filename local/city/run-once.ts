/** One scenario on the platform to its end, judged by its own expectations. */
import { runLive } from '../../sensors-sim/live/runner.ts';
import type { Fleet } from '../../sensors-sim/run/fleet.ts';
import { reportLines } from '../../sensors-sim/run/report.ts';
import type { Scenario } from '../../sensors-sim/scenario/schema.ts';
import type { Closer } from '../platform/closer.ts';
import { languageOf } from '../view/screen.ts';
import { bold, dim } from '../view/style.ts';
import type { City } from './bring-up.ts';
import { brokerOf, observeOf } from './broker.ts';

const tellEveryMs = 10_000;

/** Tells every ten seconds how far the run is. */
function tellProgress(scenario: Scenario, fleetOf: () => Fleet | undefined): () => void {
  const startedAt = performance.now();
  const ticker = setInterval(() => {
    const fleet = fleetOf();
    const elapsed = Math.round((performance.now() - startedAt) / 1000);
    const counts = fleet?.tally.counts;
    const told = counts
      ? `${counts.acknowledged} packs acknowledged, ${counts.online} devices online`
      : 'starting';
    console.log(dim(`  ${elapsed} of ${scenario.duration / 1000} s, ${told}`));
  }, tellEveryMs);
  return () => clearInterval(ticker);
}

/** True when the scenario's expectations held. */
export async function runOnce(city: City, scenario: Scenario, closer: Closer): Promise<boolean> {
  const ending = new AbortController();
  let fleet: Fleet | undefined;
  const title = scenario.title[languageOf(process.env)];
  console.log(
    `\n${bold(title)} ${dim(`(${scenario.name}, ${scenario.duration / 1000} s)`)}\n${scenario.story.trim()}\n`,
  );
  const quiet = tellProgress(scenario, () => fleet);
  await closer.defer(() => {
    ending.abort();
    fleet?.stop();
    quiet();
  });
  const report = await runLive({
    scenario,
    broker: await brokerOf(city),
    observe: observeOf(city, () => {}),
    say: (line) => console.log(`  ${line}`),
    signal: ending.signal,
    started: (started) => {
      fleet = started;
    },
  });
  quiet();
  console.log(`\n${reportLines(report).join('\n')}`);
  return report.verdict.ok;
}
