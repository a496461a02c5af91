import { type Device, type NewSensor, withDated, withSensor } from '../../domain/inventory/device.ts';
import { contextOf } from '../../domain/inventory/source.ts';
import type { Caller } from '../ports/access.ts';
import { datedOf } from './dated.ts';
import { actorOf, type DeviceDeps, find } from './deps.ts';
import { type Attempt, once } from './once.ts';
import { done, type Result, refuse } from './result.ts';
import { checkSensors, checkSources } from './sensor-checks.ts';
import { changedPut, lookedAtNow, StoredDevice } from './stored-device.ts';

/** Adds a sensor to a device; sweep looks at the device at once, so that the new sensor gets its silence deadline. */
export const addSensor =
  (deps: DeviceDeps) =>
  (caller: Caller, declared: NewSensor, attempt: Attempt): Promise<Result<Device>> =>
    once(deps, attempt, StoredDevice, async (keep) => {
      const on = { kind: 'device', id: declared.deviceId, field: 'deviceId' } as const;
      const found = await find(deps, caller, 'change-inventory', on);
      if (!found.ok) return found;
      const bad = checkSensors([declared], '');
      if (bad !== undefined) return bad;
      const named = [{ id: declared.sourceId, field: 'sourceId' }];
      const checked = await checkSources(deps, caller, { siteId: found.value.record.siteId, named });
      if (!checked.ok) return checked;
      const [source] = checked.value;
      if (source === undefined) return refuse('not-found', 'sourceId');
      const actor = actorOf(deps, caller);
      const added = withSensor(found.value, declared, contextOf(source), actor);
      if (!added.ok) return refuse(added.problem, 'sensorId');
      const dated = await datedOf(deps.inventory, added.device.registration, actor.at);
      const device = withDated(added.device, dated);
      const written = await deps.inventory.commit({
        puts: [changedPut(found.value, device)],
        sources: [{ sourceId: source.sourceId, version: source.version }],
        twin: await lookedAtNow(deps, device, actor.at),
        outcome: keep(device),
      });
      return written === 'conflict' ? written : done(device);
    });
