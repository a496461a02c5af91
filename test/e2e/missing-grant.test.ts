/** The local platform enforces what AWS enforces: a deployment that lacks one grant fails as it would there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { type CdkRun, deployAssembly, runCdk } from '../../local/platform/cdk.ts';
import { readLog } from '../../local/platform/function-logs.ts';
import { instanceFolder } from '../../local/platform/paths.ts';
import { connect, pack, publish } from './support/device.ts';
import { given } from './support/platform.ts';
import { subscribe } from './support/subscription.ts';
import { until } from './support/until.ts';
import { openWorld, type World } from './support/world.ts';

const deployMsMax = 120_000;

let folder: string;
let run: CdkRun;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-grant-'));
  run = { folder: instanceFolder(folder), env: { ...process.env }, tell: () => {} };
  world = await openWorld();
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The whole deployment as it should be: the one that the other suites use. */
const restore = () => deployAssembly(path.join(given('TOCSIN_PLATFORM'), 'cdk.out'), run);

const sendBreach = async () => {
  const device = await world.newDevice();
  const client = await connect(world.platform, device);
  await publish(client, device.topic, pack(device.deviceId, { ch4: 1.9 }));
  await client.endAsync(true);
  return `${device.deviceId}/ch4`;
};

test(
  'ingest without its grant on the twins is refused, and the same breach raises once it has it',
  async () => {
    const since = Date.now();
    const app = 'node test/infra/support/app-without-grant.ts';
    const env = { ...run.env, TOCSIN_WITHOUT_GRANT: 'Ingest dynamodb:UpdateItem' };
    const flags = ['--context', 'stage=local', '--output', path.join(folder, 'cdk.out')];
    const deploy = [
      'deploy',
      '--all',
      '--app',
      app,
      ...flags,
      '--require-approval',
      'never',
      '--method',
      'direct',
    ];
    const regulator = await subscribe(world.platform, { enterpriseId: [world.enterpriseId] });
    try {
      await runCdk(deploy, { ...run, env });
      const refusedSubject = await sendBreach();
      await until('the refusal in the log', async () => {
        const { lines } = await readLog(new CloudWatchLogsClient({}), 'ingest', since);
        return lines.some((line) => /AccessDenied/.test(line)) || undefined;
      });
      expect(regulator.heard.map(({ data }) => data.subject.id)).not.toContain(refusedSubject);
    } finally {
      await restore();
    }
    const subject = await sendBreach();
    const raised = await regulator.next('the alert', ({ data }) => data.subject.id === subject);
    expect(raised.data.severity).toBe('red');
    await regulator.close();
  },
  2 * deployMsMax,
);
