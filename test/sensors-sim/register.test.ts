import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NewDevice } from '../../functions/domain/inventory/device.ts';
import { NewEnterprise, NewSite } from '../../functions/domain/inventory/enterprise.ts';
import { NewSource } from '../../functions/domain/inventory/source.ts';
import { identityFrom } from '../../sensors-sim/live/credentials.ts';
import { registerDevices } from '../../sensors-sim/live/register.ts';
import { loadDevices, loadSensorCount } from '../../sensors-sim/load/devices.ts';

const shapes = { enterprises: NewEnterprise, sites: NewSite, sources: NewSource, devices: NewDevice };
const folder = mkdtempSync(join(tmpdir(), 'register-'));
const closers: (() => void)[] = [];
afterAll(() => {
  for (const close of closers) close();
  rmSync(folder, { recursive: true });
});

/** An API that checks bodies as the real one does and remembers what it was asked. */
async function fakeApi(answerFor: (path: string) => number = () => 201) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = (request.url ?? '').replace('/v1/', '');
      const [, shape] = Object.entries(shapes).find(([name]) => name === path) ?? [];
      const isGood = shape?.safeParse(JSON.parse(Buffer.concat(chunks).toString())).success === true;
      asked.push(`${path}${isGood && request.headers['idempotency-key'] ? '' : ' BAD'}`);
      const identity = { topic: 'the/topic', certificatePem: 'PEM' };
      response.writeHead(answerFor(path), { 'content-type': 'application/json' });
      response.end(JSON.stringify({ identity }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { asked, access: { api: `http://127.0.0.1:${port}`, token: 't' } };
}

test('devices are registered after all that they stand in, each thing once', async () => {
  const { asked, access } = await fakeApi();
  await registerDevices(loadDevices(2), { access, folder });
  expect(asked).toEqual(['enterprises', 'sites', 'sources', 'devices', 'devices']);
});

test('the key stays here, readable by its owner only, beside certificate and topic', async () => {
  const { access } = await fakeApi();
  await registerDevices(loadDevices(1), { access, folder });
  const identity = identityFrom(folder, 'load-0001');
  expect(identity).toMatchObject({ deviceId: 'load-0001', topic: 'the/topic', certificate: 'PEM' });
  expect(identity.key).toContain('BEGIN PRIVATE KEY');
  expect(statSync(join(folder, 'load-0001.json')).mode & 0o077).toBe(0);
});

test('what is there already stays as it is', async () => {
  const { access } = await fakeApi(() => 409);
  const told: string[] = [];
  const empty = mkdtempSync(join(folder, 'empty-'));
  const registered = (deviceId: string, outcome: string): void => {
    told.push(`${deviceId} ${outcome}`);
  };
  await registerDevices(loadDevices(1), { access, folder: empty, registered });
  expect(told).toEqual(['load-0001 was there']);
  expect(readdirSync(empty)).toEqual([]);
});

test('a refusal names what was asked for', async () => {
  const { access } = await fakeApi((path) => (path === 'sites' ? 403 : 201));
  await expect(registerDevices(loadDevices(1), { access, folder })).rejects.toThrow(
    /\/v1\/sites answers 403/,
  );
});

test('a device without an identity file is told with the remedy', () => {
  expect(() => identityFrom(folder, 'nobody')).toThrow(
    /nobody\.json cannot be read: register the city first/,
  );
});

test('the devices of a load have ids of their own and no rule selects their source', () => {
  const devices = loadDevices(3);
  expect(devices.map(({ device }) => device.deviceId)).toEqual(['load-0001', 'load-0002', 'load-0003']);
  for (const { device, sources } of devices) {
    expect(device.sensors.length).toBe(loadSensorCount);
    expect(sources.map(({ kind }) => kind)).toEqual(['load-test']);
  }
});
