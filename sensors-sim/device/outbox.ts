import { encodePack, type LoggedReading, packReadingsMax } from './pack.ts';

/** Most packs that a device keeps while it cannot send; a logger of this size holds half a day at one pack per 5 s. */
export const outboxPacksMax = 10_000;

/**
 * How long a pack that left keeps its bytes. Within it a repeat is a duplicate to the platform. Older,
 * its `sent` would be taken for a wrong clock (limit: 5 minutes), so it leaves again as a new message.
 */
export const sameBytesForMs = 240_000;

export interface Departure {
  readonly token: number;
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** Store and forward: what has been logged stays here until the broker has acknowledged it. */
export interface Outbox {
  /** Stores readings as one or more packs; the oldest waiting pack gives way when it is full. */
  store(readings: readonly LoggedReading[]): void;
  /** The next pack to send, numbered in the order of leaving; undefined when none waits. */
  depart(now: number): Departure | undefined;
  /** Forgets a pack that was acknowledged; false when it was not under way. */
  settle(token: number): boolean;
  /** Takes back all packs under way, oldest first: the connection is gone and with it their PUBACKs. */
  takeBack(): void;
  readonly waiting: number;
  readonly underWay: number;
  /** Packs lost because the outbox was full. */
  readonly dropped: number;
}

interface StoredPack {
  readonly readings: readonly LoggedReading[];
  sentAt?: number;
  departure?: Departure;
}

/** An empty outbox of one boot of one device: its first message has `seq` 1. */
export function createOutbox(
  identity: { readonly deviceId: string; readonly boot: string },
  packsMax = outboxPacksMax,
): Outbox {
  let waiting: StoredPack[] = [];
  const underWay = new Map<number, StoredPack>();
  let lastSeq = 0;
  let lastToken = 0;
  let dropped = 0;

  const load = (pack: StoredPack, now: number): Departure => {
    const token = ++lastToken;
    const fresh = pack.departure === undefined || now - (pack.sentAt ?? now) > sameBytesForMs;
    if (pack.departure !== undefined && !fresh) return { ...pack.departure, token };
    const seq = ++lastSeq;
    pack.sentAt = now;
    const sent = Math.max(now, pack.readings.at(-1)?.at ?? now);
    return { token, seq, bytes: encodePack({ ...identity, seq, sent }, pack.readings) };
  };

  return {
    store(readings) {
      for (let from = 0; from < readings.length; from += packReadingsMax) {
        waiting.push({ readings: readings.slice(from, from + packReadingsMax) });
      }
      while (waiting.length > packsMax) {
        waiting.shift();
        dropped++;
      }
    },
    depart(now) {
      const pack = waiting.shift();
      if (pack === undefined) return undefined;
      const departure = load(pack, now);
      pack.departure = departure;
      underWay.set(departure.token, pack);
      return departure;
    },
    settle: (token) => underWay.delete(token),
    takeBack() {
      waiting = [...underWay.values(), ...waiting];
      underWay.clear();
    },
    get waiting() {
      return waiting.length;
    },
    get underWay() {
      return underWay.size;
    },
    get dropped() {
      return dropped;
    },
  };
}
