import type { ShadowStore, ShadowTwin, StoredDifference } from '../../usecases/ports/shadow.ts';

/** The findings of a candidate rule book, in memory. */
export function memoryShadowStore(): ShadowStore {
  const twins = new Map<string, ShadowTwin>();
  const noted = new Map<string, Map<string, StoredDifference>>();
  return {
    read: async (deviceId) => twins.get(deviceId),
    write: async ({ deviceId, expectedVersion, now: _, ...rest }) => {
      if ((twins.get(deviceId)?.version ?? 0) !== expectedVersion) return 'conflict';
      twins.set(deviceId, { ...rest, version: expectedVersion + 1 });
      return 'committed';
    },
    note: async (book, difference) => {
      const { since, deviceId, ruleId, sensorId } = difference;
      const all = noted.get(book) ?? new Map<string, StoredDifference>();
      all.set(`${since}#${deviceId}#${ruleId}#${sensorId}`, difference);
      noted.set(book, all);
    },
    list: async (book, limit) =>
      [...(noted.get(book)?.values() ?? [])].toSorted((a, b) => b.since - a.since).slice(0, limit),
  };
}
