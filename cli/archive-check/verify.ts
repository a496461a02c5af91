/** The archive of some days checked: by itself, and against what the tables remember. */
import type { AlertId, DeviceId } from '../../functions/domain/ids.ts';
import { days } from '../../functions/domain/time.ts';
import { telemetryIn } from '../../functions/domain/twin/twin.ts';
import type { Pace } from '../pace.ts';
import type { History, Snapshot } from '../reconcile/snapshot.ts';
import { type ArchiveProblem, compareDevice, settledAfterMs } from './compare.ts';
import { type ArchivePlace, fetchObject, listArchive } from './fetch.ts';
import { createLedger, type Tally } from './ledger.ts';
import { type ObjectProblem, readObject } from './read.ts';

export interface VerifyWish {
  readonly place: ArchivePlace;
  readonly tables: Pick<Snapshot, 'registrations' | 'twins'> & {
    readonly histories: ReadonlyMap<AlertId, History>;
  };
  /** Days of arrival, both included. */
  readonly from: string;
  readonly until: string;
  readonly now: number;
  /** Where objects are kept. */
  readonly folder: string;
  readonly pace: Pace;
  readonly told: (done: number, all: number) => void;
}

export type DeviceProblem = ArchiveProblem & { readonly deviceId: DeviceId };

export interface Verified {
  readonly tally: Tally;
  readonly objects: readonly ObjectProblem[];
  readonly devices: readonly DeviceProblem[];
  /** Twins that newer code has written: not compared. */
  readonly unread: readonly DeviceId[];
}

/** A gap is what a device did not send, or what never came: no fault of the archive. */
export const isFault = ({ kind }: Pick<DeviceProblem, 'kind'>): boolean => kind !== 'gap';

/** @throws Refused when the bucket cannot be listed */
export async function verifyArchive(wish: VerifyWish): Promise<Verified> {
  const { place, tables, from, until, folder, pace, told, now } = wish;
  const ledger = createLedger(tables.registrations);
  const { objects: listed, failed } = await listArchive(place, from, until);
  const objects: ObjectProblem[] = failed.map(({ key }) => ({
    key,
    line: 0,
    found: 'the stream could not deliver it',
  }));
  for (const [done, object] of listed.entries()) {
    const fetched = await fetchObject(place, object, folder, pace);
    if ('problem' in fetched)
      objects.push({ key: object.key, line: 0, found: `cannot be read: ${fetched.problem}` });
    else objects.push(...(await readObject(object.key, fetched.path, ledger)));
    told(done + 1, listed.length);
  }
  const range = {
    from: Date.parse(from),
    settledUntil: Math.min(now, Date.parse(until) + days(1)) - settledAfterMs,
  };
  const devices: DeviceProblem[] = [];
  const unread: DeviceId[] = [];
  for (const [deviceId, { bytes }] of tables.twins) {
    const telemetry = telemetryIn(bytes);
    if (telemetry === undefined) unread.push(deviceId);
    else
      for (const one of compareDevice(telemetry.memory, ledger.devices.get(deviceId), range))
        devices.push({ ...one, deviceId });
  }
  return { tally: ledger.tally, objects, devices, unread };
}
