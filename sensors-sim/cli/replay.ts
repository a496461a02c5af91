import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import * as z from 'zod';
import { liveTransport } from '../load/load.ts';
import { beijingDust, instrumentOf, type ReplayPlace, replayDevice } from '../replay/device.ts';
import { replayLive } from '../replay/live.ts';
import { defaultSentinels, type RecordedRow, readSeries } from '../replay/series.ts';
import { replayVirtually } from '../replay/virtual.ts';
import { SimError } from '../sim-error.ts';
import { loadBook } from '../virtual/book.ts';
import { brokerFrom, withBrokerOptions } from './broker-options.ts';
import { say } from './say.ts';

const Options = z.object({
  timeColumns: z.string(),
  value: z.string(),
  zone: z.string(),
  sentinels: z.string().optional(),
  device: z.string(),
  sensor: z.string(),
  quantity: z.string(),
  api: z.string().optional(),
  token: z.string().optional(),
  area: z.string(),
  virtual: z.boolean().optional(),
});
type Options = z.infer<typeof Options>;

/** `replay <csv>`: a recorded series as a device's backlog. */
export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .description(
      'send a CSV of real measurements as the backlog of a device, moved by whole hours so that it ends now',
    )
    .argument('<csv>', 'file with a header, a time and a value')
    .requiredOption('--time-columns <names>', 'one column with date and time, or year,month,day,hour …')
    .requiredOption('--value <name>', 'column of the value')
    .option('--zone <offset>', 'offset of times that have none', '+00:00')
    .option('--sentinels <texts>', `cells that mean "no value"; default ${defaultSentinels.join(',')}`)
    .option('--device <id>', 'device that sends', beijingDust.deviceId)
    .option('--sensor <id>', 'its sensor', beijingDust.sensorId)
    .option('--quantity <name>', 'what it measures', beijingDust.quantity)
    .option('--api <url>', 'live: address of the HTTP API, to see when a pack is committed')
    .option('--token <jwt>', "live: access token of somebody who may read the area's alerts")
    .option('--area <code>', 'live: area whose alerts are watched', '22')
    .option('--virtual', 'into a platform in this process; prints the alerts');
  withBrokerOptions(command).action(async (file: string, given: unknown) => {
    const options = Options.parse(given);
    const rows = readSeries(fileText(file), {
      timeColumns: options.timeColumns.split(','),
      valueColumn: options.value,
      zone: options.zone,
      ...(options.sentinels === undefined ? {} : { sentinels: options.sentinels.split(',') }),
    });
    const gaps = rows.filter(({ value }) => value === undefined).length;
    say(`${rows.length} records, ${gaps} without a value (sent as quality "fault")`);
    if (options.virtual === true) await virtually(rows, options);
    else await live(rows, options, given);
  });
  command.addHelpText(
    'after',
    `
Example
  npm run sim -- replay sensors-sim/data/beijing-pm25-30-days.csv --time-columns year,month,day,hour --value pm2.5 --zone +08:00 --virtual`,
  );
}

async function virtually(rows: readonly RecordedRow[], options: Options): Promise<void> {
  const place: ReplayPlace = {
    ...beijingDust,
    deviceId: options.device,
    sensorId: options.sensor,
    quantity: options.quantity,
  };
  const report = await replayVirtually(rows, replayDevice(place), loadBook(), Date.now());
  const recorded = (at: number): string => new Date(at - report.shift).toISOString().slice(0, 16);
  for (const { phenomenonAt, change, severity, ruleId, value } of report.changes) {
    say(
      `  recorded ${recorded(phenomenonAt)} UTC  ${change.padEnd(13)} ${severity.padEnd(7)} ${ruleId}${value === undefined ? '' : ` at ${value}`}`,
    );
  }
  say(`${report.changes.length} changes from ${rows.length} records in ${report.packs} packs`);
}

async function live(rows: readonly RecordedRow[], options: Options, given: unknown): Promise<void> {
  const { api, token, area } = options;
  if (api === undefined || token === undefined) {
    throw new SimError('a live replay needs --api and --token to see what is committed; or use --virtual');
  }
  const broker = brokerFrom(given);
  await replayLive({
    rows,
    deviceId: options.device,
    topic: broker.identityOf(options.device).topic,
    sensor: { sensorId: options.sensor, unit: instrumentOf(options.quantity).unit },
    transport: liveTransport(broker, options.device),
    access: { api, token, area },
    passed: (index, packs) => say(`pack ${index + 1} of ${packs} is committed`),
  });
}

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new SimError(`${file} cannot be read`);
  }
}
