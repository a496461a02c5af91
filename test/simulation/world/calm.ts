import type { Accepted, HumanAct } from '../history.ts';
import type { SimQueue, Stored } from './aws/queue.ts';
import type { FleetDevice } from './booted.ts';
import type { QueueName } from './settings.ts';

export interface CalmParts {
  readonly queues: Readonly<Record<QueueName, SimQueue>>;
  /** Records of the stream that no invocation has had yet. */
  readonly inStream: () => number;
  readonly fleet: readonly FleetDevice[];
  readonly acts: readonly HumanAct[];
  readonly accepted: readonly Accepted[];
}

/** Canaries come every 5 s: one so young says that ticks run. */
const canaryAgeMaxMs = 6_000;
/** What was sent so short a time ago is on its way, in every world at every instant. */
const youngMs = 10_000;
/** Somebody who was not answered for so long has given up. */
const patienceMs = 90_000;

/**
 * Whether nothing is under way at `now` that a fault held up: no message waits, is being worked on or will come again, all
 * devices have sent, everybody is answered, and ticks run. Says nothing of what the tables hold.
 */
export function isCalm({ queues, inStream, fleet, acts, accepted }: CalmParts, now: number): boolean {
  const isOld = ({ sentAt }: Stored): boolean => sentAt < now - youngMs;
  const { telemetry, backlog, rejected, archive } = queues;
  const holdsNothing = [telemetry, backlog, rejected, archive].every(
    ({ messages, dead }) => dead.length === 0 && !messages.some(isOld),
  );
  const canary = accepted.findLast(({ sender }) => sender === 'canary');
  return (
    holdsNothing &&
    inStream() === 0 &&
    canary !== undefined &&
    canary.receivedAt >= now - canaryAgeMaxMs &&
    fleet.every(({ running }) => running().unacknowledged === 0) &&
    acts.every(({ answeredAt, at }) => answeredAt !== undefined || at < now - patienceMs)
  );
}
