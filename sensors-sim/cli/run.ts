import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { liveFleet } from '../live/runner.ts';
import type { Fleet } from '../run/fleet.ts';
import { brokerFrom, withBrokerOptions } from './broker-options.ts';
import { say } from './say.ts';
import { scenarioOf } from './scenario.ts';

/** The city goes on until somebody stops it; readings end after ten years. */
const withoutEndMs = 10 * 365 * 86_400_000;

/** `run`: the city lives until Ctrl-C. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('let the city live on a platform until Ctrl-C, with an incident now and then')
    .option('--story <name>', 'what happens: a name from `list` or a scenario file', 'city-life')
    .option('--for <seconds>', 'end after so long');
  withBrokerOptions(command).action(async (options: { readonly story: string; readonly for?: string }) => {
    const scenario = scenarioOf(options.story);
    const broker = brokerFrom(options);
    const startAt = Date.now() + 200;
    const forMs = options.for === undefined ? withoutEndMs : Number(options.for) * 1000;
    const fleet = liveFleet({ scenario, broker }, startAt, startAt + forMs);
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    fleet.start();
    say(`${scenario.title.en}: publishing to ${broker.host}:${broker.port}; Ctrl-C ends`);
    const isRunning = (): boolean => !stop.signal.aborted && Date.now() < startAt + forMs;
    while (isRunning()) {
      await sleep(5_000, undefined, { signal: stop.signal }).catch(() => undefined);
      say(progressOf(fleet));
    }
    fleet.stop();
  });
}

function progressOf(fleet: Fleet): string {
  const { counts } = fleet.tally;
  const p99 = fleet.tally.percentile(0.99);
  const latency = p99 === undefined ? '' : `, PUBACK p99 ${Math.round(p99)} ms`;
  return `${counts.online} devices online, ${counts.published} packs published, ${counts.acknowledged} acknowledged, ${fleet.unacknowledged()} waiting${latency}`;
}
