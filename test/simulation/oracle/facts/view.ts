import type { Change, CityRule, History, Item, WatermarkStep } from '../../history.ts';
import { type AlertDoc, alertOf, isAlertItem, isTransitionItem, type Told, toldOf } from './alerts.ts';
import { type Matter, mattersOf } from './episodes.ts';
import { keyOf, textOf } from './items.ts';
import { type LimitAt, limitsOf } from './limits.ts';
import { type Message, messagesOf } from './messages.ts';
import { type Body, bodyReader } from './notices.ts';
import { type Reading, readingsOf } from './readings.ts';
import { askableOf } from './ticks.ts';
import { type Canaries, canariesOf, watermarkSteps } from './watermark.ts';

/** A history as the laws look at it: everything that several of them ask, worked out once. */
export interface View {
  readonly history: History;
  readonly messages: readonly Message[];
  /** By `device/sensor`. */
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
  /** The alerts at the end, with their items. */
  readonly alerts: ReadonlyMap<string, { readonly doc: AlertDoc | undefined; readonly item: Item }>;
  /** The transitions of each alert by version. */
  readonly told: ReadonlyMap<string, readonly Told[]>;
  readonly byId: ReadonlyMap<string, Told>;
  /** By rule and subject. */
  readonly matters: ReadonlyMap<string, Matter>;
  /** What the text of a notification says; undefined when it is none. */
  readonly bodyOf: (text: string) => Body | undefined;
  /** The changes that each write made together. */
  readonly writes: ReadonlyMap<number, readonly Change[]>;
  readonly canaries: Canaries;
  readonly watermark: readonly WatermarkStep[];
  readonly limitOf: (rule: CityRule) => LimitAt;
  /** From when on what was due at `at` can be asked for: `at` itself while nothing fails, else the end of the faults. */
  readonly askableFrom: (at: number) => number;
}

export function viewOf(history: History): View {
  const messages = messagesOf(history);
  const alerts = new Map<string, { doc: AlertDoc | undefined; item: Item }>();
  const told = new Map<string, Told[]>();
  const seen = firstWrites(history.changes, () => true);
  const logged = firstWrites(history.changes, ({ decidedAt }) => decidedAt !== undefined);
  for (const item of history.tables.records) {
    if (isAlertItem(item))
      alerts.set((textOf(item, 'pk') ?? '').slice('ALERT#'.length), { doc: alertOf(item), item });
    if (!isTransitionItem(item)) continue;
    const key = keyOf(item);
    const one = toldOf(item, seen.get(key), logged.get(key)?.at);
    if (one !== undefined) told.set(one.alertId, [...(told.get(one.alertId) ?? []), one]);
  }
  for (const some of told.values()) some.sort((a, b) => a.version - b.version);
  const all = [...told.values()].flat();
  const limits = new Map<string, LimitAt>();
  const askableFrom = askableOf(history);
  return {
    history,
    messages,
    readings: readingsOf(messages),
    alerts,
    told,
    byId: new Map(all.map((one) => [one.id, one])),
    matters: mattersOf(told.values()),
    bodyOf: bodyReader(),
    writes: Map.groupBy(history.changes, ({ write }) => write),
    canaries: canariesOf(messages, history.bygone?.canaries),
    watermark: [...(history.bygone?.watermark ?? []), ...watermarkSteps(history.changes)],
    limitOf: (rule) => {
      const known = limits.get(rule.ruleId) ?? limitsOf(rule, history.acts, askableFrom);
      limits.set(rule.ruleId, known);
      return known;
    },
    askableFrom,
  };
}

/** The first write of each transition after which it `is` so. */
function firstWrites(changes: readonly Change[], is: (after: Item) => boolean): ReadonlyMap<string, Change> {
  const first = new Map<string, Change>();
  for (const change of changes) {
    const { after } = change;
    if (change.table !== 'records' || after === undefined || !isTransitionItem(after) || !is(after)) continue;
    const key = keyOf(after);
    if (!first.has(key)) first.set(key, change);
  }
  return first;
}
