/**
 * What the deployed stack says of its queues, mappings and functions, in milliseconds. `test/infra/simulated.test.ts` holds
 * every figure to the synthesised template.
 */
export type FunctionName = 'ingest' | 'notify' | 'sweep' | 'api';
export type QueueName = 'telemetry' | 'backlog' | 'rejected' | 'archive' | 'ticks';

export const timeoutMs = { ingest: 20_000, notify: 15_000, sweep: 30_000, api: 10_000 } as const;

export interface QueueSettings {
  readonly visibilityMs: number;
  readonly receivesMax: number;
}

export const queues: Readonly<Record<QueueName, QueueSettings>> = {
  telemetry: { visibilityMs: 121_000, receivesMax: 30 },
  backlog: { visibilityMs: 121_000, receivesMax: 30 },
  rejected: { visibilityMs: 120_000, receivesMax: 30 },
  archive: { visibilityMs: 180_000, receivesMax: 30 },
  ticks: { visibilityMs: 180_000, receivesMax: 5 },
};

/** So much of a queue's visibility passes in a shortened world: still longer than its function may take. */
export const shortenedVisibility = 0.26;

export interface MappingSettings {
  readonly queue: QueueName;
  readonly to: FunctionName;
  readonly batchMax: number;
  readonly windowMs: number;
  readonly concurrencyMax: number;
}

/** Calls of `ingest` at a time for telemetry: the deployment's figure is larger than a small city ever needs. */
export const mappings: readonly MappingSettings[] = [
  { queue: 'telemetry', to: 'ingest', batchMax: 10, windowMs: 1_000, concurrencyMax: 5 },
  { queue: 'backlog', to: 'ingest', batchMax: 10, windowMs: 0, concurrencyMax: 2 },
  { queue: 'rejected', to: 'ingest', batchMax: 10, windowMs: 0, concurrencyMax: 2 },
  { queue: 'ticks', to: 'sweep', batchMax: 1, windowMs: 0, concurrencyMax: 2 },
];

export const stream = { batchMax: 10, lanes: 10, retriesMax: 3, recordAgeMaxMs: 60_000 } as const;
