import { type Action, authorize } from '../../domain/access/authorize.ts';
import type { Actor } from '../../domain/inventory/stamp.ts';
import type { Caller } from '../ports/access.ts';
import type { IdentityRegistry } from '../ports/identity.ts';
import type { InitialTwin, InventoryStore, Kind, OutcomeStore, Registered } from '../ports/inventory.ts';
import type { Clock } from '../ports/time.ts';
import type { TwinStore } from '../ports/twins.ts';
import { type Result, refuse } from './result.ts';
import { refusalOf, scopeOf } from './scopes.ts';

export interface InventoryDeps {
  readonly inventory: InventoryStore;
  readonly outcomes: OutcomeStore;
  readonly clock: Clock;
}

export interface DeviceDeps extends InventoryDeps {
  readonly twins: TwinStore;
  readonly registry: IdentityRegistry;
  readonly initialTwin: InitialTwin;
}

export const actorOf = (deps: InventoryDeps, caller: Caller): Actor => ({
  by: caller.identity,
  at: deps.clock.now(),
});

/**
 * The thing of this id, if the caller may do `action` to it.
 *
 * @param field where the request names the id, for the refusal; absent: in the path
 */
export async function find<K extends Kind>(
  deps: InventoryDeps,
  caller: Caller,
  action: Action,
  { kind, id, field }: { readonly kind: K; readonly id: string; readonly field?: string },
): Promise<Result<Registered[K]>> {
  const thing = await deps.inventory.get(kind, id);
  if (thing === undefined) return refuse('not-found', field);
  const allowed = authorize(caller.grants, action, scopeOf[kind](thing), deps.clock.now());
  return allowed.ok ? { ok: true, value: thing } : refusalOf(allowed, field);
}
