/** A platform of a suite's own, beside the one that all share: it may be stopped and started again. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Closer, createCloser } from '../../../local/platform/closer.ts';
import { type InstanceFolder, instanceFolder } from '../../../local/platform/paths.ts';
import { adoptEnvironment, deployTo, startLocked } from '../../../local/platform/platform.ts';
import { trustCa } from '../../../local/platform/trust.ts';
import { given } from './platform.ts';

export interface OwnPlatform {
  /** Stops it and starts it again with what it kept; clients made before are of no use any more. */
  readonly restart: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Starts one that keeps its state, and makes it the platform of this suite. */
async function start(folder: InstanceFolder, python: string) {
  const closer: Closer = createCloser((error) => console.error(error));
  const platform = await startLocked(folder, python, closer, () => {}, { keep: true });
  if (platform.endpoint.ca) await trustCa(platform.endpoint.ca);
  adoptEnvironment(platform);
  process.env['TOCSIN_PLATFORM'] = folder.root;
  return { closer, platform };
}

/** Deploys what the shared platform has; from then on `testPlatform` is this one. */
export async function openOwnPlatform(): Promise<OwnPlatform> {
  const folder = instanceFolder(await mkdtemp(path.join(tmpdir(), 'tocsin-own-')));
  const python = given('TOCSIN_EMULATOR_PYTHON');
  // Synthesised once: an assembly that is current is not made again.
  const assembly = 'cdk.out';
  await cp(path.join(given('TOCSIN_PLATFORM'), assembly), path.join(folder.root, assembly), {
    recursive: true,
  });
  let current = await start(folder, python);
  await deployTo(current.platform, () => {});
  return {
    restart: async () => {
      await current.closer.close();
      current = await start(folder, python);
    },
    end: async () => {
      await current.closer.close();
      await rm(folder.root, { recursive: true, force: true });
    },
  };
}
