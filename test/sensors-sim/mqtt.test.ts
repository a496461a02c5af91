import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { createDevice } from '../../sensors-sim/device/device.ts';
import { type MqttEndpoint, mqttTransport } from '../../sensors-sim/device/mqtt-transport.ts';
import { wallTimers } from '../../sensors-sim/device/timers.ts';
import { createRandom } from '../../sensors-sim/random.ts';
import { createTally } from '../../sensors-sim/run/tally.ts';

const endOf = async (server: Server): Promise<void> => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
};

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address() as AddressInfo;
  return address.port;
};

/** A broker behind a proxy that swallows the first PUBACKs and cuts the line instead. */
async function shakyBroker(cuts: number) {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  const brokerPort = await listening(server);
  const sockets = new Set<Socket>();
  let left = cuts;
  const proxy = createServer((device) => {
    const upstream = createConnection(brokerPort, '127.0.0.1');
    for (const socket of [device, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    device.on('close', () => upstream.destroy());
    upstream.on('close', () => device.destroy());
    device.pipe(upstream);
    upstream.on('data', (bytes) => {
      const isPuback = (bytes[0] ?? 0) >> 4 === 4;
      if (isPuback && left-- > 0) device.destroy();
      else device.write(bytes);
    });
  });
  const port = await listening(proxy);
  const heard: string[] = [];
  broker.on('publish', (packet, client) => {
    if (client) heard.push(packet.payload.toString());
  });
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    await Promise.all([endOf(proxy), endOf(server)]);
  };
  return { port, heard, close };
}

/** Runs a device over real MQTT until everything is acknowledged. */
async function runOver(endpoint: MqttEndpoint, forMs: number) {
  const tally = createTally();
  const startAt = Date.now() + 50;
  const device = createDevice({
    deviceId: 'd1',
    topic: '$aws/rules/tocsin_test/tocsin/v1/d1/senml',
    cadence: { readEveryMs: 50, packEveryMs: 100 },
    sampler: (at) => [{ sensorId: 's1', unit: 'mm', at, value: 1 }],
    transport: mqttTransport(endpoint, 'd1'),
    timers: wallTimers,
    random: createRandom('mqtt'),
    watch: tally,
    startAt,
    endAt: startAt + forMs,
  });
  device.start();
  await tallyReaches(() => Date.now() > startAt + forMs + 100 && device.unacknowledged === 0);
  device.stop();
  return { tally, startAt };
}

const tallyReaches = async (holds: () => boolean): Promise<void> => {
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (!holds()) return;
      clearInterval(timer);
      resolve();
    }, 20);
  });
};

const timesIn = (payloads: readonly string[]): number[] =>
  payloads.flatMap((text) => {
    const records = JSON.parse(text) as { readonly bt?: number; readonly t?: number }[];
    return records.map(({ t = 0 }) => Math.round(((records[0]?.bt ?? 0) + t) * 1000));
  });

test('over MQTT 3.1.1 with lost PUBACKs every reading arrives and repeats have the same bytes', async () => {
  const broker = await shakyBroker(3);
  const endpoint = { protocol: 'mqtt', host: '127.0.0.1', port: broker.port, version: '3.1.1' } as const;
  const { tally, startAt } = await runOver(endpoint, 1000);
  await broker.close();
  const expected = Array.from({ length: 20 }, (_, index) => startAt + index * 50);
  expect([...new Set(timesIn(broker.heard))].sort((a, b) => a - b)).toEqual(expected);
  expect(broker.heard.length).toBeGreaterThan(10);
  expect(new Set(broker.heard).size).toBe(10);
  expect(tally.counts.connected).toBe(4);
}, 30_000);
