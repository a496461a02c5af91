/** Every place for what failed for good: whose it is, and the way back. The names are those of the alarms. */

/** `queue`: moved back as it is. The others have no queue to go back to; their way is in `work.ts`. */
type Way =
  | { readonly kind: 'queue'; readonly source: string }
  | { readonly kind: 'transitions' }
  | { readonly kind: 'alerts'; readonly source: string }
  | { readonly kind: 'operations'; readonly source: string };

export interface DeadPlace {
  /** What lies there. */
  readonly holds: string;
  /** What a redrive does. */
  readonly back: string;
  readonly way: Way;
}

/** `source` is the output of the stacks that says where the way leads. */
export const deadPlaces = {
  TelemetryDead: {
    holds: 'device messages that ingest failed on 30 times',
    back: 'to the queue telemetry',
    way: { kind: 'queue', source: 'TelemetryQueueUrl' },
  },
  BacklogDead: {
    holds: 'older device messages that ingest failed on 30 times',
    back: 'to the queue backlog',
    way: { kind: 'queue', source: 'BacklogQueueUrl' },
  },
  RejectedDead: {
    holds: 'device messages that the topic rule could not deliver, and ingest failed on',
    back: 'to the queue rejected; the notification around them has the time at which they were received',
    way: { kind: 'queue', source: 'RejectedQueueUrl' },
  },
  ArchiveDead: {
    holds: 'lines that the stream of the archive refused 30 times',
    back: 'to the queue archive, from which sweep brings them into the stream',
    way: { kind: 'queue', source: 'ArchiveQueueUrl' },
  },
  TicksDead: {
    holds: 'ticks that sweep failed on five times; a later tick does the same work',
    back: 'to the queue ticks',
    way: { kind: 'queue', source: 'TicksQueueUrl' },
  },
  TransitionsFailed: {
    holds: 'where in the stream notify gave up; sweep decides on such transitions all the same',
    back: 'taken away once nothing from before then is without a decision',
    way: { kind: 'transitions' },
  },
  AlertsUndelivered: {
    holds: 'alerts that a subscriber did not take',
    back: 'published again; receivers know a repeat by alertId and version',
    way: { kind: 'alerts', source: 'AlertsTopicArn' },
  },
  OperationsUndelivered: {
    holds: 'alarms about the platform that a subscriber did not take',
    back: 'published again',
    way: { kind: 'operations', source: 'OperationsTopicArn' },
  },
  LiveViewDead: {
    holds: 'alerts that the live view of this machine did not take',
    back: 'to the queue of the live view',
    way: { kind: 'queue', source: 'LiveViewQueueUrl' },
  },
} as const satisfies Readonly<Record<string, DeadPlace>>;
export type DeadName = keyof typeof deadPlaces;

export const deadNames = Object.keys(deadPlaces).filter((name): name is DeadName =>
  Object.hasOwn(deadPlaces, name),
);

/** The output of the stacks that says where the place itself is. */
export const outputOf = (name: DeadName): string => `${name}Url`;
