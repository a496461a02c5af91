import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { takePorts } from '../../local/platform/ports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-ports-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('three different ports are taken and recorded', async () => {
  const file = path.join(folder, 'ports.json');
  const ports = await takePorts(file);
  expect(new Set(Object.values(ports)).size).toBe(3);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(ports);
});

test('recorded ports are kept while they are free, so that addresses stay the same', async () => {
  const file = path.join(folder, 'ports.json');
  const ports = await takePorts(file);
  expect(await takePorts(file)).toEqual(ports);
});

test('a recorded port that somebody else holds now is replaced', async () => {
  const file = path.join(folder, 'ports.json');
  const ports = await takePorts(file);
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(ports.https, '127.0.0.1', resolve));
  const next = await takePorts(file);
  expect(next.https).not.toBe(ports.https);
  expect(next.mqtt).toBe(ports.mqtt);
  await new Promise((resolve) => squatter.close(resolve));
});

test('a damaged record is no obstacle', async () => {
  const file = path.join(folder, 'ports.json');
  await writeFile(file, '{"https": "x"');
  expect(Object.keys(await takePorts(file))).toEqual(['https', 'http', 'mqtt']);
});
