import { Duration } from 'aws-cdk-lib';

/** Longest run of each function. A queue's visibility is at least six of them, so that a throttled message waits. */
export const functionTimeout = {
  ingest: Duration.seconds(20),
  notify: Duration.seconds(15),
  sweep: Duration.seconds(30),
  api: Duration.seconds(10),
} as const;

/** MB; CPU comes with it. */
export const memorySizeMb = { ingest: 512, notify: 256, sweep: 512, api: 512 } as const;

/** How long a message that arrived waits for company: it makes batches of about eight at 200 readings a second. */
export const telemetryWindow = Duration.seconds(1);

/** Most messages of one call; the figures of the cost model are for this batch. */
export const batchSizeMax = 10;

/** Most calls at a time per mapping beside telemetry's own, so that no flood takes the account's concurrency. */
export const concurrencyMax = { backlog: 2, rejected: 2, ticks: 2 } as const;

/** Receives before a message counts as dead: an hour of outage for telemetry at its visibility of two minutes. */
export const receivesMax = { telemetry: 30, backlog: 30, archive: 30, ticks: 5, rejected: 30 } as const;

export const deadLetterRetention = Duration.days(14);

/** Visibility of a queue whose consumer runs at most `timeout` on batches gathered for `window`. */
export function visibilityFor(timeout: Duration, window = Duration.seconds(0)): Duration {
  return Duration.seconds(6 * timeout.toSeconds()).plus(window);
}
