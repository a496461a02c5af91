import type { FanOutStore, FanOutWrite } from '../../usecases/ports/fan-out.ts';
import type { MemoryState } from './state.ts';

/** True when somebody else has written the fan-out. */
export const isFanOutLost = (state: MemoryState, { fanOut, expectedVersion }: FanOutWrite): boolean =>
  (state.fanOuts.get(fanOut.id)?.version ?? 0) !== expectedVersion;

export function putFanOut(state: MemoryState, { fanOut, expectedVersion, dueAt }: FanOutWrite): void {
  state.fanOuts.set(fanOut.id, { fanOut, version: expectedVersion + 1, dueAt });
}

/** Fan-outs in memory, with the conditions of the real table. */
export const memoryFanOutStore = (state: MemoryState): FanOutStore => ({
  get: async (id) => state.fanOuts.get(id),
  write: async (write) => {
    if (isFanOutLost(state, write)) return 'conflict';
    putFanOut(state, write);
    return 'committed';
  },
});
