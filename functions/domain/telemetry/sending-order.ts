/** What this room knows: what devices say. This file: the order in which a batch of one device is evaluated. */
import type { OpenedMessage } from './open-message.ts';

/**
 * One device's messages by (boot, seq): boots in the order in which they were first received, what carries no seq by
 * receive time among them.
 *
 * Order inside a batch is a kindness, not a condition: any order gives the same alarms (semantics 24), this one
 * gives them with the fewest late readings.
 */
export function inSendingOrder(messages: readonly OpenedMessage[]): OpenedMessage[] {
  const firstOfBoot = new Map<string, number>();
  for (const message of messages) {
    const boot = bootOf(message);
    if (boot === undefined) continue;
    firstOfBoot.set(boot, Math.min(firstOfBoot.get(boot) ?? Number.POSITIVE_INFINITY, receivedAtOf(message)));
  }
  const startOf = (message: OpenedMessage): number => {
    const boot = bootOf(message);
    return (boot === undefined ? undefined : firstOfBoot.get(boot)) ?? receivedAtOf(message);
  };
  return messages.toSorted(
    (a, b) =>
      startOf(a) - startOf(b) ||
      (bootOf(a) ?? '').localeCompare(bootOf(b) ?? '') ||
      seqOf(a) - seqOf(b) ||
      receivedAtOf(a) - receivedAtOf(b),
  );
}

const bootOf = (message: OpenedMessage): string | undefined =>
  message.kind === 'opened' && message.seq !== undefined ? message.boot : undefined;

const seqOf = (message: OpenedMessage): number => (message.kind === 'opened' ? (message.seq ?? 0) : 0);

const receivedAtOf = (message: OpenedMessage): number => message.envelope.receivedAt;
