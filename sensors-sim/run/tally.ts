import type { LinkWatch } from '../device/link.ts';
import { closedByDevice } from '../device/transport.ts';

/** Latencies kept for percentiles; beyond it the oldest give way. */
export const latenciesMax = 100_000;

/** What the devices of a run have done so far. */
export interface Tally extends Required<LinkWatch> {
  readonly counts: {
    published: number;
    acknowledged: number;
    refused: number;
    connected: number;
    /** Connections that ended without the device's own doing. */
    lost: number;
    online: number;
  };
  /** PUBACK latency in ms below which the given share of messages lies; undefined before the first. */
  percentile(share: number): number | undefined;
}

/** An empty tally. */
export function createTally(): Tally {
  const counts = { published: 0, acknowledged: 0, refused: 0, connected: 0, lost: 0, online: 0 };
  const latencies: number[] = [];
  const online = new Set<string>();
  return {
    counts,
    connected(deviceId) {
      counts.connected++;
      online.add(deviceId);
      counts.online = online.size;
    },
    closed(deviceId, reason) {
      if (reason !== closedByDevice) counts.lost++;
      online.delete(deviceId);
      counts.online = online.size;
    },
    published() {
      counts.published++;
    },
    acknowledged(_deviceId, tookMs) {
      latencies[counts.acknowledged % latenciesMax] = tookMs;
      counts.acknowledged++;
    },
    refused() {
      counts.refused++;
    },
    percentile(share) {
      const sorted = [...latencies].sort((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    },
  };
}
