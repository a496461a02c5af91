import type { Command } from 'commander';
import { loadDevices, loadDevicesMax } from '../load/devices.ts';
import { liveTransport, loadProblem, runLoad } from '../load/load.ts';
import { SimError } from '../sim-error.ts';
import { brokerFrom, withBrokerOptions } from './broker-options.ts';
import { say } from './say.ts';
import { scenarioOf } from './scenario.ts';

/** `load`: a steady rate of readings. */
export function addLoad(program: Command): void {
  const command = program
    .command('load')
    .description('publish a steady rate of readings and sum up what the broker acknowledged')
    .option('--rate <readings>', 'readings a second over all devices', '200')
    .option('--devices <count>', 'devices that send, from load-0001 on', '20')
    .option('--pack <readings>', 'readings in one pack', '25')
    .option('--for <seconds>', 'how long', '30');
  withBrokerOptions(command).action(async (options: Readonly<Record<string, string>>) => {
    const count = (name: string): number => positive(name, options[name]);
    const deviceCount = Math.round(count('devices'));
    if (deviceCount > loadDevicesMax) throw new SimError(`--devices must be at most ${loadDevicesMax}`);
    const placed = loadDevices(deviceCount);
    const problem = loadProblem(count('rate'), placed.length, count('pack'));
    if (problem !== undefined) throw new SimError(problem);
    const broker = brokerFrom(options);
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const report = await runLoad({
      devices: placed,
      readingsPerSecond: count('rate'),
      packOf: count('pack'),
      durationMs: count('for') * 1000,
      transportOf: (deviceId) => liveTransport(broker, deviceId),
      topicOf: (deviceId) => broker.identityOf(deviceId).topic,
      scenario: scenarioOf('normal-day'),
      signal: stop.signal,
      progress: (tally, elapsedMs) =>
        say(
          `${Math.round(elapsedMs / 1000)} s: ${tally.counts.published} packs published, ${tally.counts.acknowledged} acknowledged`,
        ),
    });
    const rate = Math.round(report.readings / (report.elapsedMs / 1000));
    say(
      `${report.readings} readings in ${(report.elapsedMs / 1000).toFixed(1)} s (${rate}/s) from ${placed.length} devices`,
    );
    say(
      `packs: ${report.published} published, ${report.acknowledged} acknowledged, ${report.unacknowledged} not acknowledged`,
    );
    say(`PUBACK: p50 ${report.p50Ms ?? '-'} ms, p99 ${report.p99Ms ?? '-'} ms`);
    process.exitCode = report.unacknowledged === 0 ? 0 : 1;
  });
  command.addHelpText(
    'after',
    `
The devices must be registered first, once a platform:
  npm run sim -- register load --count 20 --api URL --token JWT     (an engineer's token)
No rule watches them, so a load raises no alert, also not when it ends.`,
  );
}

function positive(name: string, text: string | undefined): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new SimError(`--${name} must be a positive number, not "${text}"`);
}
