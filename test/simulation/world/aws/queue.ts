import type { Engine } from '../engine.ts';
import type { Faults } from '../faults/verdict.ts';
import type { QueueSettings } from '../settings.ts';

export interface Stored {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  /** When somebody could first take it. */
  readonly readyAt: number;
  visibleAt: number;
  receives: number;
  /** Of the last receive; an older one no longer deletes. */
  receipt: string;
}

/** A standard queue of SQS: at least once, in no order, invisible while somebody works on a message. */
export interface SimQueue {
  readonly name: string;
  send(body: string, delayMs: number): string;
  /** Up to `countMax` visible messages; those received too often go to the dead letters instead. */
  receive(countMax: number): Stored[];
  remove(receipt: string): void;
  /** Tells when a message becomes visible. */
  onVisible(listener: () => void): void;
  /** Whether a message is visible. */
  readonly isWaiting: boolean;
  /** All that it holds, visible or not. */
  readonly messages: readonly Stored[];
  readonly dead: string[];
  /** Brings the dead letters back. @returns how many */
  redrive(): number;
}

export interface QueueParts {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly name: string;
  readonly settings: QueueSettings;
  /** Ids that are unique in the world. */
  nextId(): string;
  /** Hears of bodies: sent, handed to somebody, let go. */
  watch?: (what: 'sent' | 'taken' | 'gone', body: string) => void;
}

export function createQueue({ engine, faults, name, settings, nextId, watch }: QueueParts): SimQueue {
  const messages: Stored[] = [];
  const dead: string[] = [];
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const tellAt = (at: number): void => engine.after(at - engine.now(), tell);
  const put = (messageId: string, body: string, sentAt: number, delayMs: number): void => {
    const visibleAt = engine.now() + delayMs + faults.delayMs('queue');
    messages.push({ messageId, body, sentAt, readyAt: visibleAt, visibleAt, receives: 0, receipt: '' });
    tellAt(visibleAt);
  };

  return {
    name,
    send(body, delayMs) {
      const messageId = `${name}-${nextId()}`;
      const sentAt = engine.now();
      watch?.('sent', body);
      put(messageId, body, sentAt, delayMs);
      // A copy has the id of its original: the service hands out the same message twice.
      for (const later of faults.copiesMs('queue')) put(messageId, body, sentAt, delayMs + later);
      return messageId;
    },
    receive(countMax) {
      const taken: Stored[] = [];
      const now = engine.now();
      // Ticks are planned ahead: of some two hundred messages one or two are visible.
      const visible: Stored[] = [];
      for (const message of messages) if (message.visibleAt <= now) visible.push(message);
      for (const message of visible) {
        if (taken.length >= countMax) break;
        if (message.receives >= settings.receivesMax) {
          messages.splice(messages.indexOf(message), 1);
          dead.push(message.body);
          continue;
        }
        message.receives += 1;
        message.receipt = `${message.messageId}/${nextId()}`;
        message.visibleAt = now + settings.visibilityMs;
        tellAt(message.visibleAt);
        watch?.('taken', message.body);
        taken.push(message);
      }
      return taken;
    },
    remove(receipt) {
      const at = messages.findIndex((message) => message.receipt === receipt);
      const gone = at < 0 ? undefined : messages.splice(at, 1)[0];
      if (gone !== undefined) watch?.('gone', gone.body);
    },
    onVisible: (listener) => listeners.push(listener),
    get isWaiting() {
      const now = engine.now();
      for (const { visibleAt } of messages) if (visibleAt <= now) return true;
      return false;
    },
    messages,
    dead,
    redrive() {
      const bodies = dead.splice(0);
      for (const body of bodies) put(`${name}-${nextId()}`, body, engine.now(), 0);
      return bodies.length;
    },
  };
}
