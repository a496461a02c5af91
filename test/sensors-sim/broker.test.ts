import type { BrokerMessage } from '../../functions/usecases/ports/archive.ts';
import type { TransportEvents } from '../../sensors-sim/device/transport.ts';
import { createBroker, payloadBytesMax } from '../../sensors-sim/virtual/broker.ts';
import { createLoop } from '../../sensors-sim/virtual/loop.ts';

function world() {
  const loop = createLoop(0);
  const delivered: BrokerMessage[] = [];
  const broker = createBroker(loop, (message) => delivered.push(message));
  const connect = async (deviceId: string, clientId: string) => {
    const said: string[] = [];
    const events: TransportEvents = {
      connected: () => said.push('connected'),
      acknowledged: (token) => said.push(`acknowledged ${token}`),
      refused: (token) => said.push(`refused ${token}`),
      closed: (reason) => said.push(reason),
    };
    const connection = broker.transportOf(deviceId, clientId).open(events);
    await loop.run(loop.now() + 100);
    return { said, connection };
  };
  return { loop, broker, connect, delivered };
}

test('a device connects under its own name and its message arrives as the topic rule writes it', async () => {
  const { loop, broker, connect, delivered } = world();
  const { said, connection } = await connect('d1', 'd1');
  connection.publish(broker.topicOf('d1'), new Uint8Array([0, 255, 1, 2]), 7);
  await loop.run(loop.now() + 100);
  expect(said).toEqual(['connected', 'acknowledged 7']);
  expect(delivered).toMatchObject([
    { topic: 'tocsin/v1/d1/senml', clientId: 'd1', principal: 'cert-d1', data: 'AP8BAg==' },
  ]);
});

test('a foreign client id is refused and leaves the real session alone', async () => {
  const { connect } = world();
  const real = await connect('d2', 'd2');
  const { said } = await connect('d1', 'd2');
  expect(said).toEqual(['not authorized to connect under this client id']);
  expect(real.said).toEqual(['connected']);
});

test('a publish to a foreign topic ends the connection and delivers nothing', async () => {
  const { broker, connect, delivered } = world();
  const { said, connection } = await connect('d1', 'd1');
  connection.publish(broker.topicOf('d2'), new Uint8Array([1]), 1);
  expect(said.at(-1)).toBe('not authorized to publish this');
  expect(delivered).toEqual([]);
});

test.each([
  [payloadBytesMax - 1, true],
  [payloadBytesMax, true],
  [payloadBytesMax + 1, false],
])('a message of %i bytes is taken: %s', async (bytes, isTaken) => {
  const { loop, broker, connect, delivered } = world();
  const { connection } = await connect('d1', 'd1');
  connection.publish(broker.topicOf('d1'), new Uint8Array(bytes), 1);
  await loop.run(loop.now() + 100);
  expect(delivered.length).toBe(isTaken ? 1 : 0);
});

test('a second session of one client id takes over from the first', async () => {
  const { connect } = world();
  const first = await connect('d1', 'd1');
  const second = await connect('d1', 'd1');
  expect(first.said).toEqual(['connected', 'another session took over this client id']);
  expect(second.said).toEqual(['connected']);
});
