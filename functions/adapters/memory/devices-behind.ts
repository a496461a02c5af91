import type { DevicesBehind } from '../../usecases/silence/gateway-root.ts';
import type { MemoryState } from './state.ts';

/** The registered devices behind a gateway, in memory. */
export const memoryDevicesBehind =
  ({ registrations }: MemoryState): DevicesBehind =>
  async ({ enterpriseId, gatewayId }, max) =>
    [...registrations.values()]
      .filter((one) => one.enterpriseId === enterpriseId && one.gatewayId === gatewayId)
      .map(({ deviceId }) => deviceId)
      .toSorted()
      .slice(0, max);
