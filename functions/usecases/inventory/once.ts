import type * as z from 'zod';
import { days, instant } from '../../domain/time.ts';
import type { Outcome, OutcomeStore } from '../ports/inventory.ts';
import type { Clock } from '../ports/time.ts';
import { type Result, refuse } from './result.ts';

/** How long the answer to an `Idempotency-Key` is kept. */
export const outcomeKeptFor = days(1);

/** Most tries of a write that others keep winning. */
export const writeTriesMax = 4;

/** A request that may come twice: hashes over who asks, what for, the `Idempotency-Key`, and the body. */
export interface Attempt {
  readonly key: string;
  readonly bodyHash: string;
}

interface OnceDeps {
  readonly outcomes: OutcomeStore;
  readonly clock: Clock;
}

/**
 * The result of `act`, or of the same request before: whoever repeats a request gets the first answer again.
 *
 * `act` commits the outcome that `keep` makes in the same transaction as its effect, and is tried again on
 * `conflict`, up to `writeTriesMax` times. Refusals are not kept: the same key may be used again.
 */
export async function once<T>(
  deps: OnceDeps,
  attempt: Attempt,
  schema: z.ZodType<T>,
  act: (keep: (value: T) => Outcome) => Promise<Result<T> | 'conflict'>,
): Promise<Result<T>> {
  const keep = (value: T): Outcome => ({
    ...attempt,
    result: JSON.stringify(value),
    keptAt: deps.clock.now(),
    expiresAt: instant(deps.clock.now() + outcomeKeptFor),
  });
  for (let tries = 0; tries < writeTriesMax; tries++) {
    const before = await deps.outcomes.find(attempt.key);
    if (before !== undefined && before.expiresAt > deps.clock.now()) {
      if (before.bodyHash !== attempt.bodyHash) return refuse('idempotency-key-reused', 'Idempotency-Key');
      return { ok: true, value: schema.parse(JSON.parse(before.result)), isReplay: true };
    }
    const result = await act(keep);
    if (result !== 'conflict') return result;
  }
  return refuse('busy');
}
