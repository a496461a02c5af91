import { isStanding } from '../domain/alerts/standing.ts';
import type { DeviceId } from '../domain/ids.ts';
import { dueAt } from '../domain/rules/engine.ts';
import { freshFor } from '../domain/watermark.ts';
import { advanceDevice } from './advance-device.ts';
import type { AdvanceCorrelation } from './correlate/advance-correlation.ts';
import { type DeviceDeps, emptyPlan, openSession, writeSession } from './device-session.ts';
import type { Observer } from './ports/observer.ts';
import type { DueItem, FleetItems } from './ports/twins.ts';
import type { WatermarkStore } from './ports/watermark.ts';
import { endQuietMatter } from './standing-matter.ts';

/** Passes over one device when ingest writes it too (design 2.3). */
export const sweepPassMax = 4;

type DueMatter = Extract<DueItem, { readonly kind: 'matter' }>;

/** Devices read in one call. */
export const sweepReadMax = 25;

export interface SweepDevicesDeps extends DeviceDeps {
  readonly observer: Observer;
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
  for (const { ruleId, subjectId } of matters)
    if (isStanding(ruleId)) await alone(() => endQuietMatter(deps, ruleId, subjectId));
  await alone(() => sweepCorrelations(deps, matters, alone));
  const devices = due.flatMap((item) => (item.kind === 'device' ? [item.deviceId] : []));
  for (let from = 0; from < devices.length; from += sweepReadMax) {
    const some = devices.slice(from, from + sweepReadMax);
    await alone(async () => {
      const fleet = await deps.twins.read(some);
      await Promise.all(some.map((deviceId) => alone(() => sweepDevice(deps, fleet, deviceId))));
    });
  }
  // Last, so that no deadline waits for it; the devices that it makes due are of the next tick.
  for (const item of due) if (item.kind === 'fan-out') await alone(() => deps.fanOut(item.id));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} due items could not be swept`);
};

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

async function sweepDevice(deps: SweepDevicesDeps, fleet: FleetItems, deviceId: DeviceId): Promise<void> {
  let current = fleet;
  for (let passes = 0; passes < sweepPassMax; passes += 1) {
    const outcome = await passOnce(deps, current, deviceId);
    if (outcome === 'done') return;
    current = await deps.twins.read([deviceId]);
  }
  deps.observer.warn('others wrote this device each time; the next tick looks again', { deviceId });
}

async function passOnce(
  deps: SweepDevicesDeps,
  { devices, watermark }: FleetItems,
  deviceId: DeviceId,
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
  const outcome = await advanceDevice(deps, session, now, watermark);
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
