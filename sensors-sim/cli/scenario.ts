import type { Command } from 'commander';
import { apiObserver } from '../live/observe-api.ts';
import { runLive } from '../live/runner.ts';
import { reportLines } from '../run/report.ts';
import { loadScenario, scenarioNames } from '../scenario/load.ts';
import type { Scenario } from '../scenario/schema.ts';
import { SimError } from '../sim-error.ts';
import { loadBook } from '../virtual/book.ts';
import { runVirtual } from '../virtual/runner.ts';
import { brokerFrom, withBrokerOptions } from './broker-options.ts';
import { say } from './say.ts';

/** A scenario that exists and is in order. @throws SimError with every error of the file, one a line */
export function scenarioOf(name: string): Scenario {
  const loaded = loadScenario(name);
  if (loaded.ok) return loaded.scenario;
  throw new SimError(loaded.errors.join('\n'));
}

interface ScenarioOptions {
  readonly virtual?: boolean;
  readonly api?: string;
  readonly token?: string;
  readonly area?: string;
}

/** `scenario <name>`: one scenario to its end, judged by its own expectations. */
export function addScenario(program: Command): void {
  const command = program
    .command('scenario')
    .description('run one scenario to its end and say whether its expectations held (exit code 0 or 1)')
    .argument('<name>', 'a name from `list`, or the path of a scenario file of your own')
    .option('--virtual', 'in this process, over the real use cases with a virtual clock: a day in seconds')
    .option('--api <url>', 'live: address of the HTTP API, to see which alerts came')
    .option('--token <jwt>', "live: access token of somebody who may read the area's alerts")
    .option('--area <code>', 'live: area whose alerts are watched', '22');
  withBrokerOptions(command).action(async (name: string, options: ScenarioOptions) => {
    const scenario = scenarioOf(name);
    const report = options.virtual === true ? await virtually(scenario) : await live(scenario, options);
    for (const line of reportLines(report)) say(line);
    process.exitCode = report.verdict.ok ? 0 : 1;
  });
  command.addHelpText(
    'after',
    `
Examples
  npm run sim -- scenario fan-stop --virtual     methane after the main fan stops, in a second
  npm run sim -- scenario normal-day --virtual   24 hours without one alert
  npm start -- --scenario gas-leak --once        the same on the local platform, alerts from the regulator's queue
Scenarios: ${scenarioNames().join(', ')}`,
  );
}

async function virtually(scenario: Scenario) {
  if (!scenario.runs.includes('virtual')) throw new SimError(`${scenario.name} runs live only`);
  const began = performance.now();
  const report = await runVirtual({ scenario, book: loadBook() });
  for (const error of report.errors) say(`error reported: ${error}`);
  say(`virtual run took ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return report;
}

async function live(scenario: Scenario, { api, token, area = '22', ...options }: ScenarioOptions) {
  if (!scenario.runs.includes('live')) throw new SimError(`${scenario.name} runs only with --virtual`);
  if (api === undefined || token === undefined) {
    throw new SimError(
      'a live scenario needs --api and --token to see its alerts; or use npm start -- --scenario NAME --once, or --virtual',
    );
  }
  const broker = brokerFrom(options);
  return runLive({ scenario, broker, observe: apiObserver({ api, token, area }), say });
}
