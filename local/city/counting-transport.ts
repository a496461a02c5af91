/** A transport that tells how many readings each publish carries. */
import type { Transport } from '../../sensors-sim/device/transport.ts';

/** Readings in a SenML pack: the records with a value. Zero for bytes that are no pack. */
export function readingsIn(bytes: Uint8Array): number {
  try {
    const records: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (!Array.isArray(records)) return 0;
    return records.filter((record) => record && ('v' in record || 'vb' in record || 'vs' in record)).length;
  } catch {
    // Hostile devices publish anything.
    return 0;
  }
}

export function countingTransport(inner: Transport, count: (readings: number) => void): Transport {
  return {
    open: (events) => {
      const connection = inner.open(events);
      return {
        publish: (topic, bytes, token) => {
          count(readingsIn(bytes));
          connection.publish(topic, bytes, token);
        },
        close: () => connection.close(),
      };
    },
  };
}
