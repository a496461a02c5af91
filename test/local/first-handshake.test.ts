import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { makeServerCertificate } from '../../local/platform/certificates.ts';
import { firstHandshake } from '../../local/platform/first-handshake.ts';

let folder: string;
let server: net.Server;
const sockets = new Set<net.Socket>();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-handshake-'));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function listen(one: net.Server): Promise<number> {
  server = one;
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const addressOf = (port: number) => ({
  protocol: 'mqtts' as const,
  host: '127.0.0.1',
  port,
  caFile: path.join(folder, 'ca.pem'),
});

async function tlsServer(): Promise<tls.Server> {
  const { certFile, keyFile } = await makeServerCertificate(folder, path.join(folder, 'ca.pem'));
  return tls.createServer({ cert: await readFile(certFile), key: await readFile(keyFile) });
}

test('a listener that closes on the first comers is tried until it shakes hands', async () => {
  const inner = await tlsServer();
  let comers = 0;
  const port = await listen(
    net.createServer((socket) => {
      comers += 1;
      if (comers < 3) socket.destroy();
      else inner.emit('connection', socket);
    }),
  );
  expect(await firstHandshake(addressOf(port))).toBe(true);
  expect(comers).toBe(3);
});

test('a listener that never shakes hands holds nobody up for longer than the time given', async () => {
  await tlsServer();
  const port = await listen(net.createServer((socket) => socket.destroy()));
  expect(await firstHandshake(addressOf(port), 300)).toBe(false);
});

test('a plain listener needs no handshake', async () => {
  server = net.createServer();
  expect(await firstHandshake({ protocol: 'mqtt', host: '127.0.0.1', port: 1 })).toBe(true);
});
