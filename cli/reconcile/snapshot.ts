/** Both tables as they were read: all that a repair decides on. */
import type { Alert, Transition } from '../../functions/domain/alerts/alert.ts';
import type { AlertId, DeviceId } from '../../functions/domain/ids.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import type { StoredMatter } from '../../functions/usecases/ports/alerts.ts';
import type { StoredTwin } from '../../functions/usecases/ports/twins.ts';

export interface KeptTransition {
  readonly transition: Transition;
  /** A final decision is logged. */
  readonly isDecided: boolean;
  /** In the index of undecided ones: from when sweep may take it; absent: it is not in there. */
  readonly undecidedAt: number | undefined;
}

/** What one partition of an alert holds; the transitions by number. */
export interface History {
  readonly alert: Alert | undefined;
  readonly transitions: readonly KeptTransition[];
}

/** An alert's place in a list. */
export interface ListEntry {
  readonly list: string;
  readonly sort: string;
  readonly alertId: string;
  /** Everything that it shows, to be compared. */
  readonly shown: string;
}

export interface KeptTwin extends StoredTwin {
  readonly deviceId: DeviceId;
}

export interface Snapshot {
  readonly histories: ReadonlyMap<AlertId, History>;
  readonly entries: readonly ListEntry[];
  readonly guards: readonly StoredMatter[];
  readonly twins: ReadonlyMap<DeviceId, KeptTwin>;
  readonly registrations: ReadonlyMap<DeviceId, DeviceRegistration>;
}
