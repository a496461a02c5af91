import type { History } from '../history.ts';

/** A history in which nothing happened, to judge parts of one by. */
export const nothingHappened: Omit<History, 'city'> = {
  seed: 0,
  phases: { warmUp: 0, faults: 0, heal: 0, quiet: 0, end: 0 },
  accepted: [],
  acts: [],
  changes: [],
  published: [],
  receivers: [],
  received: [],
  quarantine: new Map(),
  archive: [],
  tables: { twins: [], records: [] },
  left: new Map(),
  metrics: {},
  logs: [],
  crashes: [],
  delayedUntil: 0,
  ticks: { planned: new Set(), left: new Set() },
};
