/** A table as one would write it in ten minutes: the list of all changes, and everything computed from it anew. */

/** An item of the model, without its key. */
export interface Thing {
  readonly n?: number;
  readonly t?: string;
  readonly shard?: string;
  readonly at?: number;
  /** Seconds. */
  readonly until?: number;
}

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export interface Condition {
  /** As DynamoDB reads it; `:x` stands for `x`. */
  readonly text: string | undefined;
  readonly x: number | undefined;
  readonly holds: (thing: Thing | undefined) => boolean;
}

export type Write =
  | { readonly kind: 'put'; readonly key: Key; readonly thing: Thing; readonly if: Condition }
  | {
      readonly kind: 'update';
      readonly key: Key;
      readonly set: Thing;
      readonly plus: number;
      readonly if: Condition;
    }
  | { readonly kind: 'delete' | 'check'; readonly key: Key; readonly if: Condition };

export interface Change {
  readonly at: number;
  readonly key: Key;
  readonly before: Thing | undefined;
  readonly after: Thing | undefined;
  readonly write: number;
}

export type Outcome = 'done' | 'refused' | 'twice' | readonly boolean[];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (thing: unknown): unknown =>
  typeof thing === 'object' && thing !== null ? Object.entries(thing).toSorted() : thing;
const textOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What an update leaves: sets `set`, adds `plus` to `n`, takes `t` away. */
function afterUpdate(before: Thing | undefined, set: Thing, plus: number): Thing {
  const { t: _, ...kept } = before ?? {};
  return { ...kept, ...set, n: (before?.n ?? 0) + plus };
}

function after(write: Write, before: Thing | undefined): Thing | undefined {
  switch (write.kind) {
    case 'put':
      return write.thing;
    case 'update':
      return afterUpdate(before, write.set, write.plus);
    case 'delete':
      return undefined;
    case 'check':
      return before;
    default:
      return write satisfies never;
  }
}

export interface TableModel {
  readonly changes: readonly Change[];
  /** Everything that is there at an instant, by partition and sort key. */
  readonly at: (instant: number) => { key: Key; thing: Thing }[];
  readonly get: (key: Key, instant: number) => Thing | undefined;
  /** All or none. */
  readonly write: (writes: readonly Write[], now: number) => Outcome;
  /** Removes what expired before an instant, each by a write of its own, the longest expired first. */
  readonly expire: (before: number, now: number) => void;
}

export function createTableModel(): TableModel {
  const changes: Change[] = [];
  let number = 0;

  const at: TableModel['at'] = (instant) => {
    const there = new Map<string, { key: Key; thing: Thing }>();
    for (const change of changes.filter((one) => one.at <= instant)) {
      const { key, after: thing } = change;
      if (thing === undefined) there.delete(textOf(key));
      else there.set(textOf(key), { key, thing });
    }
    return [...there.values()].toSorted((a, b) => byBytes(a.key.pk, b.key.pk) || byBytes(a.key.sk, b.key.sk));
  };
  const get: TableModel['get'] = (key, instant) =>
    at(instant).find((one) => textOf(one.key) === textOf(key))?.thing;

  return {
    changes,
    at,
    get,
    write: (writes, now) => {
      if (new Set(writes.map(({ key }) => textOf(key))).size < writes.length) return 'twice';
      const held = writes.map((write) => write.if.holds(get(write.key, now)));
      if (held.includes(false)) return writes.length === 1 ? 'refused' : held;
      const real = writes
        .map((write) => ({ write, before: get(write.key, now) }))
        .map(({ write, before }) => ({ at: now, key: write.key, before, after: after(write, before) }))
        .filter((change) => !isSame(change.before, change.after));
      if (real.length > 0) number += 1;
      changes.push(...real.map((change) => ({ ...change, write: number })));
      return 'done';
    },
    expire: (before, now) => {
      const expired = at(now)
        .filter(({ thing }) => thing.until !== undefined && thing.until * 1000 < before)
        .toSorted((a, b) => (a.thing.until ?? 0) - (b.thing.until ?? 0));
      for (const { key, thing } of expired) {
        number += 1;
        changes.push({ at: now, key, before: thing, after: undefined, write: number });
      }
    },
  };
}
