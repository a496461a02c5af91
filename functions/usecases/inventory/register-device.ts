import * as z from 'zod';
import type { EnterpriseId, SiteId, SourceId } from '../../domain/ids.ts';
import { checkCsr } from '../../domain/inventory/csr.ts';
import {
  type Device,
  DeviceRecord,
  type NewDevice,
  newDevice,
  registrationOf,
  sourcesNamedBy,
} from '../../domain/inventory/device.ts';
import { contextOf, type Source } from '../../domain/inventory/source.ts';
import { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { Caller } from '../ports/access.ts';
import type { Certificate } from '../ports/identity.ts';
import type { InventoryWrite, Outcome } from '../ports/inventory.ts';
import { datedOf } from './dated.ts';
import { actorOf, type DeviceDeps, find } from './deps.ts';
import { type Attempt, once } from './once.ts';
import { done, type Refusal, type Result, refuse } from './result.ts';
import { checkSensors, checkSources } from './sensor-checks.ts';

export const RegisteredDevice = z.strictObject({
  record: DeviceRecord,
  registration: DeviceRegistration,
  certificatePem: z.string(),
});
export type RegisteredDevice = z.infer<typeof RegisteredDevice>;

interface Checked {
  readonly ok: true;
  readonly csrPem: string;
  readonly enterpriseId: EnterpriseId;
  readonly sources: readonly Source[];
}

/**
 * Registers a device: certificate, registration, and twin with its silence deadline.
 *
 * The certificate is made inactive, and activated once registration and twin are committed together: what fails
 * half way can connect nowhere. A repeat with the same key finishes what is missing.
 */
export const registerDevice =
  (deps: DeviceDeps) =>
  async (caller: Caller, declared: NewDevice, attempt: Attempt): Promise<Result<RegisteredDevice>> => {
    const result = await once(deps, attempt, RegisteredDevice, async (keep) => {
      const checked = await check(deps, caller, declared);
      if (!checked.ok) return checked;
      const certificate = await deps.registry.create(declared.deviceId, checked.csrPem);
      const { certificateId, certificatePem } = certificate;
      const actor = actorOf(deps, caller);
      const { enterpriseId } = checked;
      const sources = checked.sources.map(contextOf);
      const sensors = declared.sensors.map(registrationOf);
      const touched = { deviceId: declared.deviceId, enterpriseId, sensors, sources };
      const dated = await datedOf(deps.inventory, touched, actor.at);
      const device = newDevice(declared, { enterpriseId, sources, certificateId, dated }, actor);
      const value = { ...device, certificatePem };
      const written = await commit(
        deps,
        writeOf(deps, device, checked.sources, keep(value)),
        device,
        certificate,
      );
      return written === 'conflict' ? written : done(value);
    });
    if (result.ok) await openDoor(deps, result.value.record);
    return result;
  };

async function check(deps: DeviceDeps, caller: Caller, declared: NewDevice): Promise<Checked | Refusal> {
  const csr = checkCsr(declared.csr);
  if (!csr.ok) return refuse(csr.problem, 'csr', csr.remedy);
  const place = { kind: 'site', id: declared.siteId, field: 'siteId' } as const;
  const site = await find(deps, caller, 'change-inventory', place);
  if (!site.ok) return site;
  const bad = checkSensors(declared.sensors, 'sensors');
  if (bad !== undefined) return bad;
  const sources = await checkSources(deps, caller, sourcesOf(declared, site.value.siteId));
  if (!sources.ok) return sources;
  const taken = await deps.inventory.get('device', declared.deviceId);
  if (taken !== undefined) return refuse('exists', 'deviceId');
  const { enterpriseId } = site.value;
  return { ok: true, csrPem: csr.pem, enterpriseId, sources: sources.value };
}

/** Each source with the field that names it, for a refusal that a person can act on. */
function sourcesOf(declared: NewDevice, siteId: SiteId) {
  const fieldOf = (id: SourceId): string => {
    const at = declared.sensors.findIndex((one) => one.sourceId === id);
    return at < 0 ? `sourceIds.${declared.sourceIds.indexOf(id)}` : `sensors.${at}.sourceId`;
  };
  return { siteId, named: sourcesNamedBy(declared).map((id) => ({ id, field: fieldOf(id) })) };
}

function writeOf(
  deps: DeviceDeps,
  device: Device,
  sources: readonly Source[],
  outcome: Outcome,
): InventoryWrite {
  const { deviceId, registeredAt } = device.registration;
  return {
    puts: [{ kind: 'device', thing: device, expected: 0 }],
    sources: sources.map(({ sourceId, version }) => ({ sourceId, version })),
    twin: { deviceId, expectedVersion: 0, ...deps.initialTwin(device.registration, registeredAt) },
    outcome,
  };
}

/** Commits, or undoes the certificate. When the answer was lost, what is stored tells whether it was committed. */
async function commit(deps: DeviceDeps, write: InventoryWrite, device: Device, certificate: Certificate) {
  const { deviceId, certificateId } = device.record;
  try {
    const written = await deps.inventory.commit(write);
    if (written === 'conflict') await deps.registry.discard(deviceId, certificate);
    return written;
  } catch (error) {
    const stored = await deps.inventory.get('device', deviceId);
    if (stored?.record.certificateId === certificateId) return 'committed';
    await deps.registry.discard(deviceId, certificate);
    throw error;
  }
}

/** Lets the device connect, unless it was revoked meanwhile; looked at before and after, so that revoking wins. */
async function openDoor(deps: DeviceDeps, { deviceId, certificateId }: DeviceRecord): Promise<void> {
  const isActive = async () => {
    const device = await deps.inventory.get('device', deviceId);
    return device?.registration.status === 'active' && device.record.certificateId === certificateId;
  };
  if (!(await isActive())) return;
  await deps.registry.activate(certificateId);
  if (!(await isActive())) await deps.registry.revoke(certificateId);
}
