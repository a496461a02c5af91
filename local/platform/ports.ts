/** Free loopback ports, kept from start to start while nobody else has taken them. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import * as z from 'zod';

const port = z.int().min(1).max(65_535);

export const Ports = z.object({
  /** TLS listener of the platform: everybody's. */
  https: port,
  /** Plain listener: the emulator's own key fetches. */
  http: port,
  /** MQTT with client certificates. */
  mqtt: port,
});
export type Ports = z.infer<typeof Ports>;

/** A loopback port that was free just now: `wanted` when it still is. */
async function freePort(wanted = 0): Promise<number> {
  const tried = await new Promise<number | undefined>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
  if (tried !== undefined) return tried;
  if (wanted === 0) throw new Error('no free port on 127.0.0.1. Remedy: end programs that hold many ports');
  return freePort();
}

async function recordedPorts(file: string): Promise<Partial<Ports>> {
  try {
    return Ports.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // No record, or one of another version: any free port will do.
    return {};
  }
}

/** Ports for a platform, recorded in `file` so that addresses stay the same from start to start. */
export async function takePorts(file: string): Promise<Ports> {
  const before = await recordedPorts(file);
  const taken = new Set<number>();
  const take = async (wanted: number | undefined) => {
    let found = await freePort(wanted);
    while (taken.has(found)) found = await freePort();
    taken.add(found);
    return found;
  };
  const ports = {
    https: await take(before.https),
    http: await take(before.http),
    mqtt: await take(before.mqtt),
  };
  await writeFile(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}
