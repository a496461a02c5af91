import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deviceBody, enterpriseBody, siteBody, sourceBody } from '../city/bodies.ts';
import type { PlacedDevice } from '../city.ts';
import { SimError } from '../sim-error.ts';
import { type ApiAccess, postTo } from './api.ts';
import type { DeviceIdentity } from './credentials.ts';
import { makeKeyAndRequest } from './key-pair.ts';

const Registered = z.object({
  identity: z.object({ topic: z.string(), certificatePem: z.string() }),
});

export interface RegisterParts {
  readonly access: Pick<ApiAccess, 'api' | 'token'>;
  /** Where the identity files go, readable by their owner only. */
  readonly folder: string;
  registered?(deviceId: string, outcome: 'registered' | 'was there'): void;
}

/**
 * Registers devices through the API with all that they stand in, and keeps their keys here; what is there
 * already stays as it is. The token is that of an engineer.
 *
 * @throws SimError naming what the API refused
 */
export async function registerDevices(placed: readonly PlacedDevice[], parts: RegisterParts): Promise<void> {
  const known = new Set<string>();
  const ensure = async (path: string, id: string, body: unknown): Promise<void> => {
    if (known.has(`${path}/${id}`)) return;
    known.add(`${path}/${id}`);
    await postTo(parts.access, path, body);
  };
  mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
  for (const one of placed) {
    const { enterprise, site, sources, device } = one;
    await ensure('enterprises', enterprise.enterpriseId, enterpriseBody(enterprise));
    await ensure('sites', site.siteId, siteBody(enterprise, site));
    for (const source of sources) await ensure('sources', source.sourceId, sourceBody(site, source));
    const outcome = await registerDevice(one, parts);
    parts.registered?.(device.deviceId, outcome);
  }
}

async function registerDevice(one: PlacedDevice, parts: RegisterParts): Promise<'registered' | 'was there'> {
  const { deviceId } = one.device;
  const { key, csr } = await makeKeyAndRequest(deviceId);
  const body = await postTo(parts.access, 'devices', deviceBody(one, csr));
  if (body === undefined) return 'was there';
  const parsed = Registered.safeParse(body);
  if (!parsed.success) throw new SimError(`the API registered ${deviceId} without a certificate`);
  const { topic, certificatePem } = parsed.data.identity;
  const identity: DeviceIdentity = { deviceId, topic, key, certificate: certificatePem };
  const text = `${JSON.stringify(identity, null, 2)}\n`;
  writeFileSync(join(parts.folder, `${deviceId}.json`), text, { mode: 0o600 });
  return 'registered';
}
