import type { CountDevices } from '../../usecases/silence/link-root.ts';
import type { MemoryState } from './state.ts';

/** Counts the registered devices of a scope, in memory. */
export const memoryDeviceCount =
  ({ registrations }: MemoryState): CountDevices =>
  async (scope, max) => {
    const isIn = [...registrations.values()].filter(
      ({ enterpriseId, sources }) =>
        scope.kind === 'all' ||
        (scope.kind === 'enterprise'
          ? scope.enterpriseId === enterpriseId
          : sources.some(({ area }) => area.startsWith(scope.area))),
    );
    return Math.min(isIn.length, max);
  };
