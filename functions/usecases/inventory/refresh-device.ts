import type { DeviceId } from '../../domain/ids.ts';
import { withInventory } from '../../domain/inventory/device.ts';
import { contextOf } from '../../domain/inventory/source.ts';
import type { Actor } from '../../domain/inventory/stamp.ts';
import { datedOf } from './dated.ts';
import type { DeviceDeps } from './deps.ts';
import { writeTriesMax } from './once.ts';
import { changedPut, lookedAtNow } from './stored-device.ts';

/** What it takes to bring a device's registration up to date. */
export type RefreshDeps = Pick<DeviceDeps, 'inventory' | 'clock' | 'twins' | 'initialTwin'>;

/**
 * Brings the copies of sources, overrides and modes in a device's registration up to date, and makes the device due at once,
 * so that sweep judges its last values by them. Nothing is written when all is current.
 *
 * @returns `busy` when others won every try: it may still be out of date
 */
export async function refreshDevice(
  deps: RefreshDeps,
  deviceId: DeviceId,
  actor: Actor,
  reason: string,
): Promise<'current' | 'written' | 'busy'> {
  for (let tries = 0; tries < writeTriesMax; tries++) {
    // The device first: whatever is changed after this read writes the device itself, and the version here is lost.
    const device = await deps.inventory.get('device', deviceId);
    if (device === undefined) return 'current';
    const { registration } = device;
    const ids = registration.sources.map(({ sourceId }) => sourceId);
    const [sources, dated] = await Promise.all([
      deps.inventory.getMany('source', ids),
      datedOf(deps.inventory, registration, actor.at),
    ]);
    const contexts = sources.map((source) => ({ context: contextOf(source), from: source.updatedAt }));
    const next = withInventory(device, { contexts, dated }, actor, reason);
    if (next === device) return 'current';
    const written = await deps.inventory.commit({
      puts: [changedPut(device, next)],
      sources: sources.map(({ sourceId, version }) => ({ sourceId, version })),
      twin: await lookedAtNow(deps, next, deps.clock.now()),
    });
    if (written === 'committed') return 'written';
  }
  return 'busy';
}
