import type { Alert, AlertChange, Handling, Transition } from '../../domain/alerts/alert.ts';
import type { AlertId, AreaCode, DeviceId, EnterpriseId } from '../../domain/ids.ts';
import type { AlertKind, Severity } from '../../domain/severity.ts';
import type { Instant } from '../../domain/time.ts';

/** One alert before and after, with the numbered transitions between: `before.version + 1 … after.version`. */
export interface AlertWrite {
  readonly before: Alert | undefined;
  readonly after: Alert;
  readonly transitions: readonly Transition[];
}

/** The state of one device (or of one guarded matter) to be written if its version is still `expected`. */
export interface TwinWrite {
  readonly deviceId: DeviceId;
  /** 0: the item must not exist yet. */
  readonly expectedVersion: number;
  readonly bytes: Uint8Array;
  /** When sweep must look at it; absent: never. */
  readonly dueAt: Instant | undefined;
}

/** Guard of a matter whose subject is no sensor: at most one open alert per (rule, subject). */
export interface MatterWrite {
  readonly ruleId: string;
  readonly subjectId: string;
  readonly expectedVersion: number;
  /** Absent: a correlation that has never raised. */
  readonly alertId: AlertId | undefined;
  readonly alertVersion: number;
  /** What a correlation remembers of its members. */
  readonly state?: string | undefined;
  /** Newest event of it; its quiet time counts from here. */
  readonly lastAt: Instant;
  readonly dueAt: Instant | undefined;
}

export interface StoredMatter {
  readonly ruleId: string;
  readonly subjectId: string;
  readonly version: number;
  readonly alertId: AlertId | undefined;
  readonly alertVersion: number;
  readonly state?: string | undefined;
  readonly lastAt: Instant;
  readonly dueAt: Instant | undefined;
}

/** All of it or nothing, in one transaction. */
export interface Commit {
  readonly twin?: TwinWrite;
  readonly matter?: MatterWrite;
  readonly alerts: readonly AlertWrite[];
}

/** `conflict`: somebody else wrote first; read again, evaluate again. */
export type CommitOutcome = 'committed' | 'conflict';

/** What a list shows of an alert. */
export interface AlertFilter {
  readonly scope:
    | { readonly kind: 'area'; readonly area: AreaCode | '-' }
    | { readonly kind: 'enterprise'; readonly enterpriseId: EnterpriseId };
  readonly closed?: boolean;
  readonly severity?: Severity;
  readonly handling?: Handling;
  readonly condition?: Alert['condition'];
  readonly kind?: AlertKind;
}

export interface AlertPage {
  readonly alerts: readonly Alert[];
  /** Where the next page starts; opaque to everybody but the store. */
  readonly next: string | undefined;
}

/** Alerts and their transitions, strongly consistent by id; lists gravest and newest first. */
export interface AlertStore {
  get(alertId: AlertId): Promise<Alert | undefined>;
  /** The alerts of these ids in one round trip; a missing one is left out. At most 100. */
  getMany(alertIds: readonly AlertId[]): Promise<ReadonlyMap<AlertId, Alert>>;
  transitions(alertId: AlertId): Promise<readonly Transition[]>;
  list(filter: AlertFilter, limit: number, from?: string): Promise<AlertPage>;
  matter(ruleId: string, subjectId: string): Promise<StoredMatter | undefined>;
  /** @throws AdapterError when the outcome is not known or the store refuses; read again before deciding. */
  commit(commit: Commit): Promise<CommitOutcome>;
}

/** What became of one transition: exactly one final decision, before it perhaps deferrals (design 6). */
export type Decision =
  | { readonly outcome: 'sent'; readonly reason: string; readonly at: Instant; readonly messageId: string }
  | { readonly outcome: 'suppressed'; readonly reason: string; readonly at: Instant }
  | { readonly outcome: 'deferred'; readonly until: Instant; readonly reason: string; readonly at: Instant };

export interface TransitionKey {
  readonly alertId: AlertId;
  readonly version: number;
}

/** The log of notifications: one final decision per transition. */
export interface NotificationLog {
  /** `already-decided` when a final decision stands; the first one wins. */
  decide(key: TransitionKey, decision: Decision): Promise<'logged' | 'already-decided'>;
  decision(key: TransitionKey): Promise<Decision | undefined>;
  /** Transitions without a final decision that were committed (or deferred until) at or before `before`. */
  undecided(before: Instant, limit: number): Promise<readonly TransitionKey[]>;
  transition(key: TransitionKey): Promise<Transition | undefined>;
}

/** Publishes one message to everybody whose filter matches. @throws AdapterError */
export interface Notifier {
  publish(notification: Notification): Promise<{ readonly messageId: string }>;
}

/** One message of the alerts topic: attributes for filters, a CloudEvents envelope and a readable subject. */
export interface Notification {
  readonly key: TransitionKey;
  readonly change: AlertChange;
  /** Title of the e-mail: printable ASCII, below 100 characters (SNS). */
  readonly subjectLine: string;
  /** CloudEvents 1.0 envelope in JSON. */
  readonly body: string;
  /** For telephones: one message in either language. */
  readonly shortText: string;
  /** For people's mailboxes, in both languages. */
  readonly letter: string;
  /** All attributes of design section 6, always present. */
  readonly attributes: Readonly<Record<string, string>>;
}
