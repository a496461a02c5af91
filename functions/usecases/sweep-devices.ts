import { isRoot, isStanding } from '../domain/alerts/standing.ts';
import type { AlertId, DeviceId } from '../domain/ids.ts';
import { dueAt } from '../domain/rules/engine.ts';
import { freshFor } from '../domain/watermark.ts';
import { advanceDevice } from './advance-device.ts';
import type { AdvanceCorrelation } from './correlate/advance-correlation.ts';
import { emptyPlan, openSession, writeSession } from './device-session.ts';
import { inChunks } from './in-chunks.ts';
import type { DueItem, FleetItems } from './ports/twins.ts';
import type { WatermarkStore } from './ports/watermark.ts';
import { causesOfSilence, findSilent, type SilenceDeps, type SilentDevice } from './silence/device-root.ts';
import { type DevicesBehind, gatewaysOf } from './silence/gateway-root.ts';
import { type CountDevices, linksOf } from './silence/link-root.ts';
import { lookAtSilent } from './silence/look-at-silent.ts';
import { endQuietMatter } from './standing-matter.ts';

/** Passes over one device when ingest writes it too (design 2.3). */
export const sweepPassMax = 4;

type DueMatter = Extract<DueItem, { readonly kind: 'matter' }>;

/** Devices read in one call. */
export const sweepReadMax = 25;

export interface SweepDevicesDeps extends SilenceDeps {
  /** Absent: mass silence is not sought. */
  readonly countDevices?: CountDevices;
  /** Absent: silent gateways are not sought. */
  readonly devicesBehind?: DevicesBehind;
  /** Goes on with a change of limits that has not reached every device yet. */
  readonly fanOut: (id: string) => Promise<unknown>;
  /** Absent: there are none. */
  readonly correlations?: {
    readonly watermark: Pick<WatermarkStore, 'read'>;
    readonly advance: AdvanceCorrelation;
  };
}

/**
 * Does for every device and every matter that is due what time alone must cause: silence, elapsed deadlines,
 * the end of a quiet time, what a correlation waited for. The index only names candidates; the item decides.
 *
 * Idempotent. @throws AggregateError of the devices that could not be written; the others are done
 */
