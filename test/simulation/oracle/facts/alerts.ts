import * as z from 'zod';
import type { Change, Item } from '../../history.ts';
import { jsonOf, numberOf, textOf } from './items.ts';

/** From the lightest; what is recorded, then IV to I. */
const severityOrder = ['signal', 'blue', 'yellow', 'orange', 'red'];

export const rank = (severity: string): number => severityOrder.indexOf(severity);

/** Of a subject that stands in no episode. */
export const noRank = -1;

const Value = z.union([z.number(), z.boolean(), z.string()]);

const Common = {
  alertId: z.string(),
  matter: z.object({ ruleId: z.string(), kind: z.string() }),
  subject: z.object({ kind: z.string(), id: z.string() }),
  scope: z.object({
    area: z.string(),
    enterpriseId: z.string(),
    siteId: z.string(),
    trade: z.string(),
    audience: z.array(z.object({ area: z.string() })).optional(),
  }),
  condition: z.string(),
  handling: z.string(),
  severity: z.string(),
  closed: z.boolean(),
  version: z.number(),
  occurrences: z.number(),
  cause: z.string().optional(),
  drill: z.boolean(),
};

const AlertDoc = z.object({
  ...Common,
  gravest: z.string(),
  raisedAt: z.number(),
  changedAt: z.number(),
  lastValue: Value.optional(),
  peak: z.object({ value: Value, at: z.number() }).optional(),
  spent: z.record(z.string(), z.number()),
  acknowledgedBy: z.string().optional(),
  previous: z.string().optional(),
});
export type AlertDoc = z.infer<typeof AlertDoc>;

const TransitionDoc = z.object({
  ...Common,
  change: z.string(),
  at: z.number(),
  phenomenonAt: z.number(),
  committedAt: z.number(),
  value: Value.optional(),
  marks: z.array(z.string()),
  by: z.string().optional(),
});
export type TransitionDoc = z.infer<typeof TransitionDoc>;

const Decision = z.object({
  outcome: z.enum(['sent', 'suppressed', 'deferred']),
  reason: z.string(),
  messageId: z.string().optional(),
});
export type Decision = z.infer<typeof Decision>;

/** One numbered change as the tables have it, and when the world saw it written. */
export interface Told extends TransitionDoc {
  /** `alertId/version`. */
  readonly id: string;
  /** By the world's clock, of the write that brought it; its own word when the world did not see that write. */
  readonly writtenAt: number;
  /** The write (transaction) that brought it. */
  readonly write: number | undefined;
  /** Whose write it was. */
  readonly writtenBy: Change['by'] | undefined;
  readonly decision: Decision | undefined;
  /** When the log had its final decision, by the world's clock; what the decision says of itself when nobody saw that. */
  readonly decidedAt: number | undefined;
  readonly item: Item;
}

const alertPrefix = 'ALERT#';
const transitionPrefix = 'T#';

export const isAlertItem = (item: Item): boolean =>
  textOf(item, 'sk') === 'ALERT' && (textOf(item, 'pk') ?? '').startsWith(alertPrefix);

export const isTransitionItem = (item: Item): boolean =>
  (textOf(item, 'sk') ?? '').startsWith(transitionPrefix) &&
  (textOf(item, 'pk') ?? '').startsWith(alertPrefix);

/** The alert of an item; undefined when it is unreadable. */
export const alertOf = (item: Item): AlertDoc | undefined => AlertDoc.safeParse(jsonOf(item, 'doc')).data;

export function toldOf(
  item: Item,
  seen: Pick<Change, 'at' | 'write' | 'by'> | undefined,
  loggedAt: number | undefined,
): Told | undefined {
  const doc = TransitionDoc.safeParse(jsonOf(item, 'doc')).data;
  if (doc === undefined) return undefined;
  const said = numberOf(item, 'decidedAt');
  const told: Told = {
    ...doc,
    id: `${doc.alertId}/${doc.version}`,
    writtenAt: seen?.at ?? doc.committedAt,
    write: seen?.write,
    writtenBy: seen?.by,
    decision: Decision.safeParse(jsonOf(item, 'decision')).data,
    decidedAt: said === undefined ? undefined : (loggedAt ?? said),
    item,
  };
  return told;
}

/** Rank of the severity under which it stands after the change; `noRank` once it is over. */
export const rankAfter = ({ condition, severity }: Pick<Told, 'condition' | 'severity'>): number =>
  condition === 'recovered' ? noRank : rank(severity);
