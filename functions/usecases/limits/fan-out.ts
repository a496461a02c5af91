import { DeviceId } from '../../domain/ids.ts';
import type { OverrideScope } from '../../domain/telemetry/overrides.ts';
import { scopeText } from '../../domain/telemetry/overrides.ts';
import { type Instant, instant, seconds } from '../../domain/time.ts';
import { type RefreshDeps, refreshDevice } from '../inventory/refresh-device.ts';
import type { FanOut, FanOutStore, FanOutWrite, StoredFanOut } from '../ports/fan-out.ts';

/** Devices looked at between two notes of how far it came, and at a time. */
export const pageMax = 100;
export const parallelMax = 10;
/** How long one call goes on with it before it leaves the rest to the next tick. */
export const budgetFor = seconds(8);
/** Nobody else takes it up before that: whoever committed the change begins with it. */
export const leaseFor = seconds(15);
/**
 * How long after the change the second pass comes: longer than any request may take, so that a device that was being
 * registered, and had looked before the change, is there by then.
 */
export const settleFor = seconds(60);

export interface FanOutDeps extends RefreshDeps {
  readonly fanOuts: FanOutStore;
}

/** The fan-out to be committed with a change in `scope`; one under way there begins anew. */
export async function fanOutOf(
  deps: FanOutDeps,
  scope: OverrideScope,
  change: { readonly by: string; readonly at: Instant; readonly reason: string },
): Promise<FanOutWrite> {
  const id = scopeText(scope);
  const before = await deps.fanOuts.get(id);
  return {
    fanOut: { id, scope, pass: 1, ...change },
    expectedVersion: before?.version ?? 0,
    dueAt: instant(change.at + leaseFor),
  };
}

/**
 * Brings the registrations of all devices in a scope up to date, from where it was left.
 *
 * Paged and idempotent: it notes how far it came, whoever finds it due goes on, and a device that is current costs no
 * write. A crash between two notes repeats a page.
 *
 * @returns `left` when there is more to do later; the index of deadlines has it. @throws AdapterError
 */
export async function continueFanOut(deps: FanOutDeps, id: string): Promise<'done' | 'left'> {
  const startedAt = deps.clock.now();
  for (let stored = await deps.fanOuts.get(id); stored?.dueAt !== undefined; ) {
    const { fanOut } = stored;
    const { devices, next } = await pageOf(deps, fanOut);
    const reached = await refreshAll(deps, fanOut, devices);
    const isWhole = reached === devices.length;
    const now = deps.clock.now();
    const after = isWhole ? next : (devices[reached - 1] ?? fanOut.after);
    const isPassed = isWhole && next === undefined;
    const write: FanOutWrite = {
      fanOut: isPassed ? { ...fanOut, pass: 2, after: undefined } : { ...fanOut, after },
      expectedVersion: stored.version,
      dueAt: isPassed ? afterPass(fanOut) : now,
    };
    // Somebody changed something more, or goes on with it: it is theirs.
    if ((await deps.fanOuts.write(write)) === 'conflict') return 'left';
    if (isPassed) return write.dueAt === undefined ? 'done' : 'left';
    if (!isWhole || now - startedAt >= budgetFor) return 'left';
    stored = nextStored(stored, write);
  }
  return 'done';
}

const afterPass = ({ pass, at }: FanOut): Instant | undefined =>
  pass === 1 ? instant(at + settleFor) : undefined;

const nextStored = ({ version }: StoredFanOut, { fanOut, dueAt }: FanOutWrite): StoredFanOut => ({
  fanOut,
  dueAt,
  version: version + 1,
});

interface DevicePage {
  readonly devices: readonly DeviceId[];
  readonly next: string | undefined;
}

async function pageOf({ inventory }: FanOutDeps, { scope, after }: FanOut): Promise<DevicePage> {
  if (scope.kind === 'sensor') return { devices: [scope.deviceId], next: undefined };
  if (scope.kind === 'source') {
    const all = (await inventory.devicesOf(scope.sourceId)).toSorted();
    const devices = all.filter((id) => after === undefined || id > after).slice(0, pageMax);
    const last = devices.at(-1);
    return { devices, next: last === all.at(-1) ? undefined : last };
  }
  const { items, next } = await inventory.list('device', scope, pageMax, after);
  return { devices: items.map(({ record }) => DeviceId.parse(record.deviceId)), next };
}

/** @returns how many, from the first on, are current now; fewer than all when others kept winning one. */
async function refreshAll(
  deps: FanOutDeps,
  { by, at, reason }: FanOut,
  devices: readonly DeviceId[],
): Promise<number> {
  for (let from = 0; from < devices.length; from += parallelMax) {
    const some = devices.slice(from, from + parallelMax);
    // What was in force up to now counts, not up to the change: a later one may be under way too.
    const actor = { by, at: instant(Math.max(at, deps.clock.now())) };
    const outcomes = await Promise.all(some.map((id) => refreshDevice(deps, id, actor, reason)));
    const busy = outcomes.indexOf('busy');
    if (busy >= 0) return from + busy;
  }
  return devices.length;
}
