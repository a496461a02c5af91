import type { DeviceId, SourceId } from '../../domain/ids.ts';
import { withContext } from '../../domain/inventory/device.ts';
import { changedSource, contextOf, type Source, type SourceChange } from '../../domain/inventory/source.ts';
import type { Actor } from '../../domain/inventory/stamp.ts';
import type { Caller } from '../ports/access.ts';
import { actorOf, find, type InventoryDeps } from './deps.ts';
import { writeTriesMax } from './once.ts';
import { done, type Result, refuse } from './result.ts';

/**
 * Changes a source, grades it again, and brings the copies in its devices' registrations up to date.
 *
 * The copies follow the source in writes of their own. A device that is registered meanwhile either saw the new
 * version (its commit checks it) or is found afterwards; a request that failed in between is simply repeated:
 * the same change again is no conflict, and finishes the copies.
 */
export const changeSource =
  (deps: InventoryDeps) =>
  async (
    caller: Caller,
    sourceId: SourceId,
    declared: SourceChange,
    expected: number,
  ): Promise<Result<Source>> => {
    const found = await find(deps, caller, 'change-inventory', { kind: 'source', id: sourceId });
    if (!found.ok) return found;
    const actor = actorOf(deps, caller);
    const sourced = changedSource(found.value, declared, actor);
    if (!sourced.ok) return refuse(sourced.problem, sourced.field, sourced.remedy);
    const isSame = isSameButStamp(sourced.source, found.value);
    if (!isSame && found.value.version !== expected) return refuse('version-mismatch', 'If-Match');
    if (!isSame) {
      const puts = [{ kind: 'source', thing: sourced.source, expected, before: found.value } as const];
      if ((await deps.inventory.commit({ puts })) === 'conflict')
        return refuse('version-mismatch', 'If-Match');
    }
    for (const deviceId of await deps.inventory.devicesOf(sourceId))
      if (!(await refresh(deps, deviceId, sourceId, actor))) return refuse('busy');
    return done(isSame ? found.value : sourced.source);
  };

/** Equal but for who wrote it and when, whatever the order of the fields. */
function isSameButStamp(a: Source, b: Source): boolean {
  const sorted = ({ version, updatedAt, updatedBy, ...rest }: Source): string =>
    JSON.stringify(Object.entries(rest).toSorted(([one], [two]) => (one < two ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** The newest source counts, not the one of this request: a later change may have come in between. */
async function refresh(
  deps: InventoryDeps,
  deviceId: DeviceId,
  sourceId: SourceId,
  actor: Actor,
): Promise<boolean> {
  for (let tries = 0; tries < writeTriesMax; tries++) {
    const device = await deps.inventory.get('device', deviceId);
    const source = await deps.inventory.get('source', sourceId);
    if (device === undefined || source === undefined) return true;
    const next = withContext(device, contextOf(source), actor);
    if (next === device) return true;
    const put = {
      kind: 'device',
      thing: next,
      expected: device.registration.version,
      before: device,
    } as const;
    const sources = [{ sourceId, version: source.version }];
    if ((await deps.inventory.commit({ puts: [put], sources })) === 'committed') return true;
  }
  return false;
}
