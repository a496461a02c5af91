import type { Instant } from '../../domain/time.ts';
import type { DueItem, TwinStore } from '../../usecases/ports/twins.ts';
import { assertReadable } from '../assert-readable.ts';
import type { MemoryState } from './state.ts';

/** The state of devices in memory, with the conditions of the real table. */
export const memoryTwinStore = (
  state: MemoryState,
  watermarkUntil: () => Promise<Instant | undefined>,
): TwinStore => ({
  read: async (deviceIds) => {
    assertReadable(deviceIds);
    return {
      devices: new Map(
        deviceIds.map((id) => [id, { twin: state.twins.get(id), registration: state.registrations.get(id) }]),
      ),
      watermark: await watermarkUntil(),
    };
  },
  write: async (write) => {
    const version = state.twins.get(write.deviceId)?.version ?? 0;
    if (version !== write.expectedVersion) return 'conflict';
    state.twins.set(write.deviceId, { version: version + 1, bytes: write.bytes, dueAt: write.dueAt });
    return 'committed';
  },
  due: async (before) => {
    const items: DueItem[] = [];
    for (const [deviceId, { dueAt }] of state.twins)
      if (dueAt !== undefined && dueAt <= before) items.push({ kind: 'device', deviceId });
    for (const { ruleId, subjectId, dueAt } of state.matters.values())
      if (dueAt !== undefined && dueAt <= before) items.push({ kind: 'matter', ruleId, subjectId });
    for (const [id, { dueAt }] of state.fanOuts)
      if (dueAt !== undefined && dueAt <= before) items.push({ kind: 'fan-out', id });
    return items;
  },
});
