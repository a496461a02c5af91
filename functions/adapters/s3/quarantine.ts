import type { Handover } from '../../usecases/ports/messaging.ts';
import type { Quarantine } from '../../usecases/ports/quarantine.ts';
import { codeOf } from '../aws-errors.ts';
import { type QuarantineCopy, quarantineCopies } from '../quarantine-copies.ts';
import type { PutObject } from './signed-put.ts';

/** Objects written at a time: a batch of refused messages must not open a socket each. */
export const quarantineWritesAtOnce = 10;

/** The quarantine as a bucket: one object a message and reason; writing it again changes nothing. */
export function s3Quarantine(put: PutObject): Quarantine {
  return {
    keep: async (refusals) => {
      const outcomes: Handover[] = refusals.map(() => ({ ok: true }));
      const copies = quarantineCopies(refusals);
      for (let from = 0; from < copies.length; from += quarantineWritesAtOnce) {
        const writes = copies
          .slice(from, from + quarantineWritesAtOnce)
          .map((copy) => write(put, copy, outcomes));
        await Promise.all(writes);
      }
      return outcomes;
    },
  };
}

async function write(put: PutObject, copy: QuarantineCopy, outcomes: Handover[]): Promise<void> {
  try {
    await put(copy.key, copy.body);
  } catch (error) {
    const problem = error instanceof Error ? codeOf(error.cause) : 'unknown';
    for (const position of copy.positions) outcomes[position] = { ok: false, problem };
  }
}
