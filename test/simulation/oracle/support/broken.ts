import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Accepted, Change, History, Item } from '../../history.ts';
import { isAlertItem, isTransitionItem } from '../facts/alerts.ts';
import { textOf } from '../facts/items.ts';

/** A document in an item, as a test breaks it. */
export type Doc = Record<string, unknown> & {
  readonly alertId: string;
  readonly change?: string;
  readonly condition: string;
  readonly severity: string;
  readonly version: number;
  readonly phenomenonAt: number;
  readonly matter: { readonly ruleId: string };
  readonly subject: { readonly kind: string; readonly id: string };
};

export const docOf = (item: Item): Doc => JSON.parse(textOf(item, 'doc') ?? '{}');

const withDoc = (item: Item, doc: object): Item => ({ ...item, doc: { S: JSON.stringify(doc) } });

/** Breaks the first item that `edit` breaks: what it gives stands in its place; null takes it away. */
function brokenItem(
  items: readonly Item[],
  edit: (item: Item) => Item | null | undefined,
): readonly Item[] | undefined {
  for (const [at, item] of items.entries()) {
    const other = edit(item);
    if (other === undefined) continue;
    return [...items.slice(0, at), ...(other === null ? [] : [other]), ...items.slice(at + 1)];
  }
  return undefined;
}

/** The history with another table of records; undefined when nothing of it could be broken so. */
function withRecords(history: History, records: readonly Item[] | undefined): History | undefined {
  return records && { ...history, tables: { ...history.tables, records } };
}

/** Breaks the first transition for which `edit` says how. */
export const breakTransition = (
  history: History,
  edit: (doc: Doc) => object | null | undefined,
): History | undefined =>
  withRecords(
    history,
    brokenItem(history.tables.records, (item) => {
      const doc = isTransitionItem(item) ? edit(docOf(item)) : undefined;
      return doc === undefined || doc === null ? doc : withDoc(item, doc);
    }),
  );

/** Breaks the first alert for which `edit` says how. */
export const breakAlert = (
  history: History,
  edit: (doc: Doc) => object | null | undefined,
): History | undefined =>
  withRecords(
    history,
    brokenItem(history.tables.records, (item) => {
      const doc = isAlertItem(item) ? edit(docOf(item)) : undefined;
      return doc === undefined || doc === null ? doc : withDoc(item, doc);
    }),
  );

/** Breaks the first item of the records for which `edit` says how. */
export const breakRecord = (
  history: History,
  edit: (item: Item) => Item | null | undefined,
): History | undefined => withRecords(history, brokenItem(history.tables.records, edit));

/** Takes an alert away as if it had never been: with its transitions, its writes and what was said of it. */
export function withoutAlert(history: History, isIt: (doc: Doc) => boolean): History | undefined {
  const alert = history.tables.records.find((item) => isAlertItem(item) && isIt(docOf(item)));
  if (alert === undefined) return undefined;
  const { alertId } = docOf(alert);
  const isOf = (item: Item | undefined): boolean =>
    textOf(item, 'pk') === `ALERT#${alertId}` || textOf(item, 'alertId') === alertId;
  return {
    ...history,
    changes: history.changes.filter(({ before, after }) => !isOf(before) && !isOf(after)),
    published: history.published.filter(({ body }) => !body.includes(`"${alertId}/`)),
    received: history.received.filter(({ body }) => !body.includes(`"${alertId}/`)),
    acts: history.acts.filter(({ act }) => act.kind !== 'acknowledge' || act.alertId !== alertId),
    tables: { ...history.tables, records: history.tables.records.filter((item) => !isOf(item)) },
  };
}

/** Takes away the first alert of a rule that began so. */
export function withoutRaised(history: History, ruleId: string, condition: string): History | undefined {
  const raised = transitionsOf(history).find(
    (doc) => doc.matter.ruleId === ruleId && doc.change === 'raised' && doc.condition === condition,
  );
  return raised && withoutAlert(history, ({ alertId }) => alertId === raised.alertId);
}

/** Breaks the first change for which `edit` says how. */
export function breakChange(
  history: History,
  edit: (change: Change) => Change | null | undefined,
): History | undefined {
  for (const [at, change] of history.changes.entries()) {
    const other = edit(change);
    if (other === undefined) continue;
    const { changes } = history;
    return {
      ...history,
      changes: [...changes.slice(0, at), ...(other === null ? [] : [other]), ...changes.slice(at + 1)],
    };
  }
  return undefined;
}

type Row = Record<string, unknown> & { n?: string; t?: number; v?: number };

/** The history in which messages said something else; rows that `edit` leaves are as they were. */
export function withOtherReadings(
  history: History,
  edit: (row: { readonly sensor: string; readonly at: number; readonly v: number }) => object | undefined,
): History {
  const accepted = history.accepted.map((message): Accepted => {
    if (message.sender !== 'device') return message;
    const rows: readonly Row[] = JSON.parse(Buffer.from(message.bytes).toString('utf8'));
    const edited = rows.map((row) => {
      if (row.n === undefined) return row;
      const sensor = `${message.clientId}/${row.n}`;
      return { ...row, ...edit({ sensor, at: Math.round((row.t ?? 0) * 1000), v: row.v ?? 0 }) };
    });
    return { ...message, bytes: Buffer.from(JSON.stringify(edited)) };
  });
  return { ...history, accepted };
}

/** The transitions at the end, as they read. */
export const transitionsOf = (history: History): readonly Doc[] =>
  history.tables.records.filter(isTransitionItem).map(docOf);

export const attribute = (value: number | string): AttributeValue =>
  typeof value === 'number' ? { N: String(value) } : { S: value };
