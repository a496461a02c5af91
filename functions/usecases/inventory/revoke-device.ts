import type { DeviceId } from '../../domain/ids.ts';
import { type Device, revoked } from '../../domain/inventory/device.ts';
import type { Caller } from '../ports/access.ts';
import { actorOf, type DeviceDeps, find } from './deps.ts';
import { type Attempt, once } from './once.ts';
import { done, type Result } from './result.ts';
import { changedPut, lookedAtNow, StoredDevice } from './stored-device.ts';

/**
 * Takes a device's right to speak: ingest refuses it from the commit on, the broker from the next connection on.
 *
 * Revoking again repeats both steps, so that a request that failed in between can be finished.
 */
export const revokeDevice =
  (deps: DeviceDeps) =>
  async (caller: Caller, deviceId: DeviceId, reason: string, attempt: Attempt): Promise<Result<Device>> => {
    const result = await once(deps, attempt, StoredDevice, async (keep) => {
      const found = await find(deps, caller, 'change-inventory', { kind: 'device', id: deviceId });
      if (!found.ok) return found;
      const actor = actorOf(deps, caller);
      const next = revoked(found.value, reason, actor);
      if (next === found.value) return done(next);
      const written = await deps.inventory.commit({
        puts: [changedPut(found.value, next)],
        twin: await lookedAtNow(deps, next, actor.at),
        outcome: keep(next),
      });
      return written === 'conflict' ? written : done(next);
    });
    if (result.ok) await deps.registry.revoke(result.value.record.certificateId);
    return result;
  };
