import { instant } from '../../../functions/domain/time.ts';
import { archiveLine } from '../../../functions/usecases/archive-messages.ts';

/** Second 0 of every archive that a test writes. */
export const archiveStart = Date.UTC(2026, 2, 1);

/** A message of `device` with one value of its sensor, received `s` seconds after the start, as a line of the archive. */
export function archivedValue(device: string, sensorId: string, s: number, value: number): string {
  const at = archiveStart + s * 1000;
  const pack = [
    { bn: `${device}/`, boot: 'b', seq: s, sent: at / 1000, n: sensorId, t: at / 1000, v: value },
  ];
  return archiveLine({
    id: `${device}-${s}`,
    topic: `tocsin/v1/${device}/senml`,
    clientId: device,
    principal: 'cert',
    receivedAt: instant(at),
    data: Buffer.from(JSON.stringify(pack)).toString('base64'),
  });
}

/** A device with one sensor on one source, as an inventory lists it; registered the day before. */
export const inventoryDevice = (
  deviceId: string,
  enterpriseId: string,
  sensor: Readonly<Record<string, unknown>>,
  source: Readonly<Record<string, unknown>> & { readonly sourceId: string },
) => ({
  deviceId,
  enterpriseId,
  siteId: 'site',
  status: 'active',
  sensors: [{ period: 10_000, sourceId: source.sourceId, tags: [], ...sensor }],
  sources: [{ area: '220104', siteId: 'site', enterpriseId, tags: [], ...source }],
  registeredAt: archiveStart - 86_400_000,
  version: 1,
});
