import { join, resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import * as z from 'zod';
import { type PlacedDevice, placedDevices } from '../city.ts';
import { registerDevices } from '../live/register.ts';
import { loadDevices, loadDevicesMax } from '../load/devices.ts';
import { beijingDust, replayDevice } from '../replay/device.ts';
import { SimError } from '../sim-error.ts';
import { say } from './say.ts';

const what = ['city', 'load', 'replay'] as const;

const Options = z.object({
  api: z.string(),
  token: z.string(),
  count: z.string(),
  local: z.string(),
  identities: z.string().optional(),
});

/** `register <what>`: devices into the inventory of a platform, their keys into a folder here. */
export function addRegister(program: Command): void {
  program
    .command('register')
    .description('register devices on a platform through its API; each key stays on this machine')
    .addArgument(
      new Argument('<what>', 'the whole city, devices for `load`, or the one for `replay`').choices(what),
    )
    .requiredOption('--api <url>', 'address of the HTTP API')
    .requiredOption('--token <jwt>', 'access token of an engineer')
    .option('--count <devices>', 'how many devices for a load', '20')
    .option('--local <folder>', 'folder of a platform started by npm start', '.local')
    .option('--identities <folder>', 'where keys and certificates go; default <folder>/devices')
    .action(async (kind: string, given: unknown) => {
      const options = Options.parse(given);
      const placed = devicesOf(kind, options.count);
      const folder = resolve(options.identities ?? join(options.local, 'devices'));
      let isNew = 0;
      await registerDevices(placed, {
        access: options,
        folder,
        registered: (_deviceId, outcome) => {
          if (outcome === 'registered') isNew++;
        },
      });
      say(`${isNew} devices registered, ${placed.length - isNew} were there; keys in ${folder}`);
    });
}

function devicesOf(kind: string, count: string): readonly PlacedDevice[] {
  if (kind === 'city') return placedDevices();
  if (kind === 'replay') return [replayDevice(beijingDust)];
  const devices = Number(count);
  if (Number.isInteger(devices) && devices >= 1 && devices <= loadDevicesMax) return loadDevices(devices);
  throw new SimError(`--count must be 1 to ${loadDevicesMax}, not "${count}"`);
}
