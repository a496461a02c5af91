import type { DeviceId } from '../../domain/ids.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { Instant } from '../../domain/time.ts';
import type { CommitOutcome, TwinWrite } from './alerts.ts';

export interface StoredTwin {
  readonly version: number;
  readonly bytes: Uint8Array;
  readonly dueAt: Instant | undefined;
}

export interface DeviceItems {
  readonly twin: StoredTwin | undefined;
  readonly registration: DeviceRegistration | undefined;
}

export interface FleetItems {
  readonly devices: ReadonlyMap<DeviceId, DeviceItems>;
  /** Newest canary before which none is missing; absence is judged against it (semantics 12, 13). */
  readonly watermark: Instant | undefined;
}

/** Most devices in one read: each needs two keys, the watermark one, and DynamoDB's BatchGetItem takes 100. */
export const readDeviceMax = 49;

/** The state of devices: one versioned item each, and a sparse index of what falls due. */
export interface TwinStore {
  /**
   * Twins and registrations of up to `readDeviceMax` devices, and the watermark, in one call.
   *
   * @param how `newest` sees every twin that was written before; `recent` costs half of it and may miss the last
   *   second, which the version in the write that follows finds out. @default newest
   * @throws AdapterError
   * @throws AssertionError when there are more
   */
  read(deviceIds: readonly DeviceId[], how?: 'newest' | 'recent'): Promise<FleetItems>;
  /** Writes if the version still is `expectedVersion`. @throws AdapterError */
  write(write: TwinWrite): Promise<CommitOutcome>;
  /** Candidates whose `dueAt` lies at or before `before`; the index may lag, the item decides. */
  due(before: Instant): Promise<readonly DueItem[]>;
}

/** What the index of deadlines names: a device's twin, a guarded matter, or a fan-out that is not finished. */
export type DueItem =
  | { readonly kind: 'device'; readonly deviceId: DeviceId }
  | { readonly kind: 'matter'; readonly ruleId: string; readonly subjectId: string }
  | { readonly kind: 'fan-out'; readonly id: string };
