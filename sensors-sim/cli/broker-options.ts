import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { type DeviceIdentity, identityFrom, type LiveBroker } from '../live/credentials.ts';
import { SimError } from '../sim-error.ts';

const BrokerOptions = z.object({
  local: z.string(),
  host: z.string(),
  port: z.coerce.number().int().min(1).max(65_535).optional(),
  ca: z.string().optional(),
  identities: z.string().optional(),
  mqtt: z.enum(['5', '3.1.1']),
  plain: z.boolean().optional(),
});

/** The options with which a person names a platform; without any, the one that `npm start` runs. */
export const withBrokerOptions = (command: Command): Command =>
  command
    .option(
      '--local <folder>',
      'folder of a platform started by npm start: port, CA and device keys',
      '.local',
    )
    .option('--host <name>', "broker; for AWS the account's data endpoint (iot:Data-ATS)", '127.0.0.1')
    .option('--port <number>', 'broker port; default from <folder>/ports.json, for AWS 8883')
    .option(
      '--ca <file>',
      "CA of the broker's certificate; default <folder>/mqtt-ca.pem, for AWS none is needed",
    )
    .option(
      '--identities <folder>',
      'one <deviceId>.json per device with its key, certificate and topic; default <folder>/devices',
    )
    .addOption(new Option('--mqtt <version>', 'protocol version').choices(['5', '3.1.1']).default('5'))
    .option('--plain', 'no TLS, for a broker on this machine only');

const Ports = z.object({ mqtt: z.int() });

/** The broker that the options name. @throws SimError naming what is missing and the remedy */
export function brokerFrom(options: unknown): LiveBroker {
  const given = parsedOptions(options);
  const folder = resolve(given.local);
  const isLocal = given.host === '127.0.0.1' || given.host === 'localhost';
  const port = given.port ?? (isLocal ? localPort(folder) : 8883);
  const caFile = given.ca ?? (isLocal && given.plain !== true ? join(folder, 'mqtt-ca.pem') : undefined);
  const identities = resolve(given.identities ?? join(folder, 'devices'));
  const known = new Map<string, DeviceIdentity>();
  return {
    host: given.host,
    port,
    protocol: given.plain === true ? 'mqtt' : 'mqtts',
    version: given.mqtt,
    ...(caFile === undefined
      ? {}
      : { ca: fileText(caFile, 'start the platform with npm start, or name the CA with --ca') }),
    identityOf(deviceId) {
      const identity = known.get(deviceId) ?? identityFrom(identities, deviceId);
      known.set(deviceId, identity);
      return identity;
    },
  };
}

function parsedOptions(options: unknown): z.infer<typeof BrokerOptions> {
  const parsed = BrokerOptions.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SimError(`--${issue?.path.join('.') ?? 'option'}: ${issue?.message ?? 'cannot be read'}`);
}

function localPort(folder: string): number {
  const text = fileText(
    join(folder, 'ports.json'),
    'start the platform with npm start, or name the broker with --host and --port',
  );
  const parsed = Ports.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.mqtt;
  throw new SimError(
    `${join(folder, 'ports.json')} names no MQTT port: start the platform again with npm start`,
  );
}

function fileText(file: string, remedy: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new SimError(`${file} cannot be read: ${remedy}`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
