/** What this room knows: open matters, how they stand in the world and with people, and how they change. */
import * as z from 'zod';
import { AlertId, AreaCode, EnterpriseId, RuleId } from '../ids.ts';
import { AlertKind, Bilingual, Severity, Trade } from '../severity.ts';
import { Instant } from '../time.ts';

const none = z.literal('-');
const Value = z.union([z.number(), z.boolean(), z.string()]);
const Condition = z.enum(['firing', 'recovered', 'stale']);
/** `caused`: found together with its root cause, whose alert speaks for it (semantics 21). */
const Mark = z.enum(['late', 'held', 'untrusted', 'over-range', 'quality', 'caused']);
export type Mark = z.infer<typeof Mark>;

/** What people have done about it. Closed = recovered and handled as far as its gravest severity asks. */
export const Handling = z.enum(['open', 'acknowledged', 'disposed', 'verified']);
export type Handling = z.infer<typeof Handling>;

export const Subject = z.object({
  kind: z.enum(['sensor', 'device', 'source', 'site', 'group', 'gateway', 'enterprise', 'area', 'platform']),
  /** For a sensor `<deviceId>/<sensorId>`. */
  id: z.string().min(1),
});
export type Subject = z.infer<typeof Subject>;

/** Where it belongs: decides who may see it and who hears of it. `-` where there is none. */
export const Scope = z.object({
  area: z.union([AreaCode, none]),
  enterpriseId: z.union([EnterpriseId, none]),
  siteId: z.string(),
  sourceId: z.string(),
  trade: z.union([Trade, none]),
  deviceId: z.string(),
  /** Tags of the sensor, or the one of the group; absent where there are none. Groups of a correlation are read off them. */
  tags: z.array(z.string()).readonly().optional(),
  /** Who else must hear of it: the listeners of children that are elsewhere (semantics 21). */
  audience: z
    .array(
      z.object({
        area: z.union([AreaCode, none]),
        enterpriseId: z.union([EnterpriseId, none]),
        trade: z.union([Trade, none]),
      }),
    )
    .readonly()
    .optional(),
});
export type Scope = z.infer<typeof Scope>;

/** What a rule says about itself to people. */
export const Matter = z.object({
  ruleId: RuleId,
  ruleVersion: z.string(),
  kind: AlertKind,
  title: Bilingual,
  advice: Bilingual,
  unit: z.string(),
});
export type Matter = z.infer<typeof Matter>;

/** One open (or once open) matter: one rule on one subject. */
export const Alert = z.object({
  alertId: AlertId,
  matter: Matter,
  subject: Subject,
  scope: Scope,
  condition: Condition,
  handling: Handling,
  severity: Severity,
  /** Highest severity it has had; decides what closing needs. */
  gravest: Severity,
  closed: z.boolean(),
  /** Number of the last transition; the alert owns it. */
  version: z.int().nonnegative(),
  occurrences: z.int().positive(),
  raisedAt: Instant,
  changedAt: Instant,
  lastValue: Value.optional(),
  /** Semantics 26. */
  peak: z.object({ value: Value, at: Instant }).optional(),
  /** Milliseconds spent per severity until `changedAt` (semantics 26). */
  spent: z.partialRecord(Severity, z.number().nonnegative()),
  acknowledgedBy: z.string().optional(),
  /** The alert of the same rule and subject that was closed before this one opened. */
  previous: AlertId.optional(),
  /** The root-cause alert that it stands under, or stood under last (semantics 21). */
  cause: AlertId.optional(),
  drill: z.boolean(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertChange = z.enum([
  'raised',
  'occurrence',
  'severity-up',
  'severity-down',
  'stale',
  'firing-again',
  'recovered',
  'acknowledged',
  'linked',
  'inhibition-ended',
  'restored',
]);
export type AlertChange = z.infer<typeof AlertChange>;

/** One numbered change of an alert: the unit of notification and audit. Carries all that a notification says. */
export const Transition = z.object({
  alertId: AlertId,
  version: z.int().positive(),
  change: AlertChange,
  matter: Matter,
  subject: Subject,
  scope: Scope,
  condition: Condition,
  handling: Handling,
  severity: Severity,
  closed: z.boolean(),
  occurrences: z.int().positive(),
  /** When it was decided: receive time of the message, or the deadline that passed. */
  at: Instant,
  phenomenonAt: Instant,
  committedAt: Instant,
  value: Value.optional(),
  marks: z.array(Mark).readonly(),
  /** Who did it (`<issuer>|<subject>`), for what people do. */
  by: z.string().optional(),
  comment: z.string().optional(),
  /** The root-cause alert it stands under. */
  cause: AlertId.optional(),
  drill: z.boolean(),
  /** Canonical JSON of the decision record (semantics 25). */
  because: z.string().optional(),
});
export type Transition = z.infer<typeof Transition>;
