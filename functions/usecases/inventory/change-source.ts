import type { SourceId } from '../../domain/ids.ts';
import { changedSource, type Source, type SourceChange } from '../../domain/inventory/source.ts';
import type { Caller } from '../ports/access.ts';
import { actorOf, find, type InventoryDeps } from './deps.ts';
import { type RefreshDeps, refreshDevice } from './refresh-device.ts';
import { done, type Result, refuse } from './result.ts';

/**
 * Changes a source, grades it again, and brings the copies in its devices' registrations up to date; their limits by grade
 * and substance are bound anew, and the last values judged by them at once.
 *
 * The copies follow the source in writes of their own. A device that is registered meanwhile either saw the new
 * version (its commit checks it) or is found afterwards; a request that failed in between is simply repeated:
 * the same change again is no conflict, and finishes the copies.
 */
export const changeSource =
  (deps: InventoryDeps & RefreshDeps) =>
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
    const { source } = sourced;
    const grade = source.grading?.level === undefined ? 'no grade' : `grade ${source.grading.level}`;
    const reason = `source ${sourceId} was changed to version ${isSame ? found.value.version : source.version}, ${grade}`;
    for (const deviceId of await deps.inventory.devicesOf(sourceId))
      if ((await refreshDevice(deps, deviceId, actor, reason)) === 'busy') return refuse('busy');
    return done(isSame ? found.value : sourced.source);
  };

/** Equal but for who wrote it and when, whatever the order of the fields. */
function isSameButStamp(a: Source, b: Source): boolean {
  const sorted = ({ version, updatedAt, updatedBy, ...rest }: Source): string =>
    JSON.stringify(Object.entries(rest).toSorted(([one], [two]) => (one < two ? -1 : 1)));
  return sorted(a) === sorted(b);
}
