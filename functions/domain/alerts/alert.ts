/** What this room knows: open matters, how they stand in the world and with people, and how they change. */
import type { AlertId, AreaCode, EnterpriseId, RuleId } from '../ids.ts';
import type { Condition, Mark } from '../rules/transition.ts';
import type { AlertKind, Bilingual, Severity, Trade } from '../severity.ts';
import type { Value } from '../telemetry/reading.ts';
import type { Instant } from '../time.ts';

/** What people have done about it. Closed = recovered and handled as far as its gravest severity asks. */
export type Handling = 'open' | 'acknowledged' | 'disposed' | 'verified';

export interface Subject {
  readonly kind: 'sensor' | 'device' | 'source' | 'site' | 'gateway' | 'enterprise' | 'area' | 'platform';
  /** For a sensor `<deviceId>/<sensorId>`. */
  readonly id: string;
}

/** Where it belongs: decides who may see it and who hears of it. `-` where there is none. */
export interface Scope {
  readonly area: AreaCode | '-';
  readonly enterpriseId: EnterpriseId | '-';
  readonly siteId: string;
  readonly sourceId: string;
  readonly trade: Trade | '-';
  readonly deviceId: string;
}

/** What a rule says about itself to people. */
export interface Matter {
  readonly ruleId: RuleId;
  readonly ruleVersion: string;
  readonly kind: AlertKind;
  readonly title: Bilingual;
  readonly advice: Bilingual;
  readonly unit: string;
}

export interface Peak {
  readonly value: Value;
  readonly at: Instant;
}

/** One open (or once open) matter: one rule on one subject. */
export interface Alert {
  readonly alertId: AlertId;
  readonly matter: Matter;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly condition: Condition;
  readonly handling: Handling;
  readonly severity: Severity;
  /** Highest severity it has had; decides what closing needs. */
  readonly gravest: Severity;
  readonly closed: boolean;
  /** Number of the last transition; the alert owns it. */
  readonly version: number;
  readonly occurrences: number;
  readonly raisedAt: Instant;
  readonly changedAt: Instant;
  readonly lastValue: Value | undefined;
  readonly peak: Peak | undefined;
  /** Milliseconds spent per severity until `changedAt`. */
  readonly spent: Readonly<Partial<Record<Severity, number>>>;
  readonly acknowledgedBy: string | undefined;
  /** The alert of the same rule and subject that was closed before this one opened. */
  readonly previous: AlertId | undefined;
  readonly drill: boolean;
}

export type AlertChange =
  | 'raised'
  | 'occurrence'
  | 'severity-up'
  | 'severity-down'
  | 'stale'
  | 'firing-again'
  | 'recovered'
  | 'acknowledged';

/** One numbered change of an alert: the unit of notification and audit. Carries all that a notification says. */
export interface Transition {
  readonly alertId: AlertId;
  readonly version: number;
  readonly change: AlertChange;
  readonly matter: Matter;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly condition: Condition;
  readonly handling: Handling;
  readonly severity: Severity;
  readonly closed: boolean;
  readonly occurrences: number;
  readonly at: Instant;
  readonly phenomenonAt: Instant;
  /** When it was written. */
  readonly committedAt: Instant;
  readonly value: Value | undefined;
  readonly marks: readonly Mark[];
  /** Who did it (`<issuer>|<subject>`), for what people do. */
  readonly by: string | undefined;
  readonly comment: string | undefined;
  readonly drill: boolean;
  /** Canonical JSON of the decision record (semantics 25). */
  readonly because: string | undefined;
}
