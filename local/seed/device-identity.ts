/** Where the keys and certificates of devices are kept on this machine. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeviceIdentity } from '../../sensors-sim/live/credentials.ts';

const fileOf = (folder: string, deviceId: string) => path.join(folder, `${deviceId}.json`);

export async function saveIdentity(folder: string, identity: DeviceIdentity): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(fileOf(folder, identity.deviceId), `${JSON.stringify(identity, null, 2)}\n`, {
    mode: 0o600,
  });
}

export async function readIdentity(folder: string, deviceId: string): Promise<DeviceIdentity | undefined> {
  try {
    return DeviceIdentity.parse(JSON.parse(await readFile(fileOf(folder, deviceId), 'utf8')));
  } catch {
    // Not there, or cut short: the device counts as one without a key.
    return undefined;
  }
}
