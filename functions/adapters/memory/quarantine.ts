import type { Quarantine } from '../../usecases/ports/quarantine.ts';
import { quarantineCopies } from '../quarantine-copies.ts';

export interface MemoryQuarantine extends Quarantine {
  /** Bodies by key, as the bucket would hold them. */
  readonly objects: ReadonlyMap<string, string>;
}

/** The quarantine in memory, with the bucket's keys and bodies. */
export function memoryQuarantine(): MemoryQuarantine {
  const objects = new Map<string, string>();
  return {
    objects,
    keep: async (refusals) => {
      for (const { key, body } of quarantineCopies(refusals)) objects.set(key, body);
      return refusals.map(() => ({ ok: true }));
    },
  };
}
