/** `npm start -- --endpoint URL`: the same city on a platform in plain mode that somebody else started. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../local/platform/emulator.ts';
import { instanceFolder, repository } from '../../local/platform/paths.ts';
import { type Command, command } from './support/command.ts';
import { given } from './support/platform.ts';

const wholeMsMax = 180_000;

let folder: string;
let plain: Emulator;
let city: Command | undefined;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-plain-'));
  plain = await startEmulator(
    { folder: instanceFolder(folder), python: given('TOCSIN_EMULATOR_PYTHON'), plain: true },
    () => {},
  );
}, 60_000);

afterAll(async () => {
  city?.child.kill('SIGKILL');
  await plain?.stop();
  await rm(folder, { recursive: true, force: true });
});

test(
  'a scenario holds its expectations there, and the platform is left running',
  async () => {
    const scenario = path.join(repository, 'test/e2e/short-leak.yaml');
    const args = ['start', '--endpoint', plain.endpoint.url, '--scenario', scenario, '--once'];
    city = command(args, path.join(folder, 'city'), {
      TOCSIN_MQTT_ENDPOINT: `mqtts://127.0.0.1:${plain.ports.mqtt}`,
    });
    const code = await city.exited;
    expect(city.output()).toContain('ok: all 1 expected changes came');
    expect(code).toBe(0);
    expect((await fetch(`${plain.endpoint.url}/_ministack/health`)).ok).toBe(true);
  },
  wholeMsMax,
);