export const sweepDevices = (deps: SweepDevicesDeps) => async (): Promise<void> => {
  const due = await deps.twins.due(deps.clock.now());
  const errors: unknown[] = [];
  const alone = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      errors.push(error);
    }
  };
  const matters = due.filter((item) => item.kind === 'matter');
  const standing = matters.flatMap(({ ruleId, subjectId }) =>
    isStanding(ruleId) ? [{ ruleId, subjectId }] : [],
  );
  await inChunks(standing, sweepReadMax, ({ ruleId, subjectId }) =>
    alone(() =>
      isRoot(ruleId) ? lookAtSilent(deps, ruleId, subjectId) : endQuietMatter(deps, ruleId, subjectId),
    ),
  );
  await alone(() => sweepCorrelations(deps, matters, alone));
  const devices = due.flatMap((item) => (item.kind === 'device' ? [item.deviceId] : []));
  // All are read before any is written: a silence of many must be known before the first of them is told.
  const fleets: FleetItems[] = [];
  for (let from = 0; from < devices.length; from += sweepReadMax) {
    const some = devices.slice(from, from + sweepReadMax);
    await alone(async () => fleets.push(await deps.twins.read(some)));
  }
  const causes = await causesIn(deps, fleets);
  for (const fleet of fleets)
    await Promise.all(
      [...fleet.devices.keys()].map((deviceId) =>
        alone(() => sweepDevice(deps, fleet, deviceId, causes.get(deviceId))),
      ),
    );
  // Last, so that no deadline waits for it; the devices that it makes due are of the next tick.
  for (const item of due) if (item.kind === 'fan-out') await alone(() => deps.fanOut(item.id));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} due items could not be swept`);
};

/** What devices are about to fall silent of: their gateway, or a mass silence. Nothing is asked when none does. */
async function causesIn(
  deps: SweepDevicesDeps,
  fleets: readonly FleetItems[],
): Promise<ReadonlyMap<DeviceId, AlertId>> {
  const { devicesBehind } = deps;
  const now = deps.clock.now();
  const silent = new Map<DeviceId, SilentDevice>();
  try {
    for (const { devices, watermark } of fleets)
      for (const [deviceId, items] of devices) {
        const found = findSilent(deps, items, now, watermark);
        if (found !== undefined) silent.set(deviceId, found);
      }
  } catch (error) {
    deps.observer.error('causes of silence cannot be sought: devices notify', error, {});
    return new Map();
  }
  const links = await linksIn(deps, silent);
  return devicesBehind === undefined
    ? links
    : gatewaysOf({ ...deps, devicesBehind }, { silent, fleets, links });
}

/** The mass silences that devices are about to be part of. Fails open: without them each device speaks for itself. */
async function linksIn(
  deps: SweepDevicesDeps,
  silent: ReadonlyMap<DeviceId, SilentDevice>,
): Promise<ReadonlyMap<DeviceId, AlertId>> {
  const { countDevices } = deps;
  if (countDevices === undefined) return new Map();
  try {
    return await linksOf({ ...deps, countDevices }, silent);
  } catch (error) {
    deps.observer.error('mass silence cannot be sought: devices notify', error, {});
    return new Map();
  }
}

/** The watermark is read once, and only when something waits for it. */
async function sweepCorrelations(
  { correlations }: SweepDevicesDeps,
  matters: readonly DueMatter[],
  alone: (work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const due = matters.filter(({ ruleId }) => !isStanding(ruleId));
  if (correlations === undefined || due.length === 0) return;
  const until = (await correlations.watermark.read())?.until;
  for (const { ruleId, subjectId } of due) await alone(() => correlations.advance(ruleId, subjectId, until));
}

async function sweepDevice(
  deps: SweepDevicesDeps,
  fleet: FleetItems,
  deviceId: DeviceId,
  link: AlertId | undefined,
): Promise<void> {
  let current = fleet;
  for (let passes = 0; passes < sweepPassMax; passes += 1) {
    const outcome = await passOnce(deps, current, deviceId, link);
    if (outcome === 'done') return;
    current = await deps.twins.read([deviceId]);
  }
  deps.observer.warn('others wrote it each time; the next tick looks again', { deviceId });
}

async function passOnce(
  deps: SweepDevicesDeps,
  { devices, watermark }: FleetItems,
  deviceId: DeviceId,
  link: AlertId | undefined,
): Promise<'done' | 'lost'> {
  const items = devices.get(deviceId);
  const now = deps.clock.now();
  if (items?.registration === undefined || items.twin?.dueAt === undefined || items.twin.dueAt > now)
    return 'done';
  const opened = openSession(deps, items.registration, items.twin);
  if (!opened.ok) {
    deps.observer.warn('a twin was written by newer code', { deviceId });
    return 'done';
  }
  const { session } = opened;
  const outcome = await advanceDevice(
    deps,
    session,
    now,
    watermark,
    causesOfSilence(deps, session, now, watermark, link),
  );
  if (outcome === 'lost') return 'lost';
  if (outcome === 'written' && !session.isDirty && (session.storedDueAt ?? Infinity) > now) return 'done';
  // A watermark that is merely behind is asked again at the next tick; an old one later, so that our own delay is no
  // flood of reads. When nothing fell due after all, only the deadline moves on.
  const isOld = watermark === undefined || now - watermark > freshFor;
  if (!isOld && !session.isDirty && dueAt(session.rules, session.twin.rules) === session.storedDueAt)
    return 'done';
  const due = isOld ? 'waiting' : 'exact';
  return (await writeSession(deps, session, session.twin, emptyPlan, due)) === 'conflict' ? 'lost' : 'done';
}
