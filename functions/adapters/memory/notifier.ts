import type { Notification, Notifier } from '../../usecases/ports/alerts.ts';

export interface MemoryNotifier extends Notifier {
  /** Everything published, in order. */
  readonly published: readonly Notification[];
}

/** The alerts topic in memory; `deliver` stands where subscribers do. */
export function memoryNotifier(
  deliver: (notification: Notification) => void = () => undefined,
): MemoryNotifier {
  const published: Notification[] = [];
  return {
    published,
    publish: async (notification) => {
      published.push(notification);
      deliver(notification);
      return { messageId: `memory-${published.length}` };
    },
  };
}
