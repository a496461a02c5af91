import type { Alert, Transition } from '../../domain/alerts/alert.ts';
import type { AlertId, DeviceId } from '../../domain/ids.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { MatterWrite, StoredMatter } from '../../usecases/ports/alerts.ts';
import type { StoredFanOut } from '../../usecases/ports/fan-out.ts';
import type { StoredTwin } from '../../usecases/ports/twins.ts';

/** What the two tables hold, in memory; one for all stores that must see each other's writes. */
export interface MemoryState {
  readonly twins: Map<DeviceId, StoredTwin>;
  readonly registrations: Map<DeviceId, DeviceRegistration>;
  readonly matters: Map<string, StoredMatter>;
  readonly alerts: Map<AlertId, Alert>;
  readonly transitions: Map<AlertId, Transition[]>;
  readonly fanOuts: Map<string, StoredFanOut>;
}

export const memoryState = (): MemoryState => ({
  twins: new Map(),
  registrations: new Map(),
  matters: new Map(),
  alerts: new Map(),
  transitions: new Map(),
  fanOuts: new Map(),
});

export const matterId = (ruleId: string, subjectId: string): string => `${ruleId}#${subjectId}`;

export const storedMatter = (write: MatterWrite): StoredMatter => ({
  ruleId: write.ruleId,
  subjectId: write.subjectId,
  version: write.expectedVersion + 1,
  alertId: write.alertId,
  alertVersion: write.alertVersion,
  state: write.state,
  lastAt: write.lastAt,
  dueAt: write.dueAt,
});
