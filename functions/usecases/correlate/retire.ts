import { change } from '../../domain/alerts/change.ts';
import type { Tombstone } from '../../domain/rules/book.ts';
import { decodeCorrelation, encodeCorrelation } from '../../domain/rules/correlate/codec.ts';
import { released } from '../../domain/rules/correlate/judge.ts';
import { type CorrelationState, hasErrands } from '../../domain/rules/correlate/state.ts';
import { type Instant, instant } from '../../domain/time.ts';
import type { AlertWrite, StoredMatter } from '../ports/alerts.ts';
import type { CorrelateDeps } from './deps.ts';
import { lookAgainEvery } from './step.ts';

/**
 * Ends what a correlation has open that a tombstone has ended: recovered, for that reason; handling goes on (semantics 23).
 * One that is merely missing ends nothing and is looked at later.
 *
 * @throws AdapterError
 */
export async function retireCorrelation(
  deps: CorrelateDeps,
  guard: StoredMatter,
  tombstone: Tombstone | undefined,
): Promise<void> {
  const now = deps.clock.now();
  const decoded = guard.state === undefined ? undefined : decodeCorrelation(guard.state);
  const isOurs = decoded?.ok === true && tombstone !== undefined;
  const matter = { ...guard, expectedVersion: guard.version };
  if (!isOurs) {
    await deps.alerts.commit({ matter: { ...matter, dueAt: instant(now + lookAgainEvery) }, alerts: [] });
    return;
  }
  const over: CorrelationState = { ...released(decoded.state), members: [], doubts: [] };
  const alerts = await recovered(deps, guard, tombstone, now);
  const dueAt = hasErrands(over) ? now : undefined;
  // A lost race is no loss: the item stays due.
  await deps.alerts.commit({ matter: { ...matter, state: encodeCorrelation(over), dueAt }, alerts });
}

async function recovered(
  deps: CorrelateDeps,
  { alertId }: StoredMatter,
  { by, reason, date }: Tombstone,
  now: Instant,
): Promise<readonly AlertWrite[]> {
  const before = alertId === undefined ? undefined : await deps.alerts.get(alertId);
  if (before === undefined || before.condition === 'recovered') return [];
  const { alert, transition } = change(before, {
    change: 'recovered',
    condition: 'recovered',
    at: now,
    phenomenonAt: now,
    committedAt: now,
    because: JSON.stringify({ kind: 'retired', by, reason, date }),
  });
  return [{ before, after: alert, transitions: [transition] }];
}
