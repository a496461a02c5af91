import type { ListScope } from '../../domain/access/listing.ts';
import type { DeviceId, SourceId } from '../../domain/ids.ts';
import type { Area } from '../../domain/inventory/area.ts';
import type { Device } from '../../domain/inventory/device.ts';
import type { Enterprise, Site } from '../../domain/inventory/enterprise.ts';
import type { LimitOverride } from '../../domain/inventory/override.ts';
import type { Source } from '../../domain/inventory/source.ts';
import type { OverrideScope } from '../../domain/telemetry/overrides.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { Instant } from '../../domain/time.ts';
import type { CommitOutcome, TwinWrite } from './alerts.ts';
import type { FanOutWrite } from './fan-out.ts';

/** What can be registered, by kind. */
export interface Registered {
  readonly enterprise: Enterprise;
  readonly site: Site;
  readonly source: Source;
  readonly device: Device;
  readonly override: LimitOverride;
  readonly area: Area;
}
export type Kind = keyof Registered;

/** One thing to be written if its stored version still is `expected`; 0: it must not exist yet. */
export interface PutOf<K extends Kind> {
  readonly kind: K;
  readonly thing: Registered[K];
  readonly expected: number;
  /** As it was read: the lists that it stands in already are not written again. */
  readonly before?: Registered[K];
}
export type Put = { readonly [K in Kind]: PutOf<K> }[Kind];

/** The answer of a request, kept so that a repeat of the request gets it again. */
export interface Outcome {
  /** Hash over who asked, what was asked for, and the `Idempotency-Key`. */
  readonly key: string;
  /** Hash over the body: the same key with another body is refused. */
  readonly bodyHash: string;
  /** JSON of what the use case returned. */
  readonly result: string;
  readonly keptAt: Instant;
  readonly expiresAt: Instant;
}

/** All of it or nothing, in one transaction. */
export interface InventoryWrite {
  readonly puts: readonly Put[];
  /** Sources that must still have these versions: a registration copies what they say. */
  readonly sources?: readonly { readonly sourceId: SourceId; readonly version: number }[];
  readonly twin?: TwinWrite;
  /** What has to be told to the devices that the write touches. */
  readonly fanOut?: FanOutWrite;
  readonly outcome?: Outcome;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Id of the last item when there may be more; the next page starts after it. */
  readonly next: string | undefined;
}

/** What enterprises register: consistent by id, listed by id. Every version is kept. */
export interface InventoryStore {
  get<K extends Kind>(kind: K, id: string): Promise<Registered[K] | undefined>;
  /** At most 100 ids; a missing one is left out. */
  getMany<K extends Kind>(kind: K, ids: readonly string[]): Promise<readonly Registered[K][]>;
  list<K extends Kind>(
    kind: K,
    scope: ListScope,
    limit: number,
    after?: string,
  ): Promise<Page<Registered[K]>>;
  /** Devices that watch the source; includes every device whose registration was committed before the call. */
  devicesOf(sourceId: SourceId): Promise<readonly DeviceId[]>;
  /** Every override of exactly one of these scopes (of a sensor: of its device), ended ones too; consistent. */
  overridesAt(scopes: readonly OverrideScope[]): Promise<readonly LimitOverride[]>;
  /** `conflict`: something has another version than expected, or the outcome's key is taken. @throws AdapterError */
  commit(write: InventoryWrite): Promise<CommitOutcome>;
}

/** Answers that were given before. */
export interface OutcomeStore {
  find(key: string): Promise<Outcome | undefined>;
  /** Keeps it unless the key is taken. */
  keep(outcome: Outcome): Promise<void>;
}

/** The first state of a device that has not reported yet, with its silence deadline (semantics 12). */
export type InitialTwin = (
  registration: DeviceRegistration,
  now: Instant,
) => { readonly bytes: Uint8Array; readonly dueAt: Instant | undefined };
